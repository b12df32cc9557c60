"""A network's weights: what others would change, and putting others in force."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from practices import audit
from practices.doors import everywhere
from practices.rules.reach import Actor
from practices.rules.refusals import BadInput, Conflict, Forbidden
from practices.rules.roles import Role
from triage.models import ParameterSet
from triage.queries.parameters import versions_of
from triage.queries.weight_preview import Preview, preview
from triage.rules.weights import Weights, changed_names, faults, values_of

LEADS = frozenset({Role.CLINICAL_LEAD})
BECAUSE = "what other weights would change is counted over a network's cases, without names"


@dataclass(frozen=True, slots=True)
class WeightWish:
    """The weights a lead wants, and the version they looked at when they wrote them."""

    weights: Weights
    name: str
    basis: str
    reason: str
    seen_version: int
    restores: int | None = None


def preview_weights(*, weights: Weights, by: Actor, at: datetime) -> Preview:
    """How many best places would change. Nothing is written, and nobody is named."""
    network_id = _network_of(by)
    current = versions_of(network_id)[0].weights
    with everywhere(because=BECAUSE, at=at):
        return preview(network_id, by.reach.providers, before=current, after=weights, at=at)


def put_in_force(*, wish: WeightWish, by: Actor, at: datetime) -> ParameterSet:
    """From now on the network's cases go by these weights, until another version follows."""
    network_id = _network_of(by)
    _check_values(wish.weights)
    _one_lead_at_a_time(network_id)
    current = versions_of(network_id)[0]
    if current.number != wish.seen_version:
        raise Conflict(
            f"{current.made_by} put version {current.number} in force while you were writing."
            " Nothing of yours is lost: look at what changed, then preview again."
        )
    if not changed_names(current.weights, wish.weights):
        raise BadInput("These are the numbers in force already. Change one first.")
    made = ParameterSet.objects.create(
        network_id=network_id,
        version=current.number + 1,
        name=wish.name,
        values=values_of(wish.weights),
        hubs=sorted(by.reach.providers),
        basis=wish.basis,
        reason=wish.reason,
        made_by_id=_person(by),
        from_at=at,
        restores=wish.restores,
    )
    changed = changed_names(current.weights, wish.weights)
    audit.write(
        "weights.in_force",
        entity="parameters",
        entity_id=made.pk,
        by=by,
        at=at,
        version=made.version,
        restores=wish.restores,
        before={name: getattr(current.weights, name) for name in changed},
        after={name: getattr(wish.weights, name) for name in changed},
    )
    return made


def _network_of(by: Actor) -> int:
    if not by.is_one_of(LEADS) or by.organisation_id is None:
        raise Forbidden("Only the network’s clinical lead changes the weights.")
    return by.organisation_id


def _person(by: Actor) -> int:
    if by.user_id is None:
        raise Forbidden("A named person answers for the weights.")
    return by.user_id


def _check_values(weights: Weights) -> None:
    for name, text in faults(values_of(weights)).items():
        raise BadInput(text, field=name)


def _one_lead_at_a_time(network_id: int) -> None:
    """Of two leads who press at once, the second finds the first one's version."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('weights'), %s)", [network_id])
