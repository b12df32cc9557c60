"""Where: who may see whom, fair shares of a hub's day, and opening hours."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubs.rules.needs import Need, Urgency, most_urgent
from hubs.rules.opening import ENHANCED_WEEK, Hours, closed_words, core_hours, next_core_close
from hubs.rules.scope import (
    SCOPES,
    UNDIFFERENTIATED,
    PatientFacts,
    may_see,
    may_triage,
    needs_seen_by,
    refusal_to_see,
)
from hubs.rules.sharing import (
    ShareState,
    entitlements,
    may_use,
    next_release,
    own_left,
    released_percent,
    reserve_of,
)
from practices.rules.professions import DEFAULTS, Profession
from tests.rules.times import MONDAY, instants, london

HOLIDAYS = {date(2026, 12, 25): "Christmas Day", date(2027, 1, 1): "New Year's Day"}
CORE = core_hours(HOLIDAYS)
HUB = Hours(week=ENHANCED_WEEK, holidays=HOLIDAYS)


def refused(profession: Profession, need: Need, age: int | None = 40, **facts) -> str:
    refusal = refusal_to_see(profession, PatientFacts(need, age, **facts))
    return f"{refusal.code}: {refusal}" if refusal else ""


@pytest.mark.parametrize(
    ("profession", "need", "age", "facts", "sentence"),
    [
        (Profession.GP, Need.FEVER_CHILD, 0, {}, ""),
        (Profession.ANP, Need.ABDOMINAL, 40, {}, ""),
        (Profession.ANP, Need.FEVER_CHILD, 0, {},
         "age: Advanced nurse practitioner: sees patients aged 1 or over"),
        (Profession.ANP, Need.ABDOMINAL, 30, {"pregnant": True},
         "scope: Advanced nurse practitioner: not for problems in pregnancy"),
        (Profession.PHYSIO, Need.BACK_JOINT, 15, {},
         "age: First contact physiotherapist: sees patients aged 16 or over"),
        (Profession.PHYSIO, Need.BACK_JOINT, None, {},
         "age: First contact physiotherapist: the patient's age is not known"),
        (Profession.PHYSIO, Need.HEADACHE, 40, {},
         "scope: First contact physiotherapist: headache is outside their scope"),
        (Profession.PHARMACIST, Need.ABDOMINAL, 40, {},
         "scope: Clinical pharmacist: tummy is outside their scope"),
        (Profession.PHYSICIAN_ASSISTANT, Need.SORE_THROAT, 40, {},
         "scope: Physician assistant: only after a GP has triaged the case"),
        (Profession.PHYSICIAN_ASSISTANT, Need.SORE_THROAT, 40, {"triaged_by_gp": True}, ""),
        (Profession.PHYSICIAN_ASSISTANT, Need.SORE_THROAT, 40,
         {"triaged_by_gp": True, "unresolved": True},
         "scope: Physician assistant: not for a second presentation that is unresolved"),
        (Profession.MENTAL_HEALTH, Need.MENTAL_HEALTH, 40, {"crisis": True},
         "scope: Mental health practitioner: an active plan to die goes to the crisis route now"),
    ],
)  # fmt: skip
def test_who_may_see_whom_and_why_not(profession, need, age, facts, sentence):
    assert refused(profession, need, age, **facts) == sentence


@pytest.mark.parametrize(
    ("profession", "triages"),
    [
        (Profession.GP, True),
        (Profession.ANP, True),
        (Profession.PHYSICIAN_ASSISTANT, False),
        (Profession.CARE_COORDINATOR, False),
        (Profession.HCA, False),
    ],
)
def test_who_may_triage(profession, triages):
    assert may_triage(profession) is triages


@given(
    st.sampled_from(sorted(UNDIFFERENTIATED)),
    st.none() | st.integers(0, 110),
    st.booleans(),
    st.booleans(),
)
def test_undifferentiated_need_never_reaches_a_physician_assistant(need, age, triaged, unresolved):
    patient = PatientFacts(need, age, triaged_by_gp=triaged, unresolved=unresolved)

    assert not may_see(Profession.PHYSICIAN_ASSISTANT, patient)
    assert not may_see(Profession.CARE_COORDINATOR, patient)
    assert may_see(Profession.GP, patient)


def test_every_profession_has_a_scope_and_a_default_limit():
    assert set(SCOPES) == set(DEFAULTS) == set(Profession)
    assert needs_seen_by(Profession.PHYSIO) == {Need.BACK_JOINT}


def test_most_urgent_goes_first():
    assert most_urgent(Urgency.P4, Urgency.P2, Urgency.P6) is Urgency.P2


# Shares ----------------------------------------------------------------------------------------

weights = st.dictionaries(st.integers(1, 9), st.integers(0, 20_000), max_size=6)


def test_reference_locality_shares_a_hub_of_forty():
    lists = {1: 14_800, 2: 11_200, 3: 9_100, 4: 7_400, 5: 3_800}

    assert reserve_of(40) == 6
    assert entitlements(40, lists) == {1: 10, 2: 8, 3: 7, 4: 6, 5: 3}


@given(st.integers(0, 300), weights)
def test_entitlements_share_out_all_but_the_reserve_and_no_more(places, lists):
    shares = entitlements(places, lists)

    expected = places - reserve_of(places) if sum(lists.values()) else 0
    assert sum(shares.values()) == max(0, expected)
    assert all(share >= 0 for share in shares.values())


@given(st.integers(20, 300), weights)
def test_bigger_list_never_has_the_smaller_share(places, lists):
    shares = entitlements(places, lists)

    for one in lists:
        for other in lists:
            if lists[one] > lists[other]:
                assert shares[one] >= shares[other]


@pytest.mark.parametrize(
    ("hour", "minute", "percent"), [(9, 0, 0), (10, 59, 0), (11, 0, 50), (14, 0, 100), (18, 0, 100)]
)
def test_unused_share_is_released_at_eleven_and_at_two(hour, minute, percent):
    assert released_percent(london(MONDAY, hour, minute)) == percent


def test_next_release():
    assert next_release(MONDAY, london(MONDAY, 9)) == london(MONDAY, 11)
    assert next_release(MONDAY, london(MONDAY, 11)) == london(MONDAY, 14)
    assert next_release(MONDAY, london(MONDAY, 14)) is None


def test_urgent_case_borrows_where_the_share_is_used():
    state = ShareState(places=10, entitled={1: 4, 2: 4}, used={1: 4})

    urgent = may_use(state, 1, Urgency.P3, london(MONDAY, 9))
    planned = may_use(state, 1, Urgency.P4, london(MONDAY, 9))

    assert (urgent.granted, urgent.borrowed) == (True, True)
    assert (planned.granted, planned.reason) == (False, "The practice's share of the day is used")


def test_unused_share_can_be_borrowed_after_release():
    state = ShareState(places=10, entitled={1: 4, 2: 4}, used={1: 4})

    assert may_use(state, 1, Urgency.P4, london(MONDAY, 11)).borrowed
    lent = ShareState(places=10, entitled={1: 4, 2: 4}, used={1: 6})
    assert not may_use(lent, 1, Urgency.P4, london(MONDAY, 11)).granted
    assert may_use(lent, 1, Urgency.P4, london(MONDAY, 14)).granted


@pytest.mark.parametrize(
    ("hour", "left", "others_left", "granted"),
    [
        (10, 2, 0, True),
        (10, 1, 4, False),
        (11, 1, 2, True),
        (11, 1, 1, False),
        (14, 0, 1, False),
        (14, 0, 2, True),
    ],
)
def test_two_places_are_granted_only_where_both_are_there(hour, left, others_left, granted):
    """Before 11am the last place of a share lends nothing to stand beside it."""
    state = ShareState(20, {1: 4, 2: 4}, {1: 4 - left, 2: 4 - others_left})

    answer = may_use(state, 1, Urgency.P4, london(MONDAY, hour), places=2)

    assert answer.granted is granted


def test_two_places_never_eat_the_reserve():
    state = ShareState(10, {1: 8}, {1: 1, 2: 6})

    assert may_use(state, 1, Urgency.P4, london(MONDAY, 9)).granted
    assert not may_use(state, 1, Urgency.P4, london(MONDAY, 9), places=2).granted


asks = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from(Urgency), st.integers(8, 19)), max_size=60
).map(lambda found: sorted(found, key=lambda ask: ask[2]))


@given(st.integers(0, 30), asks)
def test_reserve_is_never_eaten_by_planned_cases_before_four(places, day):
    entitled = entitlements(places, {1: 5000, 2: 3000, 3: 1000})
    used = dict.fromkeys(entitled, 0)
    urgent_borrowed = 0

    for practice, urgency, hour in day:
        state = ShareState(places, entitled, dict(used), urgent_borrowed)
        at = london(MONDAY, hour)
        answer = may_use(state, practice, urgency, at)
        if not state.free:
            assert urgency.is_urgent or not answer.granted
            continue
        assert answer.granted or not urgency.is_urgent
        assert answer.own_left == own_left(state, practice)
        if answer.granted:
            used[practice] += 1
            urgent_borrowed += answer.borrowed and urgency.is_urgent
            if not urgency.is_urgent and hour < 16:
                assert state.free - 1 >= state.reserve_left(at)


# Opening ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (london(MONDAY, 7, 59), False),
        (london(MONDAY, 8), True),
        (london(MONDAY, 18, 29), True),
        (london(MONDAY, 18, 30), False),
        (london(date(2026, 12, 25), 12), False),
        (london(date(2026, 11, 29), 12), False),
    ],
)
def test_core_hours_are_weekdays_eight_to_half_past_six(at, is_open):
    assert CORE.is_open(at) is is_open


def test_next_core_close_skips_holiday_and_weekend():
    christmas_eve = london(date(2026, 12, 24), 10)

    assert next_core_close(christmas_eve, CORE) == london(date(2026, 12, 28), 18, 30)


@given(instants())
def test_next_core_close_is_ahead_and_at_half_past_six(at):
    close = next_core_close(at, CORE)

    assert close > at
    assert CORE.closes_on(close.date()) == close


def test_hours_that_never_open_are_a_mistake():
    with pytest.raises(ValueError, match="never open"):
        next_core_close(london(MONDAY, 9), Hours(week={}))


def test_i34_and_i35_closed_in_words():
    sunday_off = Hours(week=ENHANCED_WEEK, special={date(2027, 1, 4): ()})

    assert closed_words("Northside hub", date(2027, 1, 4), sunday_off, instead="Southside") == (
        "Northside hub is closed on Monday 4 January. Try Southside"
    )
    assert closed_words("Northside hub", date(2027, 1, 1), HUB) == (
        "Northside hub is closed on Friday 1 January: New Year's Day"
    )


def test_special_day_beats_a_holiday():
    open_at_christmas = Hours(
        week=ENHANCED_WEEK, holidays=HOLIDAYS, special={date(2026, 12, 25): ENHANCED_WEEK[5]}
    )

    assert open_at_christmas.is_open(london(date(2026, 12, 25), 10))
