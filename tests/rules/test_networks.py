"""Pressure from evidence with its hysteresis, and small counts that nobody can bring back."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks.rules.pressure import (
    Evidence,
    Level,
    SetByHand,
    check_by_hand,
    in_force,
    is_unanswered,
    level_of,
    next_pressure,
    signs_of,
)
from networks.rules.suppression import HIDDEN, Shown, percent, shown, shown_table, total
from practices.rules.refusals import BadInput
from tests.rules.times import MONDAY, london

NOW = london(MONDAY, 9, 30)
CALM = Evidence(clinicians=5, staff_expected=10, staff_present=10, hub_places=40, hub_used=10)
ROUGH = Evidence(clinicians=5, over_85=3, over_100=2)
BAD = Evidence(clinicians=5, staff_expected=10, staff_present=6)


def minutes(count: int):
    return NOW + timedelta(minutes=count)


@pytest.mark.parametrize(
    ("evidence", "level", "code"),
    [
        (CALM, 1, None),
        (Evidence(), 1, None),
        (Evidence(clinicians=4, over_85=2), 2, "clinicians"),
        (Evidence(clinicians=5, over_100=1), 2, "clinicians"),
        (Evidence(clinicians=5, over_100=2), 3, "clinicians"),
        (Evidence(clinicians=4, over_100=3), 4, "clinicians"),
        (Evidence(clinicians=5, over_100=1, over_140=1), 3, "clinicians"),
        (Evidence(staff_expected=10, staff_present=7), 3, "staff"),
        (Evidence(staff_expected=100, staff_present=69), 4, "staff"),
        (Evidence(breached=1), 2, "breached"),
        (Evidence(breached=5), 4, "breached"),
        (Evidence(unowned=1), 3, "unowned"),
        (Evidence(unplaced_today=12, free_places=10), 2, "unplaced"),
        (Evidence(unplaced_today=22, free_places=10), 3, "unplaced"),
        (Evidence(hub_places=40, hub_used=34), 2, "hub"),
        (Evidence(hub_places=40, hub_used=40), 3, "hub"),
    ],
)
def test_level_is_the_worst_sign(evidence, level, code):
    assert level_of(evidence) == level
    assert [sign.code for sign in signs_of(evidence)] == ([code] if code else [])


def test_level_has_words_beside_the_number():
    assert Level.UNSAFE.label == "Level 4 - unsafe without help"


def test_up_at_once_and_down_after_half_an_hour():
    looks = [(0, CALM, 1), (5, BAD, 4), (10, CALM, 4), (35, CALM, 4), (40, CALM, 1)]

    pressure = None
    for minute, evidence, level in looks:
        pressure = next_pressure(pressure, evidence, minutes(minute))
        assert (minute, pressure.level) == (minute, level)


def test_a_new_bad_look_starts_the_calm_again():
    pressure = next_pressure(None, BAD, minutes(0))
    for minute, evidence in [(5, CALM), (30, BAD), (35, CALM), (60, CALM)]:
        pressure = next_pressure(pressure, evidence, minutes(minute))

    assert pressure.level == Level.UNSAFE
    assert next_pressure(pressure, CALM, minutes(65)).level == Level.USUAL


def test_level_falls_to_the_worst_of_the_calm_half_hour():
    pressure = next_pressure(None, BAD, minutes(0))
    for minute, evidence in [(5, ROUGH), (30, ROUGH), (35, CALM)]:
        pressure = next_pressure(pressure, evidence, minutes(minute))

    assert pressure.level == Level.STRUGGLING
    assert next_pressure(pressure, CALM, minutes(65)).level == Level.USUAL


@given(st.lists(st.sampled_from([CALM, ROUGH, BAD]), min_size=1, max_size=30))
def test_pressure_is_never_below_the_evidence_and_never_drops_within_half_an_hour(looks):
    pressure, seen = None, []
    for number, evidence in enumerate(looks):
        at = minutes(5 * number)
        pressure = next_pressure(pressure, evidence, at)
        seen.append((at, level_of(evidence)))
        assert pressure.level >= level_of(evidence)
        recent = [level for when, level in seen if when > at - timedelta(minutes=30)]
        assert pressure.level >= max(recent)


def test_level_set_by_hand_lasts_four_hours_at_most():
    calculated = next_pressure(None, CALM, NOW)
    by_hand = check_by_hand(
        Level.STRUGGLING, "Flood in the surgery", at=NOW, until=NOW + timedelta(hours=4)
    )

    assert in_force(calculated, by_hand, NOW) is Level.STRUGGLING
    assert in_force(calculated, by_hand, NOW + timedelta(hours=4)) is Level.USUAL
    assert isinstance(by_hand, SetByHand)


@pytest.mark.parametrize(
    ("reason", "hours", "sentence"),
    [
        (" .", 1, "Enter why the level is set by hand"),
        ("Flood", 5, "A level set by hand lasts four hours at most"),
        ("Flood", 0, "A level set by hand lasts four hours at most"),
    ],
)
def test_level_by_hand_needs_a_reason_and_an_end(reason, hours, sentence):
    with pytest.raises(BadInput, match=f"^{sentence}$"):
        check_by_hand(Level.BUSY, reason, at=NOW, until=NOW + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("evidence", "answered", "after", "unanswered"),
    [
        (BAD, None, 29, False),
        (BAD, None, 30, True),
        (BAD, 10, 45, False),
        (BAD, -10, 45, True),
        (CALM, None, 90, False),
    ],
)
def test_call_for_help_without_an_answer_is_a_breach_of_the_system(
    evidence, answered, after, unanswered
):
    pressure = next_pressure(None, evidence, NOW)
    answered_at = None if answered is None else minutes(answered)

    assert is_unanswered(pressure, answered_at, minutes(after)) is unanswered


# Small counts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0"), (1, "*"), (7, "*"), (8, "10"), (12, "10"), (13, "15"), (102, "100")],
)
def test_small_counts_are_hidden_and_others_rounded(count, text):
    assert str(shown(count)) == text


def test_negative_count_is_a_mistake():
    with pytest.raises(ValueError, match="never negative"):
        shown(-1)


def could_be(cell: Shown) -> set[int]:
    """Every count that would be shown so: what a reader can know."""
    return {count for count in range(200) if shown(count) == cell}


cells = st.lists(st.integers(0, 30), min_size=2, max_size=5)


@given(cells, st.data())
def test_t03_no_two_views_reveal_a_small_cell(counts, data):
    hidden_one = data.draw(st.integers(0, len(counts) - 1))
    whole = shown(sum(counts))
    without = shown(sum(counts) - counts[hidden_one])

    guesses = {a - b for a in could_be(whole) for b in could_be(without) if a >= b}

    assert counts[hidden_one] in guesses
    if 1 <= counts[hidden_one] <= 7:
        assert len(guesses & could_be(shown(counts[hidden_one]))) > 1


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 60), max_size=6))
def test_t03_no_small_count_is_shown_and_totals_come_from_what_is_shown(counts):
    table = shown_table(counts)

    assert not [cell for cell in table.values() if cell.count in range(1, 8)]
    visible = [cell.count for cell in table.values() if cell.count is not None]
    if visible or not table:
        assert total(table.values()).count == sum(visible)
    else:
        assert total(table.values()) is HIDDEN


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(8, 40, 25), (3, 40, None), (12, 0, None), (40, 40, 100)]
)
def test_percentages_come_from_rounded_counts(part, whole, expected):
    assert percent(shown(part), shown(whole)) == expected
