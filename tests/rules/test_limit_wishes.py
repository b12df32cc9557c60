"""A wished limit says when, why and on what basis, and makes room among those that stand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.rules.limit_wishes import LimitWish, Span, check_wish, is_touched, left_of
from practices.rules.limits import Cause, Effective, Layer, LimitMode, mode_of
from practices.rules.professions import (
    DEFAULTS,
    Profession,
    Stage,
    basis_of,
    starting_point,
)
from practices.rules.refusals import BadInput

TODAY = date(2026, 11, 30)
WISH = LimitWish(points=200, from_on=TODAY, reason="Vacancy", basis="Partners' meeting")

days = st.dates(date(2026, 11, 20), date(2026, 12, 20))
spans = st.builds(
    lambda start, length: Span(start, None if length is None else start + timedelta(days=length)),
    days,
    st.none() | st.integers(1, 15),
)


@given(spans, spans, days)
def test_each_day_keeps_its_limit_unless_the_new_one_takes_it(standing, new, day):
    kept = sum(span.holds(day) for span in left_of(standing, new))

    assert kept == (1 if standing.holds(day) and not new.holds(day) else 0)


@given(spans, spans)
def test_a_limit_is_touched_when_it_shares_a_day_with_the_new_one(standing, new):
    reach = [date(2026, 11, 20) + timedelta(days=n) for n in range(60)]

    shared = any(standing.holds(day) and new.holds(day) for day in reach)

    assert is_touched(standing, new) is shared


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"from_on": TODAY - timedelta(days=1)}, "from_on", "today or later"),
        ({"from_on": TODAY + timedelta(days=367)}, "from_on", "within a year"),
        ({"until_on": TODAY}, "until_on", "end after it starts"),
        ({"cause": Cause.PHASED_RETURN}, "until_on", "when it ends"),
        ({"reason": " - "}, "reason", "why the limit changes"),
        ({"basis": ""}, "basis", "what the limit is based on"),
        ({"reason": "x" * 201}, "reason", "200 characters or fewer"),
    ],
)
def test_what_a_wish_lacks_is_said_beside_its_field(change, field, words):
    check_wish(WISH, today=TODAY)

    with pytest.raises(BadInput, match=words) as refused:
        check_wish(replace(WISH, **change), today=TODAY)

    assert refused.value.field == field


@pytest.mark.parametrize("mode", LimitMode)
def test_a_locums_cap_binds_in_any_mode_and_other_limits_as_the_practice_says(mode):
    agreed = Effective(200, Layer.PERSON, "terms", "A Shah", TODAY)

    assert mode_of(agreed, mode) is mode
    assert mode_of(replace(agreed, cause=Cause.LOCUM_CAP), mode) is LimitMode.ENFORCE


def test_registrars_start_by_stage():
    found = [starting_point(Profession.REGISTRAR, stage) for stage in Stage]

    assert [(one.limit, one.slot_minutes) for one in found] == [(100, 30), (150, 20), (200, 15)]
    assert all(one.needs_supervisor for one in found)


@pytest.mark.parametrize("profession", Profession)
def test_a_stage_says_nothing_of_other_professions(profession):
    expected = DEFAULTS[profession]

    assert starting_point(profession, "") == expected
    if profession is not Profession.REGISTRAR:
        assert starting_point(profession, "st1") == expected
    assert basis_of(profession)
