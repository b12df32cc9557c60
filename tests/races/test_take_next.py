"""Fifty clinicians press "Next for me": each case once, none left, most urgent first (F30)."""

import pytest
from django.db.models import QuerySet

from practices.doors import everywhere, perform
from practices.models import Clinician, Membership, User
from practices.rules.reach import Actor, Reach
from practices.rules.roles import Role
from tests.races.conftest import UNTIL_ALL, at_once
from tests.races.test_places import _patients
from tests.world import LONG_AGO, SETUP
from triage.actions import CaseWish, claiming, submit, take_next
from triage.models import Case, CaseStep
from triage.rules.codes import Need

pytestmark = pytest.mark.race

CLINICIANS = 50
CASES = 30
NEEDS = (Need.SKIN_RASH, Need.COUGH_BREATHING, Need.ABDOMINAL)


def _clinicians(world):
    actors = []
    with everywhere(because="the test's set-up", at=world.at):
        for index in range(CLINICIANS):
            user = User.objects.create(username=f"gp{index}", name=f"Dr {index}")
            Membership.objects.create(
                user=user, role=Role.CLINICIAN, organisation_id=world.hub.pk, from_on=LONG_AGO
            )
            person = Clinician.objects.create(user=user, home_id=world.hub.pk, profession="gp")
            reach = Reach(
                served=(world.oak.pk, world.elm.pk),
                providers=(world.hub.pk,),
                organisation_id=world.hub.pk,
                user_id=user.pk,
            )
            actors.append(Actor(user.name, Role.CLINICIAN, reach, clinician_id=person.pk))
    return actors


def _cases(world):
    for index, patient in enumerate(_patients(world, CASES)):
        wish = CaseWish(patient_id=patient.pk, need=NEEDS[index % 3], words="since Friday")
        perform(submit, by=SETUP, at=world.at, wish=wish)


def _race(world):
    actors = _clinicians(world)
    _cases(world)
    hub = world.hub.pk
    return at_once(
        CLINICIANS, lambda index: perform(take_next, by=actors[index], at=world.at, hub_id=hub)
    )


def _claims(world):
    with everywhere(because="the test looks", at=world.at):
        return list(
            CaseStep.objects.filter(step="claim").order_by("id").values_list("case_id", flat=True)
        )


def test_each_case_is_taken_once_and_none_is_left(committed_world):
    answers = _race(committed_world)

    taken = [answer.pk for answer in answers if isinstance(answer, Case)]
    claims = _claims(committed_world)
    assert sorted(taken) == sorted(set(taken)) == sorted(claims)
    with everywhere(because="the test looks", at=committed_world.at):
        assert Case.objects.filter(state="waiting").count() == 0


def test_control_without_locks_a_case_is_taken_twice(committed_world, meet, monkeypatch):
    unlocked = lambda self, **_: self.all()  # noqa: E731 - the guard, off
    actors = _clinicians(committed_world)
    _cases(committed_world)
    monkeypatch.setattr(QuerySet, "select_for_update", unlocked)
    meet(CLINICIANS, UNTIL_ALL, before=[(claiming, "_claim")])
    hub = committed_world.hub.pk

    at_once(
        CLINICIANS,
        lambda index: perform(take_next, by=actors[index], at=committed_world.at, hub_id=hub),
    )

    claims = _claims(committed_world)
    assert len(claims) > len(set(claims))
