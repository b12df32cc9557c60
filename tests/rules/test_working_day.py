"""Sessions, stretches without a break, admin time and debriefs of a working day."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appointments.rules.safe_working import Planned
from appointments.rules.working_day import (
    Consulting,
    Debriefs,
    Pause,
    Stint,
    loads_of,
    longest_stretch,
    next_break,
    second_shift,
    squeezed_admin,
)

NINE = datetime(2026, 11, 30, 9, tzinfo=UTC)


def at(minutes):
    return NINE + timedelta(minutes=minutes)


def stint(start, end, organisation=1):
    return Stint(organisation, f"Place {organisation}", at(start), at(end))


def patients(*pairs):
    return [Consulting(at(start), at(end)) for start, end in pairs]


stretches = st.lists(
    st.builds(
        lambda start, length: Consulting(at(start), at(start + length)),
        st.integers(0, 600),
        st.integers(5, 40),
    ),
    max_size=20,
)


@given(st.lists(st.builds(Planned, st.integers(0, 600).map(at), st.integers(0, 25))))
def test_every_point_in_a_session_counts_in_exactly_one(contacts):
    stints = [stint(0, 200), stint(200, 400), stint(450, 500)]

    found = loads_of(stints, contacts, day_limit=250)

    inside = [one for one in contacts if any(s.starts_at <= one.at < s.ends_at for s in stints)]
    assert sum(load.points for load in found) == sum(one.points for one in inside)


@pytest.mark.parametrize(
    ("points", "near", "over"), [(106, False, False), (107, True, False), (126, True, True)]
)
def test_half_a_day_has_half_its_limit_and_a_warning_at_85_per_cent(points, near, over):
    (load,) = loads_of([stint(0, 180)], [Planned(at(5), points)], day_limit=250)

    assert (load.limit, load.is_near, load.is_over) == (125, near, over)


@given(stretches)
def test_a_stretch_lasts_at_least_as_long_as_any_patient_and_no_longer_than_the_day(found):
    longest = longest_stretch(found)

    lengths = [int((one.ends_at - one.starts_at).total_seconds() // 60) for one in found]
    assert longest >= max(lengths, default=0)
    if found:
        whole = max(one.ends_at for one in found) - min(one.starts_at for one in found)
        assert longest <= whole.total_seconds() // 60


@given(stretches, stretches)
def test_more_patients_never_make_the_stretch_shorter(some, more):
    assert longest_stretch([*some, *more]) >= longest_stretch(some)


@pytest.mark.parametrize(("gap", "longest"), [(14, 74), (15, 45)])
def test_a_quarter_of_an_hour_is_a_break(gap, longest):
    found = patients((0, 15), (15 + gap, 60 + gap))

    assert longest_stretch(found) == longest


@pytest.mark.parametrize(
    ("minutes", "found"),
    [
        (0, (45, 45, 60)),
        (20, (25, 45, 60)),
        (45, (0, 45, 60)),
        (50, (25, 75, 100)),
        (100, (20, 120, None)),
        (120, None),
    ],
)
def test_the_next_break_is_a_quarter_of_an_hour_without_a_patient(minutes, found):
    """Gaps of fourteen minutes are breath; what is left of a break must be a quarter too."""
    day = patients((0, 15), (29, 45), (60, 75), (100, 120))

    pause = next_break(day, at(minutes))

    expected = found and Pause(found[0], at(found[1]), at(found[2]) if found[2] else None)
    assert pause == expected


@given(stretches, st.integers(0, 600))
def test_in_the_break_there_is_no_patient_and_it_is_not_over(found, minute):
    pause = next_break(found, at(minute))

    ahead = [one for one in found if one.ends_at > at(minute)]
    assert (pause is None) is (not ahead)
    if pause is not None:
        assert pause.starts_at >= at(minute)
        end = pause.ends_at or max(one.ends_at for one in ahead) + timedelta(days=1)
        assert end - pause.starts_at >= timedelta(minutes=15)
        assert not [one for one in found if one.starts_at < end and one.ends_at > pause.starts_at]


@pytest.mark.parametrize(
    ("stints", "squeezed"),
    [
        ([], None),
        ([stint(0, 180)], None),
        ([stint(0, 180), stint(250, 400)], None),
        ([stint(250, 400), stint(0, 181)], 69),
        ([stint(0, 180), stint(180, 360), stint(500, 600)], 0),
    ],
)
def test_seventy_minutes_after_a_session_are_for_admin(stints, squeezed):
    assert squeezed_admin(stints) == squeezed


def test_a_session_somewhere_else_is_a_second_shift_until_it_is_over():
    here, there = stint(0, 180), stint(300, 480, organisation=2)

    assert second_shift([there, here], at(10)) == (here, there)
    assert second_shift([there, here], at(480)) is None
    assert second_shift([here, stint(300, 480)], at(10)) is None


def test_a_debrief_costs_half_a_point_and_ten_minutes_a_patient():
    found = Debriefs(trainees=2, patients=7)

    assert (found.points, found.minutes) == (35, 70)
