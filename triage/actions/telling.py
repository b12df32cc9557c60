"""Telling a patient about their case: its own number, and what may be done with it."""

from datetime import datetime, timedelta
from typing import Unpack

from django.db.models import Q, QuerySet

from appointments.models import Booking
from appointments.queries import appointment_of, place_of
from hubs.rules.opening import core_hours
from practices.actions import tell
from practices.clock import bank_holidays
from practices.models import Message
from practices.rules.message_words import OF_AN_APPOINTMENT, SAID_ALOUD, Facts, News
from practices.rules.reach import Actor
from practices.rules.roles import Role
from triage.actions.own_links import own_address
from triage.actions.shut_hub import read_by_any_hub
from triage.models import Case
from triage.rules.callers import Authority, is_same_call
from triage.rules.codes import Channel, Urgency
from triage.rules.lanes import Lane
from triage.rules.safety_net import SafetyNet
from triage.rules.states import State
from triage.rules.undoing import UNDO_FOR

# Who is booked in this call need not read that they will hear from us: by then no hold is left.
CALL_SETTLES_IN = timedelta(minutes=5)
# Why an appointment is cancelled, where the patient has just said it: nobody rings them back.
# What has reached the patient, or may have: sent, said by a person, or said while they were there.
_STATES = Message.State
_HEARD = Q(state__in=(_STATES.SENDING, _STATES.SENT, _STATES.DELIVERED, _STATES.TOLD)) | Q(
    state=_STATES.STAFF_TELL, to_tell_since=None, kind__in=SAID_ALOUD
)


def tell_case(
    kind: str,
    case: Case,
    *,
    by: Actor,
    at: datetime,
    window: str | None = None,
    not_before: datetime | None = None,
    **facts: Unpack[Facts],
) -> Message:
    """The patient hears of it the way the case allows."""
    facts["is_still_open"] = case.state not in {State.CLOSED, State.BOOKED}
    return tell(
        kind,
        patient=case.patient,
        case=case.reference,
        phone=case.phone,
        may_text=case.safe_to_text,
        is_confidential=case.is_confidential,
        is_on_the_line=_is_on_the_line(case, by=by, at=at),
        needs=case.access_needs,
        window=window,
        not_before=not_before,
        by=by,
        at=at,
        **facts,
    )


def tell_received(
    case: Case, *, read_from: datetime | None, is_unasked: bool, by: Actor, at: datetime
) -> None:
    """The patient reads by when they hear from us; who needs help now is never told to wait.

    While they are on the line it waits a little: the place they are booked into says more.
    Who asks while the hub is closed, and may wait, reads when somebody reads it; who may not is
    sent to 111 where no duty clinician of ours is there either. Who asked for nothing is not told
    that we have their request.
    """
    if case.urgency == Urgency.P0.rank or is_unasked:
        return
    opens, is_all_shut = _when_read(case, read_from, at=at)
    is_heard = _is_on_the_line(case, by=by, at=at)
    leaves = at + CALL_SETTLES_IN if is_heard else None
    facts: Facts = {"due_at": case.due_at, "read_from": opens, "is_all_shut": is_all_shut}
    tell_case("received", case, not_before=leaves, by=by, at=at, **facts)


def _when_read(
    case: Case, read_from: datetime | None, *, at: datetime
) -> tuple[datetime | None, bool]:
    """From when a closed hub reads it, if that is said; and whether nobody is there before."""
    if read_from is None or case.lane != Lane.HUB:
        return None, False
    if not Urgency(f"P{case.urgency}").is_same_day:
        return read_from, False
    is_late = case.due_at <= read_from and not core_hours(bank_holidays()).is_open(at)
    return (read_from, True) if is_late else (None, False)


def tell_received_after_all(case: Case, *, by: Actor, at: datetime) -> None:
    """Whose closing was undone is told what the closing left unsaid, if nothing of it has left.

    In new words: how they may be written to, and by when they hear from us, is as it is now.
    """
    earlier = Message.objects.filter(case_ref=case.reference, kind=News.RECEIVED)
    is_unasked = not earlier.exists()
    if case.due_at <= at or earlier.exclude(state=Message.State.SUPERSEDED).exists():
        return
    read_from = read_by_any_hub(case.hub_id, at=at)
    tell_received(case, read_from=read_from, is_unasked=is_unasked, by=by, at=at)


def tell_closed(case: Case, words: str, net: SafetyNet | None, *, by: Actor, at: datetime) -> None:
    """The patient reads the safety net, once the closing can be undone no more.

    By when and whom to call are in every format; the clinician's own words in none that others
    may read on a screen. Where nothing was said, nothing is sent.
    """
    if not words.strip():
        return
    facts: Facts = {"net": words}
    if net is not None:
        facts |= {"better_by": net.better_by, "where": net.place}
    tell_case("closed", case, not_before=at + UNDO_FOR, by=by, at=at, **facts)


def tell_of(
    booking: Booking,
    case: Case | None,
    kind: str,
    *,
    by: Actor,
    at: datetime,
    window: str | None = None,
    not_before: datetime | None = None,
    known_by: datetime | None = None,
    read_by: datetime | None = None,
    is_heard: bool = False,
) -> None:
    """The patient is told in words without a reason; by a person too where `known_by` is soon."""
    facts: Facts = {"starts_at": booking.starts_at, "place": place_of(booking)}
    patient = case.patient if case else booking.patient
    # They could not say the date of birth that the page of the link asks for.
    link = "" if patient.born_estimated else own_address(booking)
    if read_by is not None:
        facts["read_by"] = read_by
    facts |= {"known_by": known_by, "link": link, "is_heard": is_heard}
    if case is not None:
        tell_case(kind, case, window=window, not_before=not_before, by=by, at=at, **facts)
        return
    tell(
        kind,
        patient=patient,
        case=booking.case_ref,
        phone=patient.phone,
        window=window,
        not_before=not_before,
        appointment=None if booking.case_ref else appointment_of(booking),
        by=by,
        at=at,
        **facts,
    )


def tell_if_never_told(
    booking: Booking,
    case: Case | None,
    *,
    since: datetime,
    known_by: datetime | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Whose news of this place was overtaken by what was undone `since` hears it now.

    Who had it before that knows it. What was taken back itself had said nothing to anybody. Whoever
    has read of an earlier time reads that it has changed.
    """
    about = {"case_ref": case.reference} if case else {"appointment": appointment_of(booking)}
    earlier = Message.objects.filter(kind__in=OF_AN_APPOINTMENT, queued_at__lt=since, **about)
    unsaid = Q(state=Message.State.SUPERSEDED)
    newest = earlier.exclude(unsaid, settled_at__isnull=False).order_by("pk").last()
    if newest is not None and newest.state == Message.State.SUPERSEDED:
        tell_of(booking, case, news_after(earlier), known_by=known_by, by=by, at=at)


def news_after(earlier: QuerySet[Message]) -> News:
    """What the place is to who had this news before: a change only if they know of another."""
    heard = earlier.filter(_HEARD).order_by("pk").last()
    knows = heard is not None and heard.kind != News.CANCELLED
    return News.CHANGED if knows else News.CONFIRMED


def _is_on_the_line(case: Case, *, by: Actor, at: datetime) -> bool:
    """Whether a person of ours speaks now with the patient, or with who may hear for them."""
    if by.user_id is None or by.role is Role.CLIENT or case.caller_authority == Authority.NONE:
        return False
    return is_same_call(
        Channel(case.channel),
        taken_by_me=case.submitted_by_id == by.user_id,
        taken_at=case.submitted_at,
        at=at,
    )
