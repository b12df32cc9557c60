"""Telling patients: plain templates without clinical words, queued with the change itself."""

from datetime import datetime

from practices.models import Message, Patient
from practices.outbox import later
from practices.rules.london import clock_words, day_of, day_words
from practices.rules.reach import Actor

# No reason, no role, no service name that tells a reader why somebody is being seen (threat T27).
TEMPLATES = {
    "received": "We have your request, reference {case}. You will hear from us by {by}.",
    "confirmed": (
        "Your appointment is at {time} on {day}, {place}. {reference}"
        "If you cannot come, call your practice."
    ),
    "changed": ("Your appointment has changed. It is now at {time} on {day}, {place}. {reference}"),
    "displaced": (
        "Your appointment at {time} on {day} cannot go ahead. We will contact you with another. "
        "{reference}"
    ),
    "cancelled": "Your appointment at {time} on {day} is cancelled. {reference}",
    "closed": "Your request {case} is complete. If things get worse, call your practice or 111.",
}


def tell(
    kind: str,
    *,
    patient: Patient,
    case: str,
    phone: str,
    by: Actor,
    at: datetime,
    may_text: bool = True,
    due_at: datetime | None = None,
    starts_at: datetime | None = None,
    place: str = "",
) -> Message:
    """The words are queued as a text, or as a note for staff to say where texts are not wanted.

    What an earlier message of the case said about an appointment is superseded, so nobody is
    told two times.
    """
    if starts_at is not None:
        # An appointment planned ahead has no case: the patient keeps others' messages apart.
        earlier = Message.objects.filter(
            patient=patient, case_ref=case, state=Message.State.QUEUED
        ).exclude(kind="received")
        earlier.update(state=Message.State.SUPERSEDED)
    by_text = bool(may_text and phone)
    message = Message.objects.create(
        patient=patient,
        practice_id=patient.practice_id,
        case_ref=case,
        kind=kind,
        channel="text" if by_text else "voice",
        send_to=phone if by_text else "",
        body=_words(kind, case, due_at, starts_at, place, at=at),
        state=Message.State.QUEUED if by_text else Message.State.STAFF_TELL,
        queued_at=at,
    )
    if by_text:
        later("practices.tasks.deliver_message", at=at, message_id=message.pk)
    return message


def _words(
    kind: str,
    case: str,
    due_at: datetime | None,
    starts_at: datetime | None,
    place: str,
    *,
    at: datetime,
) -> str:
    words = TEMPLATES[kind].format(
        case=case,
        reference=f"Reference {case}. " if case else "",
        by=_when(due_at, at=at) if due_at else "",
        time=clock_words(starts_at) if starts_at else "",
        day=day_words(day_of(starts_at)) if starts_at else "",
        place=place,
    )
    return words.strip()


def _when(due_at: datetime, *, at: datetime) -> str:
    time = clock_words(due_at)
    same_day = day_of(due_at) == day_of(at)
    return time if same_day else f"{time} on {day_words(day_of(due_at))}"
