"""Whole days of people doing whatever people do: whoever contacted us ends in an owned outcome."""

from collections import Counter

import pytest

from practices.clock import local_day, on
from practices.doors import everywhere
from tests.conftest import MONDAY
from tests.invariants import broken
from tests.mischief.clinic_acts import CLINIC_ACTS, LATE_ACTS
from tests.mischief.day import Day
from tests.mischief.desk_acts import DESK_ACTS
from tests.mischief.planner_acts import PLANNER_ACTS
from tests.mischief.post_acts import POST_ACTS
from tests.mischief.scenes import SCENES
from tests.mischief.slips import SLIP_ACTS
from tests.mischief.watching import faults
from triage.models import Case

pytestmark = pytest.mark.long
SEEDS, MANY = (1, 2, 3), range(5, 45)
ACTS, EVERY = 180, 8
EVENING, NIGHT = on(local_day(MONDAY), 17), on(local_day(MONDAY), 22)
EARLY = DESK_ACTS | CLINIC_ACTS | SLIP_ACTS | POST_ACTS | PLANNER_ACTS
LATE = EARLY | LATE_ACTS
WANTED = {name for _, gets in LATE.values() for name in gets.split()} | {"rehome", "killed"}


def lived(day: Day, acts: int = ACTS) -> Day:
    """The day as its seed lives it until night, watched all the time."""
    scenes = list(SCENES)
    for number in range(acts):
        if day.at >= NIGHT:
            break
        if scenes and day.at >= on(local_day(MONDAY), scenes[0][0]):
            scenes.pop(0)[1](day)
            assert faults(day) == [], (day.seed, number, day.at)
        tried = day.tried
        while day.tried == tried:
            act = day.drawn(LATE if day.at >= EVENING else EARLY)
            act(day)
        day.goes_on(day.rng.randint(1, 5))
        if number % EVERY == 0:
            assert faults(day) == [], (day.seed, number, act.__name__, day.at)
    day.ends()
    return day


def all_is_well(day: Day) -> None:
    assert faults(day) == [], day.seed
    assert broken(at=day.at) == [], day.seed
    with everywhere(because="the test looks", at=day.at):
        asked = {one.reference for one in day.contacts}
        # An appointment planned ahead becomes a case where nobody sees to it.
        rest = Case.objects.exclude(patient_id__in=day.planned)
        assert asked >= set(rest.values_list("reference", flat=True))
        assert asked <= set(Case.objects.values_list("reference", flat=True))
        assert len(set(Case.objects.values_list("practice", flat=True))) == 2


def test_nobody_is_lost_on_days_of_mischief(begun, undone):
    """Some days, on which each act is got done."""
    done: Counter[str] = Counter()
    for seed in SEEDS:
        with undone():
            day = begun(seed)
            all_is_well(lived(day))
            done.update(day.done)

    assert {act for act in WANTED if not done[act]} == set()


@pytest.mark.soak
@pytest.mark.parametrize("seed", MANY)
def test_nobody_is_lost_on_many_days(begun, seed):
    all_is_well(lived(begun(seed)))
