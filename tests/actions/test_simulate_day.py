"""A lived day: every invariant at its end, the same day for the same seed, and its guards."""

import os
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from appointments.models import Booking, Move
from config.management.commands.simulate_day import actor_of, six_on, solved
from networks.actions.invented.making import Making
from networks.actions.invented.people import invented_nhs_numbers, people_of
from networks.actions.simulated import Lived, live, set_stage
from networks.queries.lived_days import lived_cases
from networks.rules.demand import Band, Demand, Shape
from networks.rules.lived_day import summary_of
from practices.actions import register_list
from practices.clock import local_day
from practices.doors import everywhere, opened, perform
from practices.models import AuditEntry
from practices.rules.reach import clockwork
from practices.rules.refusals import Refused
from tests.calm import as_owner_run
from tests.conftest import EMPTY, MONDAY
from tests.invariants import broken, past_limit
from tests.world import SETUP, build
from triage.models import Case, CaseStep
from triage.rules.states import State

pytestmark = pytest.mark.long
BY = clockwork("test")
PEOPLE = 400
DAY = local_day(MONDAY)
SIX = six_on(DAY)
BANDS = (Band(480, 600, 0.6), Band(600, 720, 0.3), Band(960, 1080, 0.1))
# About fifty cases over two practices.
DEMAND = Demand(
    calls={"OAK1": 30, "ELM1": 24},
    online={"OAK1": 6, "ELM1": 4},
    calls_per_1000=0,
    online_per_1000=0,
    call_shape=Shape(1.0, BANDS),
    online_shape=Shape(1.0, BANDS),
)


def populated(number: int = PEOPLE):
    """The small locality with lists long enough for a day of calls."""
    world = build(MONDAY)
    numbers = invented_nhs_numbers()
    with everywhere(because="the test's set-up", at=SIX):
        for practice in (world.oak, world.elm):
            making = Making(by=SETUP, at=SIX, rng=Random(practice.pk))
            people = people_of(making, count=number, gps=[], outward="ZZ99", numbers=numbers)
            register_list(practice_id=practice.pk, people=people, by=SETUP, at=SIX)
    return world


def lived_day(seed: int = 1, *, again: bool = False, demand: Demand = DEMAND) -> Lived:
    stage = perform(
        set_stage, by=BY, at=SIX, code="NET1", day=DAY, seed=seed, again=again, enforce=False
    )
    return live(
        stage=stage, demand=demand, seed=seed, solve=solved, clockwork=BY, actor_of=actor_of
    )


def summary(lived: Lived):
    with opened(BY.reach, at=lived.ended_at):
        return summary_of(lived_cases(lived.references), lived.ended_at)


@pytest.fixture(scope="module")
def lived(django_db_setup, django_db_blocker) -> Iterator[Lived]:
    """One lived day for the tests of this file, committed."""
    with django_db_blocker.unblock():
        try:
            # Row numbers seed the people: they begin at one, whatever other tests undid here.
            as_owner_run(EMPTY)
            populated()
            yield lived_day()
        finally:
            connections.close_all()
            as_owner_run(EMPTY)


@pytest.fixture
def after(lived):
    """The evening, read as the clockwork does."""
    with opened(BY.reach, at=lived.ended_at):
        yield lived


def test_every_invariant_holds_in_the_evening(lived):
    assert broken(at=lived.ended_at) == []
    assert past_limit(at=lived.ended_at) == []


def test_a_few_dozen_cases_came_and_each_is_somewhere(lived):
    told = summary(lived)

    assert 30 <= told.cases <= 90
    assert sum(told.by_channel.values()) == told.cases
    assert sum(told.by_hour.values()) == told.cases
    assert sum(told.where.values()) == told.cases
    assert sum(row.cases for row in told.waits) == told.cases
    assert set(told.by_practice) == {"Oak Surgery", "Elm Surgery"}


def test_cases_went_through_the_same_steps_as_on_the_pages(after):
    steps = set(CaseStep.objects.values_list("step", flat=True))

    assert {"submit", "claim", "sign_class", "book", "close"} <= steps
    assert Booking.objects.filter(state="attended", hub__isnull=False).exists()
    assert Booking.objects.filter(state="attended", hub__isnull=True).exclude(case_ref="").exists()
    assert AuditEntry.objects.filter(verb="case.submit").count() == len(after.references)


def test_everybody_acts_with_the_reach_of_one_membership(after):
    people = CaseStep.objects.exclude(step="call_for_help")

    assert people.exists()
    assert not people.filter(by__isnull=True).exists()
    assert not Case.objects.filter(submitted_by__isnull=True).exists()


def test_what_is_left_over_has_an_owner_and_is_due(after):
    left = Case.objects.exclude(state__in=[State.CLOSED, State.BOOKED])

    assert not left.filter(due_at__isnull=True).exists()
    assert {case.reference for case in left} == {
        case.reference for case in summary_of(lived_cases(after.references), after.ended_at).left
    }


def test_nobody_is_moved_twice(after):
    moved = Move.objects.filter(because="rebalanced")
    people = list(moved.values_list("from_booking__patient_id", flat=True))

    assert len(people) == len(set(people))
    assert after.moves_of_a_patient <= 1


def test_every_instant_is_on_the_simulated_day(after):
    instants = set(CaseStep.objects.values_list("at", flat=True))

    assert min(instants) >= SIX
    assert max(instants) <= after.ended_at


def test_a_day_with_cases_is_refused_unless_again(lived):
    with pytest.raises(Refused, match=r"cases on 2026-11-30 already.*--again"):
        lived_day()


def test_live_settings_refuse(lived, settings):
    settings.TRAINING = False

    with pytest.raises(Refused, match="training"):
        lived_day(again=True)


def test_unknown_network_and_day_without_rota_are_refused(lived):
    wish = {"seed": 1, "again": False, "enforce": False}

    with pytest.raises(Refused, match="no open network NET9"):
        perform(set_stage, by=BY, at=SIX, code="NET9", day=DAY, **wish)
    sunday = DAY.replace(day=29)
    with pytest.raises(Refused, match="Nobody works at"):
        perform(set_stage, by=BY, at=six_on(sunday), code="NET1", day=sunday, **wish)


def test_the_same_seed_lives_the_same_day(committed):
    days = []
    for _ in range(2):
        as_owner_run(EMPTY)
        populated()
        lived = lived_day(seed=7)
        days.append((summary(lived), replace(lived, stage=None)))

    assert days[0] == days[1]
    assert days[0][0].cases > 30


def test_another_seed_lives_another_day(committed):
    populated()
    first = lived_day(seed=7)
    as_owner_run(EMPTY)
    populated()

    assert first.references != lived_day(seed=8).references


def test_missing_data_is_a_sentence(committed, monkeypatch):
    monkeypatch.delenv("HEADROOM_DATA", raising=False)

    with pytest.raises(CommandError, match="set HEADROOM_DATA"):
        call_command("simulate_day", network="NET1", date=DAY)


@pytest.mark.data
@pytest.mark.skipif("HEADROOM_DATA" not in os.environ, reason="needs HEADROOM_DATA, which is unset")
def test_the_command_prints_the_day_and_that_all_invariants_hold(committed):
    populated()
    as_owner_run("UPDATE practices_practice SET list_size = 1500")
    out = StringIO()

    call_command("simulate_day", network="net1", date=DAY, enforce=True, stdout=out)

    printed = out.getvalue()
    assert printed.endswith("Every invariant holds.\n")
    for line in ("What came in", "Where it went", "Waits until met", "over it at the end", "Left"):
        assert line in printed
