"""A lost place is replaced unsigned: by whose like, and while nothing new was said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubs.rules.scope import PatientFacts, may_see, sees_as_much
from practices.rules.professions import Profession
from triage.rules.codes import Need
from triage.rules.replacing import lost_a_place
from triage.rules.states import Step

BOOKED = (Step.SUBMIT, Step.BOOK)


@given(
    st.sampled_from(Profession),
    st.sampled_from(Profession),
    st.builds(
        PatientFacts,
        need=st.sampled_from(Need),
        age=st.integers(0, 100),
        pregnant=st.booleans(),
        unresolved=st.booleans(),
        triaged_by_gp=st.booleans(),
    ),
)
def test_who_sees_as_much_refuses_nobody_the_other_sees(stand_in, other, patient):
    if sees_as_much(stand_in, other) and may_see(other, patient):
        assert may_see(stand_in, patient)


@pytest.mark.parametrize(
    ("stand_in", "other", "is_enough"),
    [
        ("gp", "gp", True),
        ("gp", "anp", True),
        ("gp", "physician_assistant", True),
        ("nurse", "nurse", True),
        ("anp", "gp", False),
        ("registrar", "gp", False),
        ("paramedic", "anp", False),
        ("physician_assistant", "gp", False),
    ],
)
def test_who_stands_in_for_whom(stand_in, other, is_enough):
    assert sees_as_much(Profession(stand_in), Profession(other)) is is_enough


@pytest.mark.parametrize(
    ("steps", "was_planned_ahead", "is_lost"),
    [
        ((Step.SUBMIT,), True, True),
        ((Step.SUBMIT, Step.ATTEMPT), True, True),
        ((Step.SUBMIT, Step.RAISE_CLASS), True, False),
        ((Step.SUBMIT, Step.REPEAT_CONTACT), True, False),
        ((), True, False),
        ((Step.SUBMIT,), False, False),
        ((*BOOKED, Step.UNBOOK), False, True),
        ((*BOOKED, Step.MOVE_BOOKING, Step.UNBOOK, Step.CALL_FOR_HELP), False, True),
        ((*BOOKED, Step.RAISE_CLASS, Step.UNBOOK), False, False),
        ((*BOOKED, Step.REPEAT_CONTACT), False, False),
        ((*BOOKED, Step.UNBOOK, Step.REPEAT_CONTACT), False, False),
        ((*BOOKED, Step.UNBOOK, Step.BOOK, Step.UNBOOK), False, True),
        ((Step.SUBMIT, Step.UNBOOK), False, False),
    ],
)
def test_a_place_is_lost_only_where_nothing_new_was_said(steps, was_planned_ahead, is_lost):
    assert lost_a_place(steps, was_planned_ahead=was_planned_ahead) is is_lost
