"""Protocol needs as entries: for whom a desk may book a need before a clinician has signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from triage.rules.codes import Need, Sex
from triage.rules.need_defaults import OLDEST, PROTOCOLS, Protocol

SEXES = (Sex.FEMALE, Sex.MALE)
# Paperwork is no appointment, and of "other" nobody knows yet what it is.
SIGNABLE: tuple[Need, ...] = tuple(one for one in Need if one not in (Need.ADMIN, Need.OTHER))


def entry_of_protocol(need: Need, protocol: Protocol, *, is_signed: bool) -> dict[str, object]:
    """The protocol of a need as it is kept."""
    return {
        "code": need.value,
        "is_signed": is_signed,
        "min_age": protocol.min_age,
        "max_age": protocol.max_age,
        "sex": protocol.sex.value if protocol.sex else "",
    }


def protocol_of_entry(entry: Mapping[str, Any]) -> Protocol:
    """The protocol that was kept."""
    sex = Sex(entry["sex"]) if entry["sex"] else None
    return Protocol(int(entry["min_age"]), int(entry["max_age"]), sex)


# Nothing is signed before two leads have signed it; the ages are only where they start from.
USUAL_ENTRIES: tuple[dict[str, object], ...] = tuple(
    entry_of_protocol(need, PROTOCOLS.get(need, Protocol(0, OLDEST)), is_signed=False)
    for need in SIGNABLE
)


def signed_of(entries: Sequence[Mapping[str, Any]]) -> dict[Need, Protocol]:
    """The protocols in force, by need."""
    return {Need(one["code"]): protocol_of_entry(one) for one in entries if one["is_signed"]}


def faults_of(entry: Mapping[str, Any]) -> dict[str, str]:
    """By field: what has to be mended before a desk books by this protocol."""
    found: dict[str, str] = {}
    if entry["code"] not in SIGNABLE:
        found["code"] = "A clinician looks at each of these first"
    for name in ("min_age", "max_age"):
        if not 0 <= entry[name] <= OLDEST:
            found[name] = f"Enter an age from 0 to {OLDEST}"
    if "min_age" not in found and "max_age" not in found and entry["min_age"] > entry["max_age"]:
        found["max_age"] = "The oldest must not be younger than the youngest"
    if entry["sex"] not in ("", *SEXES):
        found["sex"] = "Choose for whom it is"
    return found
