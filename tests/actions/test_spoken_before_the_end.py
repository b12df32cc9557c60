"""No case that may be ill ends before a clinician has spoken with the patient, whatever the end."""

import pytest

from practices.doors import everywhere, perform
from practices.rules.refusals import Refused
from tests.cases import SPOKE, submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import address, text_of
from triage import actions
from triage.models import Case, CaseOutcome
from triage.rules.attempts import Met
from triage.rules.closing import SEEN, WITHOUT_CONTACT
from triage.rules.codes import Need, Outcome, Urgency

__all__ = ["at_desk", "clock"]
# A hub sees nobody without an appointment: that is refused before.
SPEAKS = sorted(set(Outcome) - WITHOUT_CONTACT - SEEN)
ILL = [one for one in Urgency if one is not Urgency.P6]


def at_class(case, urgency, now):
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(pk=case.pk).update(urgency=urgency.rank)


def ends(case, outcome, by, now, **said):
    wish = actions.OutcomeWish(
        outcome,
        safety_net="Ring if worse",
        record_viewed="not_available",
        taken_by="Sister Ash",
        note="Known to them",
        **said,
    )
    return perform(actions.close, by=by, at=now, reference=case.reference, wish=wish)


@pytest.mark.parametrize("urgency", ILL)
@pytest.mark.parametrize("outcome", SPEAKS)
def test_nobody_unspoken_to_is_sent_anywhere(claimed, clinician, now, outcome, urgency):
    at_class(claimed, urgency, now)

    with pytest.raises(Refused) as refusal:
        ends(claimed, outcome, clinician, now)

    assert refusal.value.field == "outcome"
    assert refusal.value.code in {"contact", "emergency"}
    assert refusal.value.code == "contact" or urgency is Urgency.P0


@pytest.mark.parametrize("outcome", SPEAKS)
def test_said_in_the_same_press_it_ends(claimed, clinician, now, outcome):
    at_class(claimed, Urgency.P3, now)

    assert ends(claimed, outcome, clinician, now, contact=SPOKE).state == "closed"


@pytest.mark.parametrize("outcome", [Outcome.ADVICE, Outcome.HOSPITAL_SAME_DAY])
def test_what_the_desk_heard_is_no_clinician_s_contact(
    world, acting, claimed, clinician, now, outcome
):
    said = {"reference": claimed.reference, "channel": "phone", "met": Met.PATIENT}
    perform(actions.record_attempt, by=acting(world, "receptionist"), at=now, **said)

    with pytest.raises(Refused, match="No clinician has spoken with the patient yet"):
        ends(claimed, outcome, clinician, now)

    perform(actions.record_attempt, by=clinician, at=now, **said)
    assert ends(claimed, outcome, clinician, now).state == "closed"


def test_who_was_seen_without_an_appointment_was_met(world, acting, now):
    duty, case = (
        acting(world, "duty"),
        submitted(world, acting, "zoe", Need.COUGH_BREATHING, at=now),
    )
    perform(actions.claim, by=duty, at=now, reference=case.reference)

    with pytest.raises(Refused, match="No clinician has spoken"):
        ends(case, Outcome.BOOKED_PRACTICE, duty, now)

    assert ends(case, Outcome.BOOKED_PRACTICE, duty, now, contact=SPOKE).state == "closed"


def test_nobody_is_spoken_with_and_out_of_reach_in_one_press(claimed, clinician, now):
    with pytest.raises(Refused, match="You say that you spoke with them"):
        ends(claimed, Outcome.NO_CONTACT, clinician, now, contact=SPOKE)


def test_paperwork_ends_unspoken(claimed, clinician, now):
    at_class(claimed, Urgency.P6, now)

    assert ends(claimed, Outcome.ADMIN_DONE, clinician, now).state == "closed"


