"""Why: what a clinical lead has signed off for booking at the desk."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Q, QuerySet

from triage.models import ProtocolNeed
from triage.rules.codes import Need, Sex
from triage.rules.need_defaults import Protocol


def protocols_of(hub_id: int, *, on: date) -> Mapping[Need, Protocol]:
    """The protocol needs signed and in force at the hub on the day. One statement."""
    return _by_need(_in_force(on).filter(hub_id=hub_id))


def protocols_in_reach(*, on: date) -> Mapping[Need, Protocol]:
    """The protocol needs in force at the hubs in reach. One statement."""
    return _by_need(_in_force(on))


def _in_force(on: date) -> QuerySet[ProtocolNeed]:
    holds = Q(until_on__isnull=True) | Q(until_on__gt=on)
    return ProtocolNeed.objects.filter(holds, from_on__lte=on).order_by("need", "from_on", "id")


def _by_need(found: QuerySet[ProtocolNeed]) -> Mapping[Need, Protocol]:
    return {
        Need(row.need): Protocol(row.min_age, row.max_age, Sex(row.sex) if row.sex else None)
        for row in found
    }
