"""Twelve leads put their weights in force at once: one version, and the others are told whose."""

from dataclasses import replace

import pytest

from practices.doors import everywhere, perform
from tests.races.conftest import IN_VAIN, UNTIL_ALL, at_once, won
from triage.actions import parameters
from triage.models import ParameterSet
from triage.rules.weights import WEIGHTS

pytestmark = pytest.mark.race

LEADS = 12
LOOK = [(parameters, "versions_of")]


def _race(world, acting):
    lead = acting(world, "clinical_lead")

    def press(index):
        wish = parameters.WeightWish(
            weights=replace(WEIGHTS, travel_minute=20 + index),
            name=f"Wish {index}",
            basis="audit",
            reason="winter",
            seen_version=0,
        )
        return perform(parameters.put_in_force, by=lead, at=world.at, wish=wish)

    return at_once(LEADS, press)


def _versions(world):
    with everywhere(because="the test looks", at=world.at):
        return list(ParameterSet.objects.values_list("version", flat=True))


def _told_whose(answers):
    return sum("Clinical Lead put version 1 in force" in str(answer) for answer in answers)


def test_one_version_is_made_and_everybody_else_is_told_whose(committed_world, acting, meet):
    meet(LEADS, IN_VAIN, after=LOOK)

    answers = _race(committed_world, acting)

    assert (won(answers), _versions(committed_world)) == (1, [1])
    assert _told_whose(answers) == LEADS - 1


def test_control_without_the_lock_nobody_is_told_whose(committed_world, acting, meet, monkeypatch):
    meet(LEADS, UNTIL_ALL, after=LOOK)
    monkeypatch.setattr(parameters, "_one_lead_at_a_time", lambda _: None)

    answers = _race(committed_world, acting)

    assert (won(answers), _versions(committed_world)) == (1, [1])
    assert _told_whose(answers) == 0
