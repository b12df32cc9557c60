"""The table of states: no dead ends, no strangers, one owner each, and a picture that is true."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.rules import state_picture
from triage.rules.states import MOVES, OWNER, NotAllowed, Owner, State, Step, after, may, owner_of

ROOT = Path(__file__).resolve().parents[2]


def test_case_from_call_to_seen_patient():
    state = State.NEW
    for step in (Step.SUBMIT, Step.CLAIM, Step.SIGN_CLASS, Step.BOOK, Step.CLOSE):
        state = after(state, step)

    assert state is State.CLOSED


@pytest.mark.parametrize(
    ("state", "owner"),
    [
        (State.NEW, Owner.HUB_QUEUE),
        (State.WAITING, Owner.HUB_QUEUE),
        (State.CLAIMED, Owner.CLINICIAN),
        (State.BOOKED, Owner.PROVIDER),
        (State.HANDED_BACK, Owner.HUB),
        (State.CLOSED, Owner.NOBODY),
    ],
)
def test_owner_of_each_state(state, owner):
    assert owner_of(state) is owner


def test_every_state_is_in_the_owner_table():
    assert set(OWNER) == set(State)


def test_every_step_is_possible_somewhere():
    assert {step for _, step in MOVES} == set(Step)


def test_a_case_handed_back_ends_by_nobodys_yes_alone():
    leaving = {step: there for (here, step), there in MOVES.items() if here is State.HANDED_BACK}

    assert State.CLOSED not in leaving.values()
    assert leaving[Step.ACCEPT_BACK] is State.CLAIMED
    assert leaving[Step.RETURN_REFUSED] is State.WAITING


@pytest.mark.parametrize("state", [State.WAITING, State.BOOKED, State.HANDED_BACK])
def test_repeat_contact_brings_a_clinician_to_look_again(state):
    assert after(state, Step.REPEAT_CONTACT) is State.WAITING


def test_a_closed_case_leaves_that_state_by_being_reopened_or_by_an_undo_alone():
    assert {
        step
        for (here, step), there in MOVES.items()
        if here is State.CLOSED and there is not State.CLOSED
    } == {Step.REOPEN, Step.UNDO_CLOSE, Step.UNDO_SEEN}


def test_a_supervisors_words_move_no_case():
    said = {Step.ASK, Step.ANSWER, Step.REVIEW}

    assert all(here is there for (here, step), there in MOVES.items() if step in said)


@pytest.mark.parametrize(
    ("state", "step", "words"),
    [
        (State.CLOSED, Step.CLAIM, "closed, so it cannot be claimed. Reopen it first."),
        (State.BOOKED, Step.CLAIM, "booked, so it cannot be claimed."),
        (State.NEW, Step.CLOSE, "not submitted yet, so it cannot be closed."),
    ],
)
def test_refusal_says_where_the_case_is(state, step, words):
    with pytest.raises(NotAllowed) as refusal:
        after(state, step)

    assert str(refusal.value) == f"This case is {words}"


def test_every_refusal_has_its_own_sentence():
    sentences = {
        str(NotAllowed(state, step)) for state in State for step in Step if not may(state, step)
    }

    assert len(sentences) == len(State) * len(Step) - len(MOVES)


def test_plain_words_from_the_database_are_understood():
    assert after("waiting", Step.CLAIM) is State.CLAIMED
    assert not may("closed", Step.BOOK)


@given(st.lists(st.sampled_from(Step), max_size=40))
def test_no_walk_leaves_the_table_and_every_open_case_has_an_owner(steps):
    state = State.NEW
    for step in steps:
        if not may(state, step):
            with pytest.raises(NotAllowed):
                after(state, step)
            continue
        state = after(state, step)
        assert (owner_of(state) is Owner.NOBODY) == (state is State.CLOSED)


@pytest.mark.parametrize("state", list(State))
def test_every_state_can_reach_closed(state):
    reached = {state}
    while True:
        wider = reached | {there for (here, _), there in MOVES.items() if here in reached}
        if wider == reached:
            break
        reached = wider

    assert State.CLOSED in reached


def test_states_page_is_up_to_date():
    assert (ROOT / "docs" / "STATES.md").read_text(encoding="utf-8") == state_picture.page()
