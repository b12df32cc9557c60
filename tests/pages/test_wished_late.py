"""Whom or what somebody wished for goes first, but nothing late before what is in time."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, perform
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from triage import actions
from triage.models import Case
from triage.rules.codes import Need, Urgency

__all__ = ["at_desk", "clock"]
WISHED = 'app-place__title">Supervisor, whom the patient asked for'
LATE = "Later than due at"


@pytest.fixture
def places(world, acting, at_desk, now):
    """`places(due_at)` are the lines of the list, in order, of a case that is due then."""

    def listed(due_at):
        wanted = world.clinicians["supervisor"].pk
        case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, asked_for_id=wanted)
        sign = {"reference": case.reference, "urgency": Urgency.P4, "reason": "heard"}
        perform(actions.change_class, by=acting(world, "clinician"), at=now, **sign)
        with everywhere(because="it is due sooner than anybody wished", at=now):
            Case.objects.filter(pk=case.pk).update(due_at=due_at)
        page = at_desk("receptionist").get(f"/triage/desk/{case.reference}/options/")
        return page.content.decode().split('<li class="app-place')[1:]

    return listed


def test_who_was_asked_for_is_offered_in_time_and_late_apart(places, world):
    shown = places(world.slots("supervisor")[1].starts_at)

    theirs = [line for line in shown if WISHED in line]
    assert [LATE in line for line in theirs] == [False, True]
    lines = [LATE in line for line in shown if "Hold" in line]
    assert lines == sorted(lines)


def test_a_wish_that_can_only_be_late_stands_behind_what_is_in_time(places, world):
    first = world.slots("supervisor")[0].starts_at
    shown = places(first - timedelta(minutes=1))

    assert all(LATE in line for line in shown if WISHED in line)
    lines = [LATE in line for line in shown if "Hold" in line]
    assert lines == sorted(lines)
