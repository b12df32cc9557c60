"""Why: what two clinical leads have signed off for booking at the desk."""

from collections.abc import Mapping

from django.db.models import QuerySet

from triage.models import RuleVersion
from triage.queries.released import rules_at
from triage.rules.codes import Need
from triage.rules.need_defaults import Protocol
from triage.rules.protocol_entries import signed_of
from triage.rules.released import Kind


def protocols_of(hub_id: int) -> Mapping[Need, Protocol]:
    """The protocol needs in force at the hub; none, where none was released. One statement."""
    return _newest(rules_at(hub_id, Kind.PROTOCOLS))


def protocols_in_reach() -> Mapping[Need, Protocol]:
    """The protocol needs in force at the hubs in reach. One statement."""
    found = RuleVersion.objects.filter(kind=Kind.PROTOCOLS.value)
    return _newest(found.order_by("-from_at", "-id"))


def _newest(found: QuerySet[RuleVersion]) -> Mapping[Need, Protocol]:
    entries = found.values_list("entries", flat=True).first()
    return signed_of(entries or ())
