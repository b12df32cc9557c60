"""What a clinical lead signs off for booking at the desk."""

from datetime import date, datetime

from practices import audit
from practices.rules.reach import Actor
from practices.rules.refusals import Forbidden
from practices.rules.roles import Role
from triage.models import ProtocolNeed
from triage.rules.codes import Need
from triage.rules.need_defaults import Protocol


def sign_protocol(
    *, hub_id: int, need: Need, protocol: Protocol, from_on: date, by: Actor, at: datetime
) -> ProtocolNeed:
    """From the day on a receptionist may book the need unsigned, within the protocol's limits."""
    if by.role is not Role.CLINICAL_LEAD or by.user_id is None:
        raise Forbidden("Only a clinical lead signs a protocol.")
    row = ProtocolNeed.objects.create(
        hub_id=hub_id,
        need=need.value,
        min_age=protocol.min_age,
        max_age=protocol.max_age,
        sex=protocol.sex.value if protocol.sex else "",
        signed_by_id=by.user_id,
        from_on=from_on,
    )
    audit.write(
        "protocol.signed", entity="protocol_need", entity_id=row.pk, by=by, at=at, need=need.value
    )
    return row
