"""Leads release one change at once: it is released once, and the others are told by whom."""

import pytest
from django.db.utils import InternalError

from practices.doors import everywhere, perform
from tests.leads import drafted, second_lead
from tests.races.conftest import IN_VAIN, UNTIL_ALL, at_once
from triage.actions import released
from triage.models import RuleChange, RuleVersion

pytestmark = pytest.mark.race

LEADS = 4
CHECK = [(released, "check_may_end")]


def _race(world, acting):
    second_lead(world)
    change = drafted(world, acting, at=world.at)
    lead = acting(world, "second_lead")

    def press(_):
        try:
            return perform(released.release_change, by=lead, at=world.at, change_id=change.pk)
        except InternalError as stopped:
            return stopped

    answers = at_once(LEADS, press)
    with everywhere(because="the test looks", at=world.at):
        found = RuleVersion.objects.filter(kind="red_flags")
        versions = list(found.values_list("version", flat=True))
    return answers, versions


def _kinds(answers):
    """How many released it, were told by whom, and ran into the database's own guard."""
    won = sum(isinstance(answer, RuleChange) for answer in answers)
    told = sum("released by Second Lead already" in str(answer) for answer in answers)
    stopped = sum(isinstance(answer, InternalError) for answer in answers)
    return won, told, stopped


def test_one_release_and_everybody_else_is_told_by_whom(committed_world, acting, meet):
    meet(LEADS, IN_VAIN, after=CHECK)

    answers, versions = _race(committed_world, acting)

    assert (_kinds(answers), versions) == ((1, LEADS - 1, 0), [1])


def test_control_without_the_lock_only_the_database_stops_them(
    committed_world, acting, meet, monkeypatch
):
    meet(LEADS, UNTIL_ALL, after=CHECK)
    monkeypatch.setattr(
        released,
        "_locked",
        lambda change_id, network_id: RuleChange.objects.filter(
            pk=change_id, network_id=network_id
        ).first(),
    )

    answers, versions = _race(committed_world, acting)

    assert (_kinds(answers), versions) == ((1, 0, LEADS - 1), [1])
