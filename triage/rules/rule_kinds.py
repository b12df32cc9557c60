"""Each set of rules two people change: what it starts as, and what an entry of it has to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from triage.rules import card_entries, pharmacy_entries, protocol_entries
from triage.rules.released import Kind

Entry = Mapping[str, Any]
# What comes with Headroom: version 0, nobody's row.
USUAL: Mapping[Kind, tuple[dict[str, object], ...]] = {
    Kind.RED_FLAGS: card_entries.USUAL_ENTRIES,
    Kind.PHARMACY: pharmacy_entries.USUAL_ENTRIES,
    Kind.PROTOCOLS: protocol_entries.USUAL_ENTRIES,
}


def filled(kind: Kind, entry: Entry) -> dict[str, object]:
    """An entry as it is kept now, also where it was written before something could be said."""
    if kind is not Kind.RED_FLAGS:
        return dict(entry)
    return card_entries.entry_of_flag(card_entries.flag_of_entry(entry))


def entry_faults(kind: Kind, after: Entry, entries: Sequence[Entry]) -> dict[str, str]:
    """By field: what has to be mended before the entry may stand beside the others."""
    if kind is Kind.PHARMACY:
        return pharmacy_entries.faults_of(after)
    if kind is Kind.PROTOCOLS:
        return protocol_entries.faults_of(after)
    card = card_entries.card_of(entries, version=0, row_id=0)
    return card_entries.faults_of(card_entries.flag_of_entry(after), card)


def named(after: Entry, entries: Sequence[Entry]) -> dict[str, object]:
    """The entry with a name of its own, when it is a new question and has none yet."""
    if after["code"]:
        return dict(after)
    taken = [str(one["code"]) for one in entries]
    return dict(after) | {"code": card_entries.new_code(str(after["question"]), taken)}
