"""Advice is given to somebody: who was spoken with, and which record was read, is on record."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, perform
from practices.models import Patient
from practices.rules.refusals import Forbidden, Refused
from tests.cases import SPOKE, submitted
from triage import actions
from triage.models import ContactAttempt
from triage.rules.attempts import Met
from triage.rules.codes import Need, Outcome


def ends(case, by, at, code=Outcome.ADVICE, **said):
    said = {"record_viewed": "summary", "safety_net": "Ring if worse"} | said
    wish = actions.OutcomeWish(code, **said)
    return perform(actions.close, by=by, at=at, reference=case.reference, wish=wish)


def rings(case, by, at, met):
    wish = {"reference": case.reference, "channel": "phone", "met": met}
    return perform(actions.record_attempt, by=by, at=at, **wish)


def test_advice_to_nobody_is_refused(claimed, clinician, now):
    with pytest.raises(Refused, match="No clinician has spoken with the patient yet") as refusal:
        ends(claimed, clinician, now)

    assert (refusal.value.code, refusal.value.field) == ("contact", "outcome")


def test_whom_one_spoke_with_is_kept_with_the_end(claimed, clinician, now):
    closed = ends(claimed, clinician, now, contact=SPOKE)

    with everywhere(because="the test looks", at=now):
        (kept,) = ContactAttempt.objects.filter(case=claimed)
    assert closed.state == "closed"
    assert (kept.channel, kept.met, kept.answered, kept.by_id) == (
        "phone",
        "patient",
        True,
        clinician.user_id,
    )


@pytest.mark.parametrize(
    ("met", "is_enough"),
    [(Met.PATIENT, True), (Met.CARER, True), (Met.OTHER, False), (Met.VOICEMAIL, False)],
)
def test_only_the_patient_or_who_speaks_for_them_is_the_patient(
    met, is_enough, claimed, clinician, now
):
    rings(claimed, clinician, now, met)

    if is_enough:
        assert ends(claimed, clinician, now).state == "closed"
    else:
        with pytest.raises(Refused, match="No clinician has spoken"):
            ends(claimed, clinician, now)


def test_a_reopened_case_is_a_new_story(claimed, clinician, now):
    later = now + timedelta(minutes=5)
    ends(claimed, clinician, now, contact=SPOKE)
    wish = {"reference": claimed.reference, "reason": "rang again"}
    perform(actions.reopen, by=clinician, at=later, **wish)
    perform(actions.claim, by=clinician, at=later, reference=claimed.reference)

    with pytest.raises(Refused, match="No clinician has spoken"):
        ends(claimed, clinician, later)


def test_tries_from_before_it_was_reopened_do_not_give_anybody_up(claimed, clinician, now):
    wish = {"reference": claimed.reference, "answered": False}
    for minutes, channel in ((0, "phone"), (15, "text"), (30, "phone")):
        at = now + timedelta(minutes=minutes)
        perform(actions.record_attempt, by=clinician, at=at, channel=channel, **wish)
    later = now + timedelta(minutes=31)
    perform(actions.claim, by=clinician, at=later, reference=claimed.reference)
    ends(claimed, clinician, later, Outcome.NO_CONTACT)
    again = {"reference": claimed.reference, "reason": "rang back"}
    perform(actions.reopen, by=clinician, at=later + timedelta(minutes=1), **again)
    last = later + timedelta(minutes=2)
    perform(actions.claim, by=clinician, at=last, reference=claimed.reference)

    with pytest.raises(Refused, match="Try 3 more times"):
        ends(claimed, clinician, last, Outcome.NO_CONTACT)


@pytest.mark.parametrize("viewed", ["", "full"])
def test_a_clinical_end_names_the_record_that_was_read(viewed, claimed, clinician, now):
    with pytest.raises(Refused, match="Choose which record you viewed"):
        ends(claimed, clinician, now, Outcome.PHARMACY, record_viewed=viewed)


def test_nobody_but_a_clinician_ends_what_is_not_planned(world, acting, now):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)

    with pytest.raises(Forbidden, match="Only a clinician can close this case"):
        ends(case, acting(world, "receptionist"), now, contact=SPOKE)


@pytest.mark.parametrize(("who", "needs"), [("child", []), ("zoe", ["carer_present"])])
def test_a_clinician_ends_what_somebody_was_not_brought_to(world, acting, now, who, needs):
    """Invariant 7: a planned case too, which else anybody may end."""
    with everywhere(because="the test's set-up", at=now):
        Patient.objects.filter(pk=world.patients[who].pk).update(access_needs=needs)
    case = submitted(world, acting, who, Need.FOLLOW_UP, at=now)
    assert case.urgency == 6

    with pytest.raises(Forbidden, match="Only a clinician can close this case"):
        ends(case, acting(world, "receptionist"), now, Outcome.NO_CONTACT)
    ends(case, acting(world, "receptionist"), now, Outcome.ADMIN_DONE)
