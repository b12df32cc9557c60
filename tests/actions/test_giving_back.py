"""A case goes back with nothing left of an appointment, and what was accepted with a reason."""

import pytest

from appointments.models import Booking
from practices.doors import everywhere, perform
from practices.rules.refusals import Conflict, Refused
from tests.cases import SPOKE, submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import address, text_of
from triage import actions
from triage.models import Case
from triage.rules.codes import Need, Outcome

__all__ = ["at_desk", "clock"]
WHY = "Known to their nurse"


@pytest.fixture
def does(world, acting, now):
    def done(action, who, case, **wish):
        return perform(action, by=acting(world, who), at=now, reference=case.reference, **wish)

    return done


@pytest.fixture
def called_again(world, acting, now, does):
    """Booked at the hub; the patient calls again, worse, and a hub clinician has the case."""
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    does(actions.book, "receptionist", case, slot_id=world.slots("clinician")[-1].pk)
    submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, words="Worse today")
    return does(actions.claim, "clinician", case)


def test_who_still_has_an_appointment_is_not_handed_back(called_again, does, at_desk, now):
    with pytest.raises(Refused, match="still has an appointment"):
        does(actions.hand_back, "clinician", called_again, reason=WHY)

    client = at_desk("clinician")
    before = text_of(client.get(address(called_again)))
    client.post(address(called_again, "cancel-booking/"), {"once": "1"})
    after = text_of(client.get(address(called_again)))

    assert "Cancel the appointment" in before
    assert "Hand back</button>" not in before
    assert "Cancel the appointment" not in after
    assert "Hand back</button>" in after
    with everywhere(because="the test looks", at=now):
        assert Booking.objects.get().state == "cancelled"
    does(actions.hand_back, "clinician", called_again, reason=WHY)
    assert does(actions.accept_back, "duty", called_again, note="I see her").state == "claimed"


def test_a_booked_case_is_handed_back_by_nobody_who_has_it_not(world, acting, does, now):
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    does(actions.book, "receptionist", case, slot_id=world.slots("clinician")[-1].pk)

    with pytest.raises(Conflict, match="This case is not with you"):
        does(actions.hand_back, "clinician", case, reason=WHY)


@pytest.fixture
def accepted(world, acting, now, does):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    does(actions.claim, "clinician", case)
    does(actions.hand_back, "clinician", case, reason=WHY)
    return does(actions.accept_back, "duty", case, note="I ring at 2pm")


def test_what_the_practice_accepted_it_returns_with_a_reason(accepted, does, at_desk):
    with pytest.raises(Refused, match="Enter why the practice cannot take this") as refusal:
        does(actions.release, "duty", accepted)
    duty = at_desk("duty")
    page = text_of(duty.get(address(accepted)))
    silent = duty.post(address(accepted, "release/"), {"once": "1"})
    given = duty.post(address(accepted, "release/"), {"once": "2", "reason": "The nurse is ill"})
    seen = text_of(at_desk("clinician").get(address(accepted)))

    assert refusal.value.field == "reason"
    assert "Return it to the hub" in page
    assert (silent.status_code, given.status_code) == (422, 302)
    assert "Returned by the practice" in seen
    assert "The nurse is ill" in seen


def test_the_named_clinician_says_why_too(world, acting, now, does):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    does(actions.claim, "clinician", case)
    named = world.clinicians["gp_oak"].pk
    does(actions.hand_back, "clinician", case, reason=WHY, to_clinician_id=named)
    does(actions.claim, "gp_oak", case)

    with pytest.raises(Refused, match="Enter why the practice cannot take this"):
        does(actions.release, "gp_oak", case)
    does(actions.release, "gp_oak", case, reason="I am off at noon")

    with everywhere(because="the test looks", at=now):
        kept = Case.objects.get(pk=case.pk)
        last = kept.steps.order_by("-id")[0]
    assert (kept.state, kept.handed_to_id, last.step) == ("waiting", None, "return_refused")


def test_the_hub_releases_what_it_took_without_a_word(world, acting, now, does):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    does(actions.claim, "clinician", case)

    assert does(actions.release, "clinician", case).state == "waiting"


def test_the_note_names_the_house_that_ended_it(accepted, does, at_desk):
    seen = actions.OutcomeWish(
        Outcome.BOOKED_PRACTICE,
        safety_net="Ring if worse",
        record_viewed="practice_record",
        contact=SPOKE,
    )
    does(actions.close, "duty", accepted, wish=seen)

    note = text_of(at_desk("duty").get(address(accepted, "note/")))

    assert "by Duty, Oak Surgery" in note
    assert "by Duty, Riverside hub" not in note
