"""Whether a locked slot is for whoever asks: read again under its lock, whatever a list said."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Sum

from appointments.models import Session, Slot
from appointments.rules.kept_for import is_open_to, kept_from
from practices.queries.organisations import code_of
from practices.rules.refusals import Refused


def kept_for_others(
    slots: Sequence[Slot], *, practice_id: int, asked_by: str, at: datetime
) -> dict[int, datetime]:
    """The places of the slots that are somebody else's until a time still to come.

    A session that is not for the practice's patients, or for who asks, is refused.
    """
    session = Session.objects.filter(pk=slots[0].session_id).first()
    if session is None or not (session.audience or session.reserve):
        return {}
    practice = code_of(practice_id)
    if not is_open_to(session.audience, practice=practice, asked_by=asked_by):
        raise Refused("This session is kept for others", code="audience", field="slot")
    kept: dict[int, datetime] = {}
    for slot in slots if session.reserve else ():
        before, places = _places_before(slot), slot.places
        kept |= kept_from(session.reserve, before=before, places=places, practice=practice)
    return {place: until for place, until in kept.items() if until > at}


def _places_before(slot: Slot) -> int:
    """The places of the slot's session that begin earlier."""
    earlier = Slot.objects.filter(
        session_id=slot.session_id, status=Slot.Status.OPEN, starts_at__lt=slot.starts_at
    )
    return earlier.aggregate(places=Sum("places"))["places"] or 0
