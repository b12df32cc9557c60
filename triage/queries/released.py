"""Why: the rules in force, what waits for a second person, and what there was before."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from hubs.queries import rules_of
from triage.models import RuleChange, RuleVersion
from triage.rules.released import Kind, Stage
from triage.rules.rule_kinds import USUAL, filled

Entries = tuple[dict[str, object], ...]
SHOWN = 100


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change as it was drafted, and how it ended."""

    id: int
    kind: Kind
    code: str
    before: dict[str, object] | None
    after: dict[str, object]
    basis: str
    reason: str
    drafted_by: str
    drafted_by_id: int
    drafted_at: datetime
    stage: Stage
    ended_by: str
    ended_at: datetime | None
    ended_why: str
    version: int | None


def entries_of(network_id: int, kind: Kind) -> tuple[int, Entries]:
    """The network's version in force, by its number, and its entries. One statement."""
    found = RuleVersion.objects.filter(network_id=network_id, kind=kind.value)
    row = found.order_by("-version").values_list("version", "entries").first()
    return (row[0], tuple(filled(kind, one) for one in row[1])) if row else (0, USUAL[kind])


def rules_at(hub_id: int, kind: Kind) -> QuerySet[RuleVersion]:
    """Every version of these rules that the hub's cases went by, the one in force first."""
    found = RuleVersion.objects.filter(kind=kind.value, network__in=rules_of(hub_id))
    return found.order_by("-version")


def changes_of(network_id: int | None, kind: Kind) -> tuple[ChangeRow, ...]:
    """The network's changes, newest first. One statement."""
    if network_id is None:
        return ()
    found = RuleChange.objects.filter(network_id=network_id, kind=kind.value)
    found = found.select_related("drafted_by", "ended_by", "version").order_by("-id")
    return tuple(_row(change) for change in found[:SHOWN])


def changes_waiting(network_id: int | None, *, not_of: int | None) -> tuple[ChangeRow, ...]:
    """The network's changes that wait for another's signature, oldest first. One statement."""
    found = RuleChange.objects.filter(network_id=network_id, state=Stage.OPEN.value)
    found = found.exclude(drafted_by_id=not_of)
    found = found.select_related("drafted_by", "ended_by", "version").order_by("id")
    return tuple(_row(change) for change in found[:SHOWN])


def change_of(network_id: int | None, change_id: int) -> ChangeRow | None:
    """One change of the network; None when absent. One statement."""
    found = RuleChange.objects.filter(network_id=network_id, pk=change_id)
    change = found.select_related("drafted_by", "ended_by", "version").order_by("pk").first()
    return _row(change) if change else None


def _row(change: RuleChange) -> ChangeRow:
    version = getattr(change, "version", None)
    return ChangeRow(
        id=change.pk,
        kind=Kind(change.kind),
        code=change.code,
        before=change.before,
        after=change.after,
        basis=change.basis,
        reason=change.reason,
        drafted_by=change.drafted_by.name,
        drafted_by_id=change.drafted_by_id,
        drafted_at=change.drafted_at,
        stage=Stage(change.state),
        ended_by=change.ended_by.name if change.ended_by else "",
        ended_at=change.ended_at,
        ended_why=change.ended_why,
        version=version.version if version else None,
    )
