"""A clinical rule is changed by two people, and an entry has to be fit for a desk."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.rules.refusals import Conflict, Forbidden
from triage.rules.card_entries import (
    USUAL_ENTRIES,
    card_of,
    entry_of_flag,
    faults_of,
    flag_of_entry,
    new_code,
)
from triage.rules.codes import Sex, Urgency
from triage.rules.need_defaults import OLDEST
from triage.rules.red_flag_list import RED_FLAGS, Endpoint
from triage.rules.red_flags import USUAL, Card, flags_of, new_questions, scan
from triage.rules.released import Stage, check_may_end, may_end, with_change

LIMITS = {"min_age", "max_age", "sex"}
STROKE = replace(next(flag for flag in RED_FLAGS if flag.code == "stroke"), own_words="Call 999")


@pytest.mark.parametrize(
    ("stage", "to", "is_drafter", "says"),
    [
        (Stage.OPEN, Stage.RELEASED, True, "You drafted this change"),
        (Stage.OPEN, Stage.DECLINED, True, "You drafted this change"),
        (Stage.OPEN, Stage.WITHDRAWN, False, "Only the person who drafted"),
        (Stage.RELEASED, Stage.DECLINED, False, "was released by Dr Two already"),
        (Stage.WITHDRAWN, Stage.RELEASED, False, "was taken back by Dr Two already"),
    ],
)
def test_who_may_not_end_a_change(stage, to, is_drafter, says):
    with pytest.raises((Conflict, Forbidden), match=says):
        check_may_end(stage, to, is_drafter=is_drafter, ended_by="Dr Two")

    assert not may_end(stage, to, is_drafter=is_drafter)


@pytest.mark.parametrize(
    ("to", "is_drafter"),
    [(Stage.RELEASED, False), (Stage.DECLINED, False), (Stage.WITHDRAWN, True)],
)
def test_who_may_end_an_open_change(to, is_drafter):
    assert may_end(Stage.OPEN, to, is_drafter=is_drafter)


@pytest.mark.parametrize("flag", RED_FLAGS, ids=lambda flag: flag.code)
def test_each_usual_flag_is_kept_whole_and_has_no_fault(flag):
    kept = flag_of_entry(entry_of_flag(flag))

    assert replace(kept, own_words="") == flag
    assert (kept.say, faults_of(kept, USUAL)) == (flag.say, {})


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"question": " … "}, "question", "Enter what is asked"),
        ({"question": "a" * 66}, "question", "65 characters or fewer"),
        ({"question": "bleeding that will NOT stop!"}, "question", "asks this already"),
        ({"own_words": ""}, "say", "Enter the words to read aloud"),
        ({"own_words": "Call an ambulance"}, "say", "Say “999”"),
        ({"own_words": "999 " * 51}, "say", "200 characters or fewer"),
        ({"phrases": ("Face Droops",)}, "phrases", "small letters"),
        ({"phrases": ("a*",)}, "phrases", "at least 3 letters"),
        ({"phrases": ("word",) * 61}, "phrases", "60 lines or fewer"),
        ({"phrases": ("long " * 13,)}, "phrases", "longer than 60"),
        ({"urgency": Urgency.P4}, "urgency", "never later"),
    ],
)
def test_what_a_flag_must_be_is_said_beside_its_field(change, field, says):
    found = faults_of(replace(STROKE, **change), USUAL)

    assert list(found) == [field]
    assert says in found[field]


def test_words_without_999_are_fine_where_no_ambulance_is_meant():
    assert faults_of(replace(STROKE, endpoint=Endpoint.CRISIS_LINE, own_words="Stay"), USUAL) == {}


def test_the_last_question_cannot_leave():
    alone = replace(USUAL, flags=(STROKE,))

    assert "has_left" in faults_of(replace(STROKE, has_left=True), alone)


@pytest.mark.parametrize(
    ("limits", "field"),
    [
        ({"min_age": 12, "max_age": 60, "sex": Sex.FEMALE}, ""),
        ({"min_age": -1}, "min_age"),
        ({"max_age": OLDEST + 1}, "max_age"),
        ({"min_age": 61, "max_age": 60}, "max_age"),
    ],
)
def test_of_whom_it_is_asked_has_to_be_somebody(limits, field):
    assert list(faults_of(replace(STROKE, **limits), USUAL)) == [field] * bool(field)


def test_one_question_at_least_is_asked_of_everybody():
    """Who says that none was said has always been asked something."""
    alone = Card((STROKE, replace(RED_FLAGS[0], sex=Sex.FEMALE)))

    assert "sex" in faults_of(replace(STROKE, sex=Sex.MALE), alone)
    assert "has_left" in faults_of(replace(STROKE, has_left=True), alone)
    assert faults_of(STROKE, alone) == {}


@given(st.integers(0, 120), st.sampled_from(Sex))
def test_what_is_asked_of_somebody_is_some_of_the_card_and_all_of_it_is_kept(age, sex):
    limited = replace(STROKE, min_age=30, max_age=50, sex=Sex.FEMALE)
    card = Card((RED_FLAGS[1], limited) if RED_FLAGS[1] != STROKE else (RED_FLAGS[0], limited))

    asked = card.asked_of(age, sex)

    assert (limited in asked.asked) is (30 <= age <= 50 and sex is not Sex.MALE)
    assert [flag.code for flag in asked.flags] == [flag.code for flag in card.flags]


def test_an_entry_from_before_is_asked_of_everybody():
    old = {name: said for name, said in USUAL_ENTRIES[0].items() if name not in LIMITS}

    assert flag_of_entry(old).is_of_everybody


def test_a_flag_that_left_is_neither_asked_nor_looked_for_and_still_known():
    left = entry_of_flag(replace(STROKE, has_left=True))
    card = card_of(with_change(USUAL_ENTRIES, left), version=1, row_id=7)

    assert [flag.code for flag in scan("a stroke", USUAL)] == ["stroke"]
    assert scan("a stroke", card) == ()
    assert len(card.asked) == len(RED_FLAGS) - 1
    assert [flag.code for flag in flags_of(["stroke"], card)] == ["stroke"]


def test_what_was_not_asked_before_is_what_is_new_or_asked_in_other_words():
    changed = with_change(USUAL_ENTRIES, entry_of_flag(replace(STROKE, question="Face or arm")))
    added = with_change(changed, entry_of_flag(replace(STROKE, code="new", question="New")))
    left = with_change(added, entry_of_flag(replace(RED_FLAGS[0], has_left=True)))
    now = card_of(left, version=3, row_id=1)

    assert [flag.code for flag in new_questions(USUAL, now)] == ["stroke", "new"]
    assert new_questions(now, now) == ()


def test_a_new_flag_is_named_after_its_question_and_never_like_another():
    assert new_code("Hiccups for 2 days", []) == "hiccups_for_2_days"
    assert new_code("Stroke", ["stroke", "stroke_2"]) == "stroke_3"


@given(st.sets(st.sampled_from([flag.code for flag in RED_FLAGS]), max_size=5))
def test_a_change_never_loses_an_entry(codes):
    entries = list(USUAL_ENTRIES)
    for code in sorted(codes):
        flag = next(one for one in RED_FLAGS if one.code == code)
        entries = with_change(entries, entry_of_flag(replace(flag, has_left=True)))

    assert [one["code"] for one in entries] == [flag.code for flag in RED_FLAGS]
