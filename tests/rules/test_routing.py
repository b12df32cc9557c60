"""Where? Every candidate once, own practice first while it has room, urgent never blocked."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appointments.rules.codes import Mode, OverflowReason
from practices.rules.access import AccessNeed
from practices.rules.limits import LimitMode
from practices.rules.professions import Profession
from tests.rules.times import MONDAY, london
from triage.rules.bookable import Bookable
from triage.rules.candidates import Candidate, CaseFacts, Where
from triage.rules.codes import Continuity, Need, OptionKind, Refusal, Urgency
from triage.rules.costs import cost_of
from triage.rules.routing import rank, standing_candidates

NOW = london(MONDAY, 9, 30)
DUE = london(MONDAY, 15, 30)
CASE = CaseFacts(need=Need.SORE_THROAT, urgency=Urgency.P4, due_at=DUE, age=34)


def slot(key: str, minutes: int = 60, **facts) -> Candidate:
    starting = {
        "profession": Profession.GP,
        "mode": Mode.FACE_TO_FACE,
        "points_after": 130,
        "limit": 250,
        "limit_mode": LimitMode.ENFORCE,
        "site": "Oak Surgery",
        "who": "Dr Patel",
    }
    return Candidate(key, starts_at=NOW + timedelta(minutes=minutes), **(starting | facts))


def hub(key: str, minutes: int = 60, **facts) -> Candidate:
    starting = {
        "where": Where.HUB,
        "site": "Northside hub",
        "travel_minutes": 12,
        "profession": Profession.ANP,
        "who": "1 ANP",
        "share_left": 4,
    }
    return slot(key, minutes, **(starting | facts))


def keys(case: CaseFacts, *candidates: Candidate) -> list[str]:
    return [option.candidate.key for option in rank(case, candidates, NOW).options]


def refusals(case: CaseFacts, *candidates: Candidate) -> list[tuple[str, str]]:
    return [(no.code.value, no.text) for no in rank(case, candidates, NOW).refused]


def test_own_practice_goes_before_a_sooner_hub_slot_while_it_has_room():
    assert keys(CASE, hub("hub", 20), slot("own", 300)) == ["own", "hub"]


def test_hub_slot_while_the_practice_has_room_asks_for_a_reason():
    away = rank(CASE, [slot("own"), hub("hub")], NOW).options[1]

    assert (away.overflow, away.needs_overflow_reason) == (None, True)
    assert "own_has_room" in [reason.code for reason in away.reasons]


@pytest.mark.parametrize(
    ("own", "overflow"),
    [
        (slot("own", points_after=260), OverflowReason.OWN_FULL),
        (slot("own", places_left=0), OverflowReason.OWN_FULL),
        (slot("own", profession=Profession.PHYSIO), OverflowReason.SCOPE),
    ],
)
def test_overflow_reason_follows_from_what_the_practice_cannot_do(own, overflow):
    (away,) = rank(CASE, [own, hub("hub")], NOW).options

    assert (away.overflow, away.needs_overflow_reason) == (overflow, False)


def test_overflow_is_sooner_needed_when_the_practice_is_too_late():
    planned = replace(CASE, urgency=Urgency.P5)

    best = rank(planned, [slot("own", 900), hub("hub")], NOW).options[0]

    assert (best.candidate.key, best.overflow) == ("hub", OverflowReason.SOONER_NEEDED)


def test_remote_goes_before_travel():
    assert keys(CASE, hub("travel"), hub("phone", mode=Mode.PHONE)) == ["phone", "travel"]


def test_nearer_hub_goes_first():
    assert keys(CASE, hub("far", travel_minutes=30), hub("near", travel_minutes=5)) == [
        "near",
        "far",
    ]


def test_own_clinician_goes_first_for_who_needs_continuity():
    case = replace(CASE, continuity=Continuity.AMBER, continuity_clinician=7)

    assert keys(case, slot("other", 30), slot("own doctor", 330, clinician=7)) == [
        "own doctor",
        "other",
    ]


def test_scarce_skill_is_spared_where_another_will_do():
    assert keys(CASE, slot("gp"), slot("pharmacist", profession=Profession.PHARMACIST)) == [
        "pharmacist",
        "gp",
    ]


@pytest.mark.parametrize(
    ("case", "candidate", "code", "sentence"),
    [
        (CASE, slot("x", points_after=260), "limit", "Dr Patel has 25 of 25"),
        (CASE, hub("x", share_left=0), "share",
         "The practice has used its share of Northside hub today"),
        (CASE, hub("x", agreement=False), "agreement",
         "The practice has no agreement with Northside hub today"),
        (replace(CASE, declined_hub=True), hub("x"), "patient_declined",
         "The patient wants to stay with their own practice"),
        (CASE, slot("x", profession=Profession.PHYSIO), "scope",
         "First contact physiotherapist: sore throat is outside their scope"),
        (replace(CASE, age=3), slot("x", profession=Profession.PHARMACIST), "age",
         "Clinical pharmacist: sees patients aged 5 or over"),
        (CASE, slot("x", supervised=False), "supervision", "No supervisor is there for Dr Patel"),
        (replace(CASE, modes=frozenset({Mode.FACE_TO_FACE})), slot("x", mode=Mode.PHONE), "mode",
         "Phone, but the patient needs face to face"),
        (replace(CASE, access_needs=frozenset({AccessNeed.STEP_FREE})),
         slot("x", access=frozenset()), "access_need",
         "Oak Surgery cannot offer: step-free access"),
        (CASE, slot("x", -1), "started", "This appointment has already started"),
        (CASE, slot("x", on_leave=True), "leave", "Dr Patel is away"),
        (CASE, slot("x", audience_ok=False), "audience", "This session is kept for others"),
        (CASE, slot("x", 120, released_at=london(MONDAY, 11)), "embargo", "Kept until 11am"),
        (CASE, slot("x", 400), "past_due", "Starts 4:10pm, due 3:30pm"),
        (CASE, slot("x", places_left=0), "taken", "No place is left"),
        (CASE, hub("x", closed="Northside hub is closed on Monday 4 January"), "closed",
         "Northside hub is closed on Monday 4 January"),
        (replace(CASE, bookable=Bookable(now=False, reason="Ask the red-flag questions first")),
         slot("x"), "scope", "Ask the red-flag questions first"),
        (replace(CASE, age=4), Candidate("x", OptionKind.PHARMACY, min_age=5), "age",
         "Pharmacy: for patients aged 5 or over"),
        (CASE, Candidate("x", OptionKind.PHARMACY, takes=frozenset({Need.URINARY})), "scope",
         "Pharmacy: not for sore throat"),
    ],
)  # fmt: skip
def test_each_impossible_place_has_its_sentence(case, candidate, code, sentence):
    assert refusals(case, candidate) == [(code, sentence)]


def test_phone_needs_no_ramp():
    case = replace(CASE, access_needs=frozenset({AccessNeed.STEP_FREE}))

    assert keys(case, slot("phone", mode=Mode.PHONE, access=frozenset())) == ["phone"]


@pytest.mark.parametrize("after", [0, None])
def test_single_appointment_needs_no_place_after_it(after):
    assert keys(CASE, slot("x", pairs_left=after)) == ["x"]


@pytest.mark.parametrize("mode", [LimitMode.SHADOW, LimitMode.WARN])
def test_limit_only_shown_or_warned_does_not_refuse(mode):
    (option,) = rank(CASE, [slot("x", points_after=260, limit_mode=mode)], NOW).options

    assert "over_limit" in [reason.code for reason in option.reasons]


@pytest.mark.parametrize("urgency", ["P0", "P1", "P2", "P3"])
def test_urgent_case_is_never_blocked_by_share_or_limit(urgency):
    case = replace(CASE, urgency=Urgency(urgency))

    (option,) = rank(case, [hub("x", share_left=0, points_after=260)], NOW).options

    assert option.past_limit
    assert {"past_limit", "borrowed"} <= {reason.code for reason in option.reasons}


def test_overdue_case_is_offered_the_earliest_slot_and_not_refused():
    case = replace(CASE, due_at=NOW - timedelta(minutes=10))

    ranked = rank(case, [slot("later", 90), slot("sooner", 15)], NOW)

    assert [option.candidate.key for option in ranked.options] == ["sooner", "later"]
    assert all(option.is_late for option in ranked.options)


def test_signed_case_may_be_seen_later_on_its_day():
    case = replace(CASE, signed=True)

    ranked = rank(case, [slot("today", 400), slot("tomorrow", 1440)], NOW)

    assert [option.candidate.key for option in ranked.options] == ["today"]
    assert [no.code for no in ranked.refused] == [Refusal.PAST_DUE]


def test_emergency_stands_first_and_never_waits_for_a_list():
    case = replace(CASE, urgency=Urgency.P0, due_at=NOW + timedelta(minutes=2))

    kinds = [
        option.candidate.kind
        for option in rank(case, [slot("x", 1), *standing_candidates(case)], NOW).options
    ]

    assert kinds[:2] == [OptionKind.EMERGENCY, OptionKind.DUTY]


candidates = st.builds(
    Candidate,
    key=st.uuids().map(str),
    kind=st.sampled_from([OptionKind.SLOT] * 5 + [OptionKind.PHARMACY, OptionKind.CALLBACK]),
    where=st.sampled_from(Where),
    profession=st.none() | st.sampled_from(Profession),
    starts_at=st.integers(-60, 900).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    mode=st.sampled_from(Mode),
    travel_minutes=st.integers(0, 40),
    points_after=st.integers(10, 400),
    limit=st.sampled_from([0, 120, 250]),
    limit_mode=st.sampled_from(LimitMode),
    share_left=st.none() | st.integers(0, 3),
    agreement=st.booleans(),
    places_left=st.integers(0, 2),
    access=st.sampled_from([frozenset(), frozenset(AccessNeed)]),
    min_age=st.sampled_from([0, 5]),
)
cases = st.builds(
    CaseFacts,
    need=st.sampled_from(Need),
    urgency=st.sampled_from(Urgency),
    due_at=st.integers(-60, 900).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    age=st.none() | st.integers(0, 100),
    access_needs=st.frozensets(st.sampled_from(AccessNeed), max_size=2),
    continuity=st.sampled_from(Continuity),
    declined_hub=st.booleans(),
)


@given(cases, st.lists(candidates, max_size=8), st.randoms(use_true_random=False))
def test_every_candidate_is_answered_once_and_always_the_same(case, given_, shuffler):
    ranked = rank(case, given_, NOW)

    answered = [o.candidate.key for o in ranked.options] + [
        no.candidate.key for no in ranked.refused
    ]
    assert sorted(answered) == sorted(candidate.key for candidate in given_)
    assert all(option.reasons for option in ranked.options)
    assert all(no.text for no in ranked.refused)
    mixed = list(given_)
    shuffler.shuffle(mixed)
    again = rank(case, mixed, NOW)
    assert (again.options, again.refused) == (ranked.options, ranked.refused)


@given(cases, st.lists(candidates, max_size=8))
def test_what_is_never_refused_and_never_offered(case, given_):
    ranked = rank(case, given_, NOW)

    for no in ranked.refused:
        assert not (case.urgency.is_urgent and no.code in {Refusal.LIMIT, Refusal.SHARE})
    for option in ranked.options:
        place = option.candidate
        assert not (case.declined_hub and place.is_away and place.kind is OptionKind.SLOT)
        assert place.agreement or not place.is_away
        enforced = place.limit_mode is LimitMode.ENFORCE and place.kind is OptionKind.SLOT
        assert case.urgency.is_urgent or not (enforced and place.is_over_limit)


@given(cases)
def test_no_case_is_ever_without_somewhere_to_go(case):
    assert rank(case, standing_candidates(case), NOW).options


@given(st.integers(0, 60), st.integers(0, 60))
def test_more_travel_never_costs_less(near, far):
    costs = [cost_of(CASE, hub("x", travel_minutes=m), NOW) for m in sorted((near, far))]

    assert costs == sorted(costs)
