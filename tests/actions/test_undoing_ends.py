"""A booked case that was ended by a slip of the hand has its appointment again, as it was."""

from datetime import timedelta

import pytest

from appointments.models import Booking
from appointments.queries import workload
from practices.doors import everywhere, perform
from practices.models import Message
from practices.rules.refusals import Conflict
from tests.actions.test_undoing import seen, undoes
from tests.cases import SPOKE
from tests.full_day import booked
from tests.invariants import broken
from triage import actions
from triage.actions.attending import arrive
from triage.models import Case
from triage.queries.case_page import case_page
from triage.rules.codes import Outcome

SOON = timedelta(seconds=4)
# How it ended, whether before its time, and what became of the appointment.
ENDS = [
    (Outcome.DENTAL, True, "cancelled"),
    (Outcome.ADVICE, True, "cancelled"),
    (Outcome.BOOKED_HUB, False, "attended"),
    (Outcome.NO_CONTACT, False, "missed"),
]


@pytest.fixture
def old(world, acting, now):
    """Zoë has the hub's last place of the morning, and knows it."""
    booked(world, acting, "zoe", world.slots("clinician")[-1], overflow_reason="patient_choice")
    with everywhere(because="she was told on the phone", at=now):
        Message.objects.filter(kind="confirmed").update(state="told", to_tell_since=None)
    (found,) = seen(Booking, now)
    return found


@pytest.fixture
def ends(world, acting, old):
    def ended(code, at):
        contact = None if code is Outcome.NO_CONTACT else SPOKE
        said = {"safety_net": "Ring if worse", "record_viewed": "summary", "contact": contact}
        wish = actions.OutcomeWish(code, **said)
        by = acting(world, "clinician")
        return perform(actions.close, by=by, at=at, reference=old.case_ref, wish=wish)

    return ended


@pytest.mark.parametrize(("code", "is_ahead", "became"), ENDS)
@pytest.mark.parametrize("state", ["booked", "arrived"])
def test_the_appointment_is_as_it_was(world, acting, old, ends, now, code, is_ahead, became, state):
    at = now if is_ahead else old.starts_at + SOON
    clinician = acting(world, "clinician")
    if state == "arrived":
        perform(arrive, by=clinician, at=at, public_id=str(old.public_id))
    done = ends(code, at)
    was = seen(Booking, now)[0].state

    back = undoes(clinician, done, at + SOON).booking

    early = {"cancelled": "attended"} if code is Outcome.ADVICE and state == "arrived" else {}
    assert was == early.get(became, became)
    assert [one.state for one in seen(Booking, now)] == ["moved", state]
    assert (back.slot_id, back.place, back.points) == (old.slot_id, old.place, old.points)
    (case,) = seen(Case, now)
    assert (case.state, case.booking_id, case.claimed_by_id) == ("booked", back.pk, None)
    assert broken(at=at + SOON) == []


def test_who_was_seen_after_all_counts_once(world, acting, old, ends, now):
    at = old.starts_at + SOON
    done = ends(Outcome.BOOKED_HUB, at)
    undoes(acting(world, "clinician"), done, at + SOON)

    ends(Outcome.BOOKED_HUB, at + 2 * SOON)

    mine = world.clinicians["clinician"].pk
    with everywhere(because="the test looks", at=now):
        kinds = workload._kinds([mine], old.day)
    assert list(kinds[mine].values()) == [1]
    assert broken(at=at + 2 * SOON) == []


def test_nobody_hears_that_it_was_cancelled(world, acting, old, ends, now):
    done = ends(Outcome.DENTAL, now)

    undoes(acting(world, "clinician"), done, now + SOON)

    news = seen(Message, now, kind__in=("confirmed", "cancelled", "closed"))
    assert [(one.kind, one.state) for one in news] == [
        ("confirmed", "told"),
        ("cancelled", "superseded"),
        ("closed", "superseded"),
    ]


def test_the_contact_said_with_the_end_never_was(world, acting, old, ends, now):
    done = ends(Outcome.ADVICE, now)

    undoes(acting(world, "clinician"), done, now + SOON)

    with everywhere(because="the test looks", at=now):
        page = case_page(old.case_ref, at=now + SOON)
    assert (page.attempts, page.outcomes, page.is_met) == ((), (), False)


def test_a_place_that_somebody_has_by_now_leaves_the_case_closed(world, acting, old, ends, now):
    done = ends(Outcome.DENTAL, now)
    booked(world, acting, "tam", world.slots("clinician")[-1], overflow_reason="patient_choice")

    with pytest.raises(Conflict, match="Somebody has taken the old place meanwhile"):
        undoes(acting(world, "clinician"), done, now + SOON)

    cancelled, _ = seen(Booking, now)
    assert (cancelled.state, seen(Case, now, pk=done.pk)[0].state) == ("cancelled", "closed")
    assert broken(at=now) == []


def test_a_cancellation_that_has_left_stands(world, acting, old, ends, now):
    done = ends(Outcome.DENTAL, now)
    with everywhere(because="a carrier was quicker", at=now):
        Message.objects.filter(kind="cancelled").update(state="sending")

    with pytest.raises(Conflict, match="has been sent a message"):
        undoes(acting(world, "clinician"), done, now + SOON)