def test_a_duplicate_names_the_open_case_that_goes_on(world, acting, claimed, clinician, now):
    goes_on = submitted(world, acting, "tam", Need.SKIN_RASH, at=now)
    other_s = submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)
    for wrong in ("", claimed.reference, other_s.reference, "HR-NONE"):
        with pytest.raises(Refused, match="Choose which other open case") as refusal:
            ends(claimed, Outcome.DUPLICATE, clinician, now, duplicate_of=wrong)
        assert (refusal.value.code, refusal.value.field) == ("no_other_case", "outcome")

    closed = ends(claimed, Outcome.DUPLICATE, clinician, now, duplicate_of=goes_on.reference)

    with everywhere(because="the test looks", at=now):
        assert CaseOutcome.objects.get(case=closed).duplicate_of == goes_on
    perform(actions.claim, by=clinician, at=now, reference=goes_on.reference)
    with pytest.raises(Refused, match="Choose which other open case"):
        ends(goes_on, Outcome.DUPLICATE, clinician, now, duplicate_of=closed.reference)


def test_the_page_offers_the_open_cases_and_the_note_names_the_one(
    world, acting, claimed, at_desk, now
):
    at_hub = at_desk("clinician")
    alone = text_of(at_hub.get(address(claimed)))
    goes_on = submitted(world, acting, "tam", Need.SKIN_RASH, at=now)
    beside = text_of(at_hub.get(address(claimed)))
    end = {"once": "1", "outcome": f"duplicate:{goes_on.reference}", "safety_net": "Ring if worse"}
    answer = at_hub.post(address(claimed, "close/"), end | {"spoke": "nobody"})

    named = f"Duplicate of another case: Skin or rash, {goes_on.reference}"
    assert "Duplicate of another case" not in alone
    assert f'<option value="duplicate:{goes_on.reference}">{named}</option>' in beside
    assert answer.status_code == 302
    said = f"Outcome: Duplicate of another case: {goes_on.reference}"
    assert said in text_of(at_hub.get(address(claimed, "note/")))


def test_a_pharmacy_treats_what_the_list_of_places_says_or_the_note_says_why(
    world, acting, claimed, clinician, at_desk, now
):
    """A cough is nothing for a pharmacy of this hub, and too urgent for any."""
    wish = {"safety_net": "Ring if worse", "record_viewed": "summary", "contact": SPOKE}
    silent, said = (
        actions.OutcomeWish(Outcome.PHARMACY, note=note, **wish) for note in ("", "Knows her well")
    )
    which = {"by": clinician, "at": now, "reference": claimed.reference}
    page = text_of(at_desk("clinician").get(address(claimed)))

    with pytest.raises(Refused, match="^Too urgent for a pharmacy.*write why in the note") as no:
        perform(actions.close, wish=silent, **which)

    assert (no.value.code, no.value.field) == ("pharmacy", "note")
    assert "Too urgent for a pharmacy: a clinician looks first. If sent there" in page
    assert perform(actions.close, wish=said, **which).state == "closed"


@pytest.mark.parametrize(("who", "fits"), [("zoe", True), ("baby", False)])
def test_ages_and_questions_are_those_of_the_list(
    world, acting, clinician, at_desk, now, who, fits
):
    if who == "baby":
        with everywhere(because="the test's set-up", at=now):
            world.patients["child"].born_on = now.date().replace(year=now.year - 2)
            world.patients["child"].save()
        who = "child"
    case = submitted(world, acting, who, Need.SORE_THROAT, at=now, red_flags_asked=True)
    at_class(case, Urgency.P5, now)
    perform(actions.claim, by=clinician, at=now, reference=case.reference)
    page = text_of(at_desk("clinician").get(address(case)))
    wish = actions.OutcomeWish(
        Outcome.PHARMACY, safety_net="Ring if worse", record_viewed="summary", contact=SPOKE
    )
    which = {"by": clinician, "at": now, "reference": case.reference}

    if fits:
        assert "Pharmacy: ask first, not if: cannot swallow own spit" in page
        assert perform(actions.close, wish=wish, **which).state == "closed"
    else:
        with pytest.raises(Refused, match="Pharmacy: for patients aged 5 or over"):
            perform(actions.close, wish=wish, **which)
