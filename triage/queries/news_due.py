"""Why: what patients should hear of now although nobody pressed a button."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from appointments.models import Booking
from appointments.queries import appointments_of
from practices.models import Message
from triage.models import Case, CaseStep
from triage.queries.ends import standing_attempts
from triage.queries.escalation import unheld
from triage.rules.codes import Urgency
from triage.rules.no_longer import BY_OWN_LINK, SAID_BY_PATIENT
from triage.rules.reminders import AHEAD, TOO_LATE, Reminder, is_waking_hour, reminder_due
from triage.rules.states import Step
from triage.rules.undoing import NOT_THERE

# Older promises are the duty clinician's by now: a text adds nothing.
STILL_NEWS = timedelta(hours=12)
# An appointment ended so by the patient, who cancelled it or did not come.
THEIRS = NOT_THERE | SAID_BY_PATIENT | {BY_OWN_LINK}


def reminder_window(appointment: UUID, starts_at: datetime, reminder: Reminder) -> str:
    """The name under which this reminder is told once: of this appointment, at this time.

    What a move took away and undo put back is another booking, and the same appointment.
    """
    return f"reminder {appointment} {starts_at:%Y%m%dT%H%M%z} {reminder}"


def late_window(reference: str) -> str:
    """The name under which a case's lateness is told once."""
    return f"late {reference}"


def reminders_due(*, at: datetime) -> list[tuple[UUID, Reminder]]:
    """Bookings whose patient is to be reminded, earliest first.

    Three statements, and one for each move of the one moved most.
    """
    coming = Booking.objects.filter(
        state="booked", starts_at__gte=at + TOO_LATE, starts_at__lte=at + max(AHEAD.values())
    )
    due = [
        (booking, reminder)
        for booking in coming.order_by("starts_at", "id")
        if (reminder := due_of(booking, at=at)) is not None
    ]
    named = appointments_of([booking for booking, _ in due])
    windows = [reminder_window(named[one.pk], one.starts_at, reminder) for one, reminder in due]
    told = _told(windows)
    return [
        (booking.public_id, reminder)
        for (booking, reminder), window in zip(due, windows, strict=True)
        if window not in told
    ]


def due_of(booking: Booking, *, at: datetime) -> Reminder | None:
    """The reminder of this booking that is due now."""
    if booking.booked_at is None:
        return None
    return reminder_due(booked_at=booking.booked_at, starts_at=booking.starts_at, at=at)


def late_cases(*, at: datetime) -> list[str]:
    """Cases nobody has whose time has just run out, longest first. Two statements."""
    references = [case.reference for case in late(at=at).order_by("due_at", "reference")]
    told = _told([late_window(reference) for reference in references])
    return [reference for reference in references if late_window(reference) not in told]


def late(*, at: datetime) -> QuerySet[Case]:
    """The cases themselves. Who needs help now is never told to wait.

    Nor is told that they have not heard from us who has been spoken with, or ended it themselves.
    """
    if not is_waking_hour(at):
        return Case.objects.none()
    waiting = unheld(at=at).filter(
        due_at__lte=at, due_at__gt=at - STILL_NEWS, urgency__gt=Urgency.P0.rank
    )
    met = standing_attempts().filter(case=OuterRef("pk"), answered=True)
    ended = CaseStep.objects.filter(
        case=OuterRef("pk"), step=Step.UNBOOK, code__in=THEIRS, undone_by=None
    )
    return waiting.exclude(Exists(met)).exclude(Exists(ended))


def _told(windows: list[str]) -> set[str]:
    """Those of these that somebody has been told already."""
    found = Message.objects.filter(window__in=windows).order_by("id")
    return {window for window in found.values_list("window", flat=True) if window}
