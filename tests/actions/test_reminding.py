"""What patients hear although nobody pressed a button: once, and only what is still true."""

from datetime import timedelta

import pytest

from appointments.models import Booking
from practices import clock
from practices.doors import everywhere, perform
from practices.models import Message, Patient
from practices.rules.refusals import Conflict
from tests.cases import submitted
from triage import actions
from triage.actions.attending import miss
from triage.actions.news import remind
from triage.models import Case
from triage.rules.attempts import Met
from triage.rules.codes import Need
from triage.rules.no_longer import BY_OWN_LINK
from triage.tasks import news, tell_news
from triage.tasks.news import CLOCKWORK


@pytest.fixture
def booked(world, acting, now):
    """A booking at 12:45, made the day before yesterday."""
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    slot = world.slots("gp_oak")[-1]
    by = acting(world, "receptionist")
    booking = perform(actions.book, by=by, at=now, reference=case.reference, slot_id=slot.pk)
    with everywhere(because="the test's set-up", at=now):
        Booking.objects.update(booked_at=now - timedelta(days=2))
        Message.objects.update(state="sent")
        # Nobody waits too long in this world but who the test says.
        Case.objects.update(due_at=now + timedelta(days=9))
    return booking


def _news(hour, at):
    hour.at = at
    return tell_news()


def _told(world, kind):
    with everywhere(because="the test looks", at=world.at):
        return list(Message.objects.filter(kind=kind).order_by("id"))


def test_each_reminder_is_told_once(world, booked, hour):
    two_hours_before = booked.starts_at - timedelta(hours=2)
    told = [
        _news(hour, booked.starts_at - timedelta(hours=3)),
        _news(hour, two_hours_before - timedelta(minutes=1)),
        _news(hour, two_hours_before),
        _news(hour, two_hours_before + timedelta(minutes=1)),
    ]

    first, second = _told(world, "reminder")
    assert told == [1, 0, 1, 0]
    assert first.body.startswith("Reminder: your appointment is at 12:45pm on Monday 30 November")
    assert {first.window.split()[-1], second.window.split()[-1]} == {"day", "hours"}


def test_one_trouble_keeps_no_news_from_the_others(world, booked, hour, acting, now, monkeypatch):
    late = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)

    def troubled(**_):
        raise Conflict("Somebody was quicker.")

    monkeypatch.setattr(news, "remind", troubled)

    told = _news(hour, max(late.due_at, booked.starts_at - timedelta(hours=2)))

    assert (told, len(_told(world, "late"))) == (1, 1)


def test_a_second_worker_finds_the_reminder_told(world, booked, hour):
    """It had looked before the first one told: the window decides."""
    hour.at = booked.starts_at - timedelta(hours=2)
    wish = {"by": CLOCKWORK, "at": hour.at, "public_id": booked.public_id}

    for _ in range(2):
        perform(remind, **wish)

    assert len(_told(world, "reminder")) == 1


def test_who_was_reminded_is_not_again_when_a_move_is_undone(world, booked, hour, acting):
    """The booking put back is a new one; the appointment, and its time, are the same."""
    desk, at = acting(world, "receptionist"), booked.starts_at - timedelta(hours=2)
    first = _news(hour, at)
    wish = {"public_id": str(booked.public_id), "to_slot_id": world.slots("gp_oak")[-2].pk}
    perform(actions.move_booking, by=desk, at=at, because="patient_asked", **wish)
    with everywhere(because="the test looks", at=at):
        case = Case.objects.get()
    perform(actions.undo_step, by=desk, at=at, reference=case.reference, version=case.version)
    with everywhere(because="the test looks", at=at):
        back = Booking.objects.get(state="booked")

    again = _news(hour, at + timedelta(minutes=1))
    raced = {"by": CLOCKWORK, "at": hour.at, "public_id": back.public_id}
    perform(remind, **raced)

    assert (back.starts_at, back.public_id == booked.public_id) == (booked.starts_at, False)
    assert (first, again, len(_told(world, "reminder"))) == (1, 0, 1)


def test_a_cancelled_booking_is_not_reminded_of(world, booked, hour, acting, now):
    by = acting(world, "receptionist")
    perform(
        actions.cancel_booking,
        by=by,
        at=now,
        public_id=str(booked.public_id),
        because="patient_cancelled",
    )

    _news(hour, booked.starts_at - timedelta(hours=2))

    assert _told(world, "reminder") == []


