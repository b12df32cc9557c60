"""When a hub may close, and when it reads what comes while it is shut."""

from datetime import date, time, timedelta

import pytest

from hubs.rules.opening import ENHANCED_WEEK, Hours, next_reading
from practices.rules.london import instant
from triage.rules.codes import Urgency
from triage.rules.hub_day import HubCase, KeepsOpen, keeps_open
from triage.rules.states import State

FRIDAY = date(2026, 12, 18)
NOW = instant(FRIDAY, time(19, 50))
HOLIDAYS = {date(2026, 12, 25): "Christmas Day", date(2026, 12, 28): "Boxing Day (substitute)"}
HUB = Hours(week=ENHANCED_WEEK, holidays=HOLIDAYS)
HOUR = timedelta(hours=1)
AGAIN = instant(date(2026, 12, 19), time(9))


def case(state=State.WAITING, urgency=Urgency.P3, due_at=NOW + HOUR, **facts):
    return HubCase(state, urgency, due_at, **facts)


LATER = {"urgency": Urgency.P5, "due_at": AGAIN + HOUR}
SEEN = {"seen_from": NOW - HOUR, "seen_until": NOW - HOUR / 2}


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (case(), KeepsOpen.NOBODY),
        (case(urgency=Urgency.P4, due_at=AGAIN + HOUR), KeepsOpen.NOBODY),
        (case(urgency=Urgency.P0), KeepsOpen.NOBODY),
        (case(**LATER), None),
        (case(urgency=Urgency.P5, due_at=AGAIN), KeepsOpen.NOBODY),
        (case(State.CLAIMED, is_held=True), KeepsOpen.HELD),
        (case(State.CLAIMED, is_held=True, **LATER), KeepsOpen.HELD),
        (case(State.CLAIMED, is_held=True, is_held_by_practice=True), None),
        (case(State.CLAIMED), KeepsOpen.NOBODY),
        (case(State.HANDED_BACK, **LATER), KeepsOpen.HANDED_BACK),
        (case(State.BOOKED), None),
        (case(State.BOOKED, **SEEN), KeepsOpen.UNSETTLED),
        (case(State.BOOKED, seen_from=NOW, seen_until=NOW + HOUR), KeepsOpen.TO_COME),
        (case(State.BOOKED, seen_from=AGAIN, seen_until=AGAIN + HOUR), None),
        (case(State.CLOSED), None),
    ],
)
def test_who_keeps_the_hub_open_and_what_is_left_to_do(one, why):
    day_ends = instant(date(2026, 12, 19), time(0))

    assert keeps_open(one, now=NOW, day_ends=day_ends, reads_again=AGAIN) is why


def test_a_hub_that_never_opens_again_leaves_nobody_waiting():
    found = keeps_open(case(**LATER), now=NOW, day_ends=NOW + 5 * HOUR, reads_again=None)

    assert found is KeepsOpen.NOBODY


@pytest.mark.parametrize(
    ("day", "wall", "is_shut", "expected"),
    [
        (FRIDAY, time(18, 20), False, None),
        (FRIDAY, time(18, 20), True, (19, 9)),
        (FRIDAY, time(20), False, (19, 9)),
        (date(2026, 12, 19), time(17), False, (21, 8)),
        (date(2026, 12, 24), time(20), False, (26, 9)),
        (date(2026, 12, 26), time(17, 1), False, (29, 8)),
        (date(2026, 12, 21), time(7, 59), False, (21, 8)),
    ],
)
def test_what_comes_is_read_at_the_next_opening_past_sundays_and_bank_holidays(
    day, wall, is_shut, expected
):
    found = next_reading(instant(day, wall), HUB, is_shut=is_shut)

    assert found == (expected and instant(date(2026, 12, expected[0]), time(expected[1])))
