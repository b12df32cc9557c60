"""Each set of rules two people change: what it starts as, and what an entry of it has to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from triage.rules.card_entries import USUAL_ENTRIES, card_of, faults_of, flag_of_entry, new_code
from triage.rules.released import Kind

Entry = Mapping[str, Any]
# What comes with Headroom: version 0, nobody's row.
USUAL: Mapping[Kind, tuple[dict[str, object], ...]] = {Kind.RED_FLAGS: USUAL_ENTRIES}


def entry_faults(kind: Kind, after: Entry, entries: Sequence[Entry]) -> dict[str, str]:
    """By field: what has to be mended before the entry may stand beside the others."""
    return faults_of(flag_of_entry(after), card_of(entries, version=0, row_id=0))


def named(after: Entry, entries: Sequence[Entry]) -> dict[str, object]:
    """The entry with a name of its own, when it has none yet."""
    if after["code"]:
        return dict(after)
    taken = [str(one["code"]) for one in entries]
    return dict(after) | {"code": new_code(str(after["question"]), taken)}
