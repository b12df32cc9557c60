"""Protocol needs in words: what a desk books unsigned, for whom, and who answers for it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from triage.rules.codes import Need
from triage.rules.protocol_entries import protocol_of_entry

PROTOCOLS_HEAD = ("Need", "Reception may book", "Signed")
LOOKS_FIRST = "No, a clinician looks first"
Cell = str | Mapping[str, str]


def protocol_rows(
    entries: Sequence[Mapping[str, Any]], signed: Mapping[str, str], *, may_change: bool
) -> tuple[tuple[Cell, ...], ...]:
    """Each need: for whom a desk books it unsigned, and which two people signed that."""
    change = reverse("triage:protocol_change")
    return tuple(
        (
            {"text": need.label, "href": f"{change}?of={need.value}"} if may_change else need.label,
            may_book(entry),
            signed.get(need.value, "Nobody has signed it"),
        )
        for entry in entries
        for need in [Need(entry["code"])]
    )


def may_book(entry: Mapping[str, Any]) -> str:
    """ "Yes, anyone aged 5 or over"."""
    if not entry["is_signed"]:
        return LOOKS_FIRST
    return f"Yes, {protocol_of_entry(entry).for_whom()}"


def protocol_title(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> str:
    """ "Protocol signed: ear pain"."""
    was_signed = before is not None and before["is_signed"]
    if not after["is_signed"]:
        verb = "withdrawn" if was_signed else "prepared"
    else:
        verb = "changed" if was_signed else "signed"
    return f"Protocol {verb}: {Need(after['code']).label.lower()}"
