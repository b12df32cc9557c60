"""Whom the patient asks for, and where they do not want to go, decide what is offered first."""

import pytest

from practices.doors import everywhere, opened, perform
from practices.models import Patient
from practices.rules.refusals import BadInput
from tests.cases import submitted
from triage.actions.requests import RequestWish, submit_request
from triage.models import Case
from triage.queries.options import options
from triage.queries.people import people_for
from triage.rules.codes import Channel, Need


def _submitted(world, acting, now, **wish):
    return submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True, **wish)


def _listed(actor, case, now):
    with opened(actor.reach, at=now):
        return options(case.reference, at=now)


def test_the_practices_own_people_come_before_the_hubs(world, acting, now):
    with opened(acting(world, "receptionist").reach, at=now):
        found = people_for(world.oak.pk, on=now.date())

    assert [(one.name, one.at_hub) for one in found] == [
        ("Duty", False),
        ("Gp Oak", False),
        ("Clinician", True),
        ("Physio", True),
        ("Supervisor", True),
    ]


def test_who_is_asked_for_by_name_comes_first_of_the_hub_and_it_says_so(world, acting, now):
    desk = acting(world, "receptionist")
    asked = world.clinicians["supervisor"]
    case = _submitted(world, acting, now, asked_for_id=asked.pk)

    best = _best_of_hub(_listed(desk, case, now))
    with everywhere(because="the test forgets the wish", at=now):
        Case.objects.filter(pk=case.pk).update(asked_for=None, continuity_with=None)
    usual = _best_of_hub(_listed(desk, case, now))

    assert case.asked_for_id == asked.pk
    assert best.candidate.clinician == asked.pk != usual.candidate.clinician
    assert "Supervisor, whom the patient asked for" in [one.text for one in best.reasons]


def _best_of_hub(found):
    return next(one for one in found.options if one.candidate.where == "hub")


def test_who_must_see_their_own_clinician_keeps_them(world, acting, now):
    own, asked = world.clinicians["gp_oak"], world.clinicians["supervisor"]
    with everywhere(because="the test's set-up", at=now):
        Patient.objects.filter(pk=world.patients["zoe"].pk).update(
            continuity="red", usual_clinician=own
        )

    case = _submitted(world, acting, now, asked_for_id=asked.pk)

    assert (case.asked_for_id, case.continuity_with_id) == (asked.pk, own.pk)


@pytest.mark.parametrize(("who", "may"), [("physio", True), ("gp_oak", True), ("gp_elm", False)])
def test_nobody_of_another_practice_is_asked_for(world, acting, now, who, may):
    wish = RequestWish(
        need=Need.SORE_THROAT,
        channel=Channel.PHONE,
        patient=world.patients["zoe"].public_id,
        words="since Friday",
        continuity=world.clinicians[who].pk,
    )
    send = {"by": acting(world, "receptionist"), "at": now, "wish": wish}

    if may:
        assert perform(submit_request, **send).asked_for_id == world.clinicians[who].pk
    else:
        with pytest.raises(BadInput) as refusal:
            perform(submit_request, **send)
        assert refusal.value.field == "continuity"


def test_who_does_not_want_the_hub_is_offered_none_of_it(world, acting, now):
    case = _submitted(world, acting, now, not_the_hub=True)

    found = _listed(acting(world, "receptionist"), case, now)

    offered = {one.candidate.where for one in found.options if one.candidate.starts_at}
    refused = {no.code for no in found.refused if no.candidate.where == "hub"}
    assert (offered, refused) == ({"own"}, {"patient_declined"})