def test_who_gets_no_texts_is_rung_by_the_desk(world, booked, hour):
    with everywhere(because="the test's set-up", at=world.at):
        Case.objects.update(safe_to_text=False)

    _news(hour, booked.starts_at - timedelta(hours=2))

    (message,) = _told(world, "reminder")
    assert (message.state, message.channel) == ("staff_tell", "voice")
    assert (message.send_to, message.to_tell_since) == ("07700 900123", hour.at)


def test_who_was_never_told_is_told_and_not_reminded(world, booked, hour):
    with everywhere(because="nobody has rung yet", at=world.at):
        Message.objects.filter(kind="confirmed").update(state="staff_tell", to_tell_since=world.at)

    _news(hour, booked.starts_at - timedelta(hours=2))

    (message,) = _told(world, "confirmed")
    assert (message.state, _told(world, "reminder")) == ("staff_tell", [])


def test_who_cannot_be_rung_is_nobodys_to_remind(world, booked, hour):
    with everywhere(because="the test's set-up", at=world.at):
        Case.objects.update(phone="")
        Patient.objects.update(email="", access_needs=["large_print"])

    _news(hour, booked.starts_at - timedelta(hours=2))

    (message,) = _told(world, "reminder")
    assert (message.state, message.channel, message.to_tell_since) == ("staff_tell", "voice", None)


def test_easy_words_reach_who_needs_them(world, booked, hour):
    with everywhere(because="the test's set-up", at=world.at):
        Patient.objects.update(access_needs=["easy_read"])

    _news(hour, booked.starts_at - timedelta(hours=2))

    (message,) = _told(world, "reminder")
    assert message.body.startswith(
        "Please remember your appointment.\nThe day: Monday 30 November.\n"
    )


def test_who_was_promised_word_hears_once_that_we_are_late(world, acting, now, hour):
    case = submitted(world, acting, "tam", Need.SKIN_RASH, at=now)
    before = case.due_at - timedelta(minutes=1)

    told = [_news(hour, at) for at in (before, case.due_at, case.due_at + timedelta(minutes=9))]

    (message,) = _told(world, "late")
    assert told == [0, 1, 0]
    assert message.body.startswith("You have not heard from us by ")
    assert case.reference in message.body


def test_a_case_somebody_has_is_not_late(world, acting, now, hour):
    case = submitted(world, acting, "tam", Need.SKIN_RASH, at=now)
    late_at = case.due_at + timedelta(minutes=1)
    clinician = acting(world, "clinician")
    perform(actions.claim, by=clinician, at=late_at, reference=case.reference)

    assert (_news(hour, late_at), clock.now()) == (0, late_at)


@pytest.mark.parametrize(("met", "told"), [(Met.PATIENT, 0), (Met.NOBODY, 1)])
def test_who_was_spoken_with_does_not_read_that_they_were_not(world, acting, now, hour, met, told):
    case = submitted(world, acting, "tam", Need.SKIN_RASH, at=now, phone="07700 900123")
    tried = {"reference": case.reference, "channel": "phone", "met": met}
    perform(actions.record_attempt, by=acting(world, "clinician"), at=now, **tried)

    assert _news(hour, case.due_at) == told


@pytest.mark.parametrize("because", ["patient_asked", BY_OWN_LINK, "leave"])
def test_who_ended_their_appointment_has_heard_from_us(world, acting, now, hour, booked, because):
    which = {"public_id": str(booked.public_id), "because": because}
    perform(actions.cancel_booking, by=acting(world, "receptionist"), at=now, **which)
    with everywhere(because="the test's set-up", at=now):
        Case.objects.update(due_at=now + timedelta(hours=1))

    _news(hour, now + timedelta(hours=1))

    assert len(_told(world, "late")) == (because == "leave")


def test_who_did_not_come_has_heard_from_us(world, acting, now, hour, booked):
    after = booked.ends_at
    perform(miss, by=acting(world, "duty"), at=after, public_id=str(booked.public_id))
    with everywhere(because="the test's set-up", at=now):
        Case.objects.update(due_at=after)

    _news(hour, after)

    assert _told(world, "late") == []
