"""True sentences to read aloud, one for every ending. No promise that nobody keeps."""

from datetime import date, datetime

from appointments.queries import BookingRow, FreeSlot
from appointments.rules.codes import Mode
from practices.presenters import day_words
from practices.rules.message_words import still_read
from practices.rules.phones import spoken
from triage.presenters.signs import when_words
from triage.queries.queue_rows import QueueRow
from triage.rules.codes import OptionKind, Urgency

_SHUT = "When we are closed call 111, and in an emergency 999."
WORSE = f"If it gets worse before then, call us again. {_SHUT}"
WORSE_SINCE = f"If it gets worse, call us again. {_SHUT}"
HOW: dict[Mode, str] = {
    Mode.FACE_TO_FACE: "face to face",
    Mode.PHONE: "by phone",
    Mode.VIDEO: "by video",
    Mode.ONLINE: "by online message",
    Mode.HOME_VISIT: "at your home",
}
HERE = frozenset({Mode.FACE_TO_FACE})


def offer(slot: FreeSlot, *, travel_minutes: int, now: datetime) -> str:
    """The appointment that is held, as a question."""
    when, mode = when_words(slot.starts_at, now=now), Mode(slot.mode)
    where = f" at {slot.site}" if mode in HERE else ""
    far = f", about {travel_minutes} minutes away" if where and travel_minutes else ""
    return f"I can offer you {when}, {HOW[mode]}, with {slot.clinician}{where}{far}. Shall I book?"


def booked(row: BookingRow, *, phone: str, now: datetime) -> str:
    """The appointment that is booked, and what to do if things get worse.

    What has begun is not still to come, and of what is over it is asked whether they were seen.
    """
    when, mode = when_words(row.starts_at, now=now), Mode(row.mode)
    if row.ends_at <= now:
        where = f" at {row.site}" if mode in HERE else ""
        was = f"Your appointment was at {when}, {HOW[mode]} with {row.clinician}{where}."
        return f"{was} Were you seen? {WORSE_SINCE}"
    if mode in HERE:
        address = f", {row.address}" if row.address else ""
        place = f"face to face with {row.clinician} at {row.site}{address}."
    elif mode is Mode.PHONE and phone:
        place = f"by phone: {row.clinician} calls you on {spoken(phone)}."
    elif mode is Mode.PHONE:
        place = f"by phone with {row.clinician}. We have no number to ring you on: please give one."
    else:
        place = f"{HOW[mode]} with {row.clinician}."
    if row.starts_at <= now:
        return f"Your appointment is now: it is from {when}, {place} {WORSE_SINCE}"
    return f"You have an appointment at {when}, {place} {WORSE}"


def waiting(*, due_at: datetime, phone: str, now: datetime) -> str:
    """The case waits for a clinician."""
    return f"A clinician reads what you told me{_and_calls(phone, _by(due_at, now))}"


def way(
    kind: OptionKind, *, name: str, due_at: datetime, phone: str, look_by: date, now: datetime
) -> str:
    """What is said where the case goes a way that takes no slot. `phone` is what may be rung."""
    by = _by(due_at, now)
    if kind is OptionKind.PHARMACY:
        return (
            f"{name} can help with this without an appointment: please go there today. "
            f"We keep your request open, and a clinician still reads it {by}."
        )
    if kind is OptionKind.COMMUNITY:
        return (
            f"{name} can help with this. Until they take it on, we stay responsible: "
            f"a clinician reads what you told me{_and_calls(phone, by)}"
        )
    if kind is OptionKind.URGENT_TREATMENT:
        return (
            f"{name} sees you today without an appointment. Until you have been seen there, we "
            f"keep your request open, and a clinician reads it {by}."
        )
    if kind is OptionKind.WAITING_LIST:
        return (
            f"A clinician reads what you told me {by}. You are on our list for an appointment: it "
            f"goes by need, not by who called first. We look at it again by {day_words(look_by)}."
        )
    return waiting(due_at=due_at, phone=phone, now=now)


def duty(row: QueueRow, *, on_duty: bool, phone: str, now: datetime) -> str:
    """What is said of a case on the duty clinician's page; where nobody is on duty, the hub too."""
    by = _by(row.due_at, now)
    if on_duty:
        reads = "" if phone else " and reads it"
        calls = _and_calls(phone, by)
        return f"The duty clinician of {row.practice} has your request{reads}{calls}"
    return (
        f"Your request is on the duty list of {row.practice} and with {row.hub}. "
        f"The first clinician who is free reads it{_and_calls(phone, by)}"
    )


ASK_FOR_THEM = (
    "I can only offer an appointment to the patient themselves. Can they come to the phone?"
)


TELL_NOTHING = "The caller has no right to be told anything: name no time and no place to them."


def heard_only(*, due_at: datetime, now: datetime) -> str:
    """What somebody hears who has no right to be told anything: neither number, time nor place."""
    return (
        f"Thank you for telling us. A clinician reads it {_by(due_at, now)}. "
        "I may not say more: we speak to the patient ourselves. In an emergency call 999."
    )


def no_longer(*, due_at: datetime, now: datetime) -> str:
    """The patient says that they need us no longer: what they hear is what they read."""
    return f"Thank you for telling us. {still_read(due_at, at=now)}"


def paperwork(*, practice: str, due_at: datetime, now: datetime) -> str:
    """What the practice's own team does; nobody calls unless there is a question."""
    return (
        f"Our team at {practice} deals with this and answers {_by(due_at, now)}. "
        "If you feel unwell before then, call us again."
    )


def _and_calls(phone: str, by: str) -> str:
    """The end of a sentence: the call, or that nobody can ring and what the patient does."""
    if phone:
        return f" and will call you on {spoken(phone)} {by}."
    return f" {by}. We cannot ring you: please stay here, or call us again {by}."


def _by(due_at: datetime, now: datetime) -> str:
    """The due time; a time that has passed is not promised again."""
    return f"by {when_words(due_at, now=now)}" if due_at > now else "as soon as possible"


def shut(read_from: datetime | None, *, urgency: Urgency, now: datetime) -> str:
    """What is said while the hub is closed; blank while it reads at once."""
    if read_from is None:
        return ""
    when = when_words(read_from, now=now)
    if urgency.is_same_day:
        return (
            f"The hub is closed until {when}, and this does not wait until then. Our duty clinician"
            " is told now. If we are closed too, call 111."
        )
    return f"The hub is closed. It reads your request at {when}."
