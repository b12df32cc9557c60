"""Why: the numbers in force, and every version there was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from appointments.queries import free_slots
from appointments.rules.rebalancing import ComfortWeights
from hubs.queries import rules_of
from practices.clock import local_day
from practices.rules.london import midnight
from practices.rules.professions import Profession
from triage.models import ParameterSet
from triage.rules.outlook import NOTHING_EXPECTED, Outlook, outlook_of
from triage.rules.weights import WEIGHTS, Weights, changed_names, weights_of


@dataclass(frozen=True, slots=True)
class InForce:
    """The weights a case goes by; `id` is None while they are the usual ones."""

    id: int | None
    weights: Weights


USUAL = InForce(None, WEIGHTS)


@dataclass(frozen=True, slots=True)
class Version:
    """One version as a lead put it in force. The usual numbers are version 0, made by nobody."""

    number: int
    name: str
    weights: Weights
    basis: str
    reason: str
    made_by: str
    from_at: datetime | None
    restores: int | None


USUAL_VERSION = Version(
    number=0,
    name="The usual numbers",
    weights=WEIGHTS,
    basis="They come with Headroom and were measured on simulated days.",
    reason="",
    made_by="",
    from_at=None,
    restores=None,
)


def weights_for(hub_id: int) -> InForce:
    """What a case of the hub goes by now. One statement."""
    found = ParameterSet.objects.filter(network__in=rules_of(hub_id)).order_by("-version")
    row = found.values_list("id", "values").first()
    return InForce(row[0], weights_of(row[1])) if row else USUAL


def outlook_for(hub_id: int, weights: Weights, *, at: datetime) -> Outlook:
    """The rest of the hub's day. One statement, none where the weights do not look ahead."""
    if not weights.looks_ahead:
        return NOTHING_EXPECTED
    end = midnight(local_day(at) + timedelta(days=1))
    free = free_slots(at=at, start=at, end=end, hub_id=hub_id)
    return outlook_of(weights, ((Profession(one.profession), one.places_left) for one in free), at)


def set_of_network(network_id: int) -> int | None:
    """The network's version in force, by its key; None for the usual numbers. One statement."""
    found = ParameterSet.objects.filter(network_id=network_id).order_by("-version")
    return found.values_list("id", flat=True).first()


def comfort_of_network(network_id: int) -> ComfortWeights:
    """What the network's plans weigh now. One statement."""
    found = ParameterSet.objects.filter(network_id=network_id).order_by("-version")
    values = found.values_list("values", flat=True).first()
    return (weights_of(values) if values else WEIGHTS).comfort


def versions_of(network_id: int | None) -> tuple[Version, ...]:
    """Every version of the network, the one in force first. One statement, none without one."""
    if network_id is None:
        return (USUAL_VERSION,)
    rows = ParameterSet.objects.filter(network_id=network_id).select_related("made_by")
    return (*(_version(row) for row in rows.order_by("-version")), USUAL_VERSION)


def last_changed(versions: tuple[Version, ...]) -> Mapping[str, Version]:
    """By weight: the version that gave it its present value."""
    found: dict[str, Version] = {}
    for newer, older in pairwise(versions):
        for name in changed_names(older.weights, newer.weights):
            found.setdefault(name, newer)
    return found


def _version(row: ParameterSet) -> Version:
    return Version(
        number=row.version,
        name=row.name,
        weights=weights_of(row.values),
        basis=row.basis,
        reason=row.reason,
        made_by=row.made_by.name,
        from_at=row.from_at,
        restores=row.restores,
    )
