"""Why: patients who have a place and do not know it yet."""

from collections.abc import Collection

from appointments.models import Booking
from practices.models import Message
from practices.rules.message_words import OF_AN_APPOINTMENT

AUTOMATIC = "automatic"


def untold_cases(rows: Collection[Booking], *, is_locked: bool = False) -> set[str]:
    """References of those of these bookings whose patient knows no time. Two statements at most.

    Only a machine books without a word to the patient, so every booking of the case is its own. All
    that was ever said of a time must still lie here, untried: what a person is to tell may be on
    the phone just now. Locked, no text goes out before the transaction ends.
    """
    refs = {row.case_ref for row in rows if row.method == AUTOMATIC} - {""}
    if not refs:
        return set()
    spoken = Booking.objects.filter(case_ref__in=refs).exclude(method=AUTOMATIC)
    refs -= set(spoken.exclude(state="held").values_list("case_ref", flat=True))
    said = Message.objects.filter(case_ref__in=refs, kind__in=OF_AN_APPOINTMENT).order_by("pk")
    if is_locked:
        said = said.select_for_update()
    messages = list(said.values_list("case_ref", "state", "tried_at", "channel"))
    waiting = {ref for ref, state, _, _ in messages if state == Message.State.QUEUED}
    known = {
        ref
        for ref, state, tried_at, channel in messages
        if tried_at is not None
        or channel != "text"
        or state not in (Message.State.QUEUED, Message.State.SUPERSEDED)
    }
    return waiting - known
