"""Why: for whom a pharmacy is offered, as the network's leads released it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from hubs.queries import ServiceRow
from triage.models import RuleVersion
from triage.queries.released import entries_of, rules_at
from triage.rules.codes import Need, OptionKind
from triage.rules.pharmacy_entries import lines_of
from triage.rules.pharmacy_first import PHARMACY_FIRST, Criterion
from triage.rules.released import Kind

Lines = Mapping[Need, Criterion]


def pharmacy_lines(services: Mapping[int, Sequence[ServiceRow]]) -> dict[int, Lines]:
    """Of each hub: for whom its pharmacies treat a need now.

    One statement for each hub that has a pharmacy.
    """
    found: dict[int, Lines] = dict.fromkeys(services, PHARMACY_FIRST)
    hub_ids = [
        hub_id
        for hub_id, rows in services.items()
        if any(row.kind == OptionKind.PHARMACY for row in rows)
    ]
    if not hub_ids:
        return found
    for hub_id in hub_ids:
        entries = rules_at(hub_id, Kind.PHARMACY).values_list("entries", flat=True).first()
        found[hub_id] = dict(PHARMACY_FIRST) | lines_of(entries or ())
    return found


def pharmacy_rules(network_id: int | None) -> tuple[Lines, int, datetime | None]:
    """The network's lines, the version's number, and since when. Two statements."""
    number, entries = entries_of(network_id or 0, Kind.PHARMACY)
    since = RuleVersion.objects.filter(
        network_id=network_id, kind=Kind.PHARMACY.value, version=number
    )
    return lines_of(entries), number, since.values_list("from_at", flat=True).first()
