"""Many places judged together: the same rule binds each as if it were asked about alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from appointments.rules.codes import Mode
from practices.rules.access import AccessNeed
from practices.rules.limits import LimitMode
from practices.rules.professions import Profession
from tests.rules.times import MONDAY, london
from triage.rules.bookable import Bookable
from triage.rules.candidates import ANY_MODE, Candidate, CaseFacts, Where
from triage.rules.codes import Need, OptionKind, Urgency
from triage.rules.judging import binding, impossible, judge

NOW = london(MONDAY, 9, 30)
SOON = NOW + timedelta(hours=1)
PLAIN = CaseFacts(Need.SORE_THROAT, Urgency.P4, NOW + timedelta(hours=6), age=34, signed=True)

# Nearly always in order, so that what tells places apart is what binds.
places = st.builds(
    Candidate,
    key=st.just("x"),
    kind=st.sampled_from([OptionKind.SLOT] * 8 + [OptionKind.PHARMACY]),
    where=st.sampled_from(Where),
    profession=st.sampled_from([None, Profession.GP, Profession.GP, Profession.PHYSIO]),
    starts_at=st.none() | st.integers(-10, 3000).map(lambda m: NOW + timedelta(minutes=m)),
    mode=st.sampled_from([None, Mode.PHONE, Mode.FACE_TO_FACE, Mode.FACE_TO_FACE]),
    access=st.sampled_from([frozenset(), frozenset(AccessNeed)]),
    pairs_left=st.sampled_from([None, 0, 1]),
    places_left=st.sampled_from([1] * 8 + [0]),
    supervised=st.sampled_from([True] * 8 + [False]),
    released_at=st.sampled_from([None] * 8 + [SOON]),
    points_after=st.integers(10, 400),
    limit=st.sampled_from([0, 250]),
    limit_mode=st.sampled_from(LimitMode),
    share_left=st.none() | st.integers(0, 2),
    may_borrow=st.booleans(),
)
cases = st.builds(
    CaseFacts,
    need=st.sampled_from([Need.SORE_THROAT, Need.BACK_JOINT]),
    urgency=st.sampled_from(Urgency),
    due_at=st.integers(-60, 900).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    age=st.none() | st.integers(0, 100),
    signed=st.booleans(),
    bookable=st.builds(Bookable, now=st.booleans(), reason=st.just("A clinician looks first")),
    replaces=st.none() | st.sampled_from(Profession),
    modes=st.sampled_from([ANY_MODE, frozenset({Mode.PHONE})]),
    access_needs=st.frozensets(st.sampled_from(AccessNeed), max_size=2),
    declined_hub=st.booleans(),
    can_be_rung=st.booleans(),
)


def two(**facts) -> list[Candidate]:
    """Places that differ in one thing only."""
    plain = {"profession": Profession.GP, "mode": Mode.FACE_TO_FACE, "starts_at": SOON}
    return [Candidate("x", **plain), Candidate("x", **(plain | facts))]


# One pair for each thing that a rule about a kind of place looks at: lose it, and this fails.
@example(PLAIN, two(profession=Profession.PHYSIO))
@example(replace(PLAIN, modes=frozenset({Mode.FACE_TO_FACE})), two(mode=Mode.PHONE))
@example(replace(PLAIN, can_be_rung=False), two(mode=Mode.PHONE))
@example(replace(PLAIN, declined_hub=True), two(where=Where.HUB))
@example(replace(PLAIN, access_needs=frozenset({AccessNeed.STEP_FREE})), two(access=frozenset()))
@example(replace(PLAIN, access_needs=frozenset({AccessNeed.DOUBLE_TIME})), two(pairs_left=0))
@given(cases, st.lists(places, max_size=12))
def test_each_place_is_bound_by_the_rule_that_binds_it_alone(case, given_):
    judged = judge(case, NOW)

    assert [judged(one) for one in given_] == [binding(case, one, NOW) for one in given_]


@pytest.mark.parametrize(("mode", "is_bound"), [(Mode.PHONE, True), (Mode.FACE_TO_FACE, False)])
def test_nobody_is_booked_by_phone_without_a_number(mode, is_bound):
    case = replace(PLAIN, can_be_rung=False)
    place = Candidate("x", profession=Profession.GP, mode=mode, starts_at=SOON)

    no = impossible(case, place, NOW)

    assert (no is not None) is is_bound
    assert no is None or no.text.startswith("By phone, and there is no number to ring")
