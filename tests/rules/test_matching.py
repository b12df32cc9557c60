"""Moves: every rule refuses in its turn, and no plan makes a new breach or sells a place twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appointments.rules.codes import Mode
from appointments.rules.matching import (
    Board,
    Booked,
    Load,
    Place,
    check_may_move,
    may_move,
    refusal_to_move,
)
from appointments.rules.proposing import propose_moves
from hubs.rules.needs import Need, Urgency
from hubs.rules.scope import PatientFacts
from practices.rules.access import AccessNeed
from practices.rules.professions import Profession
from tests.rules.times import MONDAY, london

NOW = london(MONDAY, 9, 30)
OAK, ELM, HUB = 1, 2, 9
TIRED, FRESH, ANP = 11, 12, 19

BOOKED = Booked(
    booking="b1",
    slot=101,
    clinician=TIRED,
    practice=OAK,
    starts_at=london(MONDAY, 14),
    due_at=london(MONDAY, 18, 30),
    points=10,
    urgency=Urgency.P4,
    patient=PatientFacts(Need.SORE_THROAT, 34),
)
PLACE = Place(
    slot=201,
    clinician=ANP,
    profession=Profession.ANP,
    organisation=HUB,
    starts_at=london(MONDAY, 15),
)
BOARD = Board(
    loads={TIRED: Load(250, 280), FRESH: Load(250, 200), ANP: Load(250, 100)},
    agreements=frozenset({(OAK, HUB)}),
    shares={(OAK, HUB): 3},
    travel={(OAK, HUB): 12},
)


def test_tired_gps_patient_may_go_to_the_hub():
    assert may_move(BOOKED, PLACE, BOARD, NOW)
    check_may_move(BOOKED, PLACE, BOARD, NOW)


@pytest.mark.parametrize(
    ("booked", "place", "board", "code", "sentence"),
    [
        ({"urgency": Urgency.P2}, {}, {}, "frozen", "P2 is moved only when a clinician asks"),
        ({"starts_at": london(MONDAY, 10, 29)}, {}, {}, "frozen", "It starts within 60 minutes"),
        ({"moved_before": True}, {}, {}, "frozen", "The patient was moved once already"),
        ({"continuity_red": True}, {}, {}, "frozen", "The patient needs this clinician"),
        ({"declined": True}, {}, {}, "frozen", "The patient said no"),
        ({"mode": Mode.HOME_VISIT}, {}, {}, "frozen", "A home visit is not moved"),
        ({"access_needs": frozenset({AccessNeed.INTERPRETER, AccessNeed.CHAPERONE})}, {}, {},
         "frozen", "Arranged with it: interpreter, chaperone"),
        ({}, {}, {"loads": {TIRED: Load(250, 250), ANP: Load(250, 0)}}, "not_needed",
         "The clinician is within the limit: nobody is disturbed"),
        ({}, {"clinician": TIRED}, {}, "not_needed", "It is the same clinician"),
        ({}, {"starts_at": london(MONDAY, 10, 5)}, {}, "started",
         "Too soon for the patient to be told and get there"),
        ({}, {"starts_at": london(MONDAY, 18, 45)}, {}, "past_due",
         "Starts 6:45pm, due 6:30pm"),
        ({}, {"places_left": 0}, {}, "taken", "No place is left"),
        ({"practice": ELM}, {}, {}, "agreement", "There is no agreement with this provider"),
        ({}, {"published_to": frozenset({ELM})}, {}, "audience",
         "The slot is not published to this practice"),
        ({}, {}, {"shares": {(OAK, HUB): 0}}, "share", "The practice has used its share there"),
        ({}, {"profession": Profession.PHYSIO}, {}, "scope",
         "First contact physiotherapist: sore throat is outside their scope"),
        ({"patient": PatientFacts(Need.SORE_THROAT, 0)}, {}, {}, "age",
         "Advanced nurse practitioner: sees patients aged 1 or over"),
        ({}, {"supervised": False}, {}, "supervision", "No supervisor is there at that time"),
        ({"modes": frozenset({Mode.FACE_TO_FACE})}, {"mode": Mode.PHONE}, {}, "mode",
         "Phone does not suit the patient"),
        ({"access_needs": frozenset({AccessNeed.STEP_FREE})}, {"access": frozenset()}, {},
         "access_need", "The place cannot offer: step-free access"),
        ({}, {}, {"loads": {TIRED: Load(250, 280), ANP: Load(250, 245)}}, "limit",
         "The receiving clinician has 0.5 points of room left"),
        ({}, {}, {"loads": {TIRED: Load(250, 280)}}, "limit",
         "The receiving clinician has 0 points of room left"),
    ],
)  # fmt: skip
def test_each_rule_against_a_move_has_its_sentence(booked, place, board, code, sentence):
    refused = refusal_to_move(
        replace(BOOKED, **booked), replace(PLACE, **place), replace(BOARD, **board), NOW
    )

    assert (refused.code, str(refused)) == (code, sentence)


def test_own_practice_needs_neither_agreement_nor_share():
    colleague = replace(PLACE, clinician=FRESH, organisation=OAK, profession=Profession.GP)

    assert may_move(BOOKED, colleague, Board(loads=BOARD.loads), NOW)


def test_clinician_may_ask_for_an_urgent_move():
    assert may_move(replace(BOOKED, urgency=Urgency.P2, asked_by_clinician=True), PLACE, BOARD, NOW)


def test_late_booking_may_move_earlier_but_not_later_still():
    late = replace(BOOKED, due_at=london(MONDAY, 12))

    assert may_move(late, replace(PLACE, starts_at=london(MONDAY, 13)), BOARD, NOW)
    assert not may_move(late, replace(PLACE, starts_at=london(MONDAY, 14, 15)), BOARD, NOW)


def test_phone_needs_no_travel_time():
    soon = replace(PLACE, mode=Mode.PHONE, starts_at=london(MONDAY, 10, 5))

    assert may_move(BOOKED, soon, BOARD, NOW)


def test_plan_prefers_a_colleague_and_stops_at_the_limit():
    bookings = [replace(BOOKED, booking=f"b{i}", slot=100 + i) for i in range(6)]
    places = [replace(PLACE, slot=200 + i) for i in range(4)] + [
        replace(PLACE, slot=300, clinician=FRESH, organisation=OAK, profession=Profession.GP)
    ]

    plan = propose_moves(bookings, places, BOARD, NOW)

    assert [move.place.slot for move in plan.moves] == [300, 200, 201]
    assert plan.remainder == {}
    assert plan.moves[0].giving.before == 280
    assert plan.moves[-1].giving.after == 250
    assert plan.moves[0].needs_consent


def test_untold_and_least_urgent_patients_are_moved_first():
    told = replace(BOOKED, booking="told", urgency=Urgency.P6)
    untold = replace(BOOKED, booking="untold", told=False)
    board = replace(BOARD, loads={TIRED: Load(250, 255), ANP: Load(250, 0)})

    plan = propose_moves([told, untold], [PLACE], board, NOW)

    assert [move.booked.booking for move in plan.moves] == ["untold"]


def test_what_fits_nowhere_is_shown_with_its_reason():
    plan = propose_moves([BOOKED], [replace(PLACE, profession=Profession.PHYSIO)], BOARD, NOW)

    assert plan.moves == ()
    assert plan.remainder == {TIRED: 30}
    assert [stuck.code for stuck in plan.stuck] == ["scope"]


def test_no_place_at_all_is_said_too():
    assert propose_moves([BOOKED], [], BOARD, NOW).stuck[0].text == "No place is left"


bookings = st.builds(
    Booked,
    booking=st.uuids().map(str),
    slot=st.integers(100, 199),
    clinician=st.sampled_from([TIRED, FRESH]),
    practice=st.sampled_from([OAK, ELM]),
    starts_at=st.integers(30, 540).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    due_at=st.integers(60, 600).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    points=st.sampled_from([5, 10, 20, 25]),
    urgency=st.sampled_from(Urgency),
    patient=st.builds(PatientFacts, need=st.sampled_from(Need), age=st.integers(0, 90)),
    told=st.booleans(),
    moved_before=st.booleans(),
)
places = st.builds(
    Place,
    slot=st.integers(200, 220),
    clinician=st.sampled_from([TIRED, FRESH, ANP]),
    profession=st.sampled_from([Profession.GP, Profession.ANP, Profession.PHARMACIST]),
    organisation=st.sampled_from([OAK, HUB]),
    starts_at=st.integers(0, 540).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    mode=st.sampled_from([Mode.FACE_TO_FACE, Mode.PHONE]),
)
boards = st.builds(
    Board,
    loads=st.fixed_dictionaries(
        {c: st.builds(Load, st.just(250), st.integers(0, 320)) for c in (TIRED, FRESH, ANP)}
    ),
    agreements=st.just(frozenset({(OAK, HUB), (ELM, HUB)})),
    shares=st.fixed_dictionaries({(OAK, HUB): st.integers(0, 3)}),
)


def unique(found, key):
    return list({key(one): one for one in found}.values())


@given(st.lists(bookings, max_size=6), st.lists(places, max_size=6), boards)
def test_no_plan_makes_a_new_breach_or_uses_a_place_twice(found, offered, board):
    found = unique(found, lambda b: b.booking)
    offered = unique(offered, lambda p: p.slot)

    plan = propose_moves(found, offered, board, NOW)

    after = {c: load.used for c, load in board.loads.items()}
    for move in plan.moves:
        after[move.booked.clinician] -= move.booked.points
        after[move.place.clinician] += move.booked.points
        assert not move.booked.moved_before
        assert move.place.starts_at <= max(move.booked.due_at, move.booked.starts_at)
    for clinician, load in board.loads.items():
        assert after[clinician] <= max(load.limit, load.used)
    assert sum(after.values()) == sum(load.used for load in board.loads.values())
    slots = [move.place.slot for move in plan.moves]
    assert len(set(slots)) == len(slots)
    moved = [move.booked.booking for move in plan.moves]
    assert len(set(moved)) == len(moved)
    assert plan.remainder == {c: used - 250 for c, used in sorted(after.items()) if used > 250}


@given(
    st.lists(bookings, max_size=5),
    st.lists(places, max_size=5),
    boards,
    st.randoms(use_true_random=False),
)
def test_same_day_gives_the_same_plan(found, offered, board, shuffler):
    found = unique(found, lambda b: b.booking)
    offered = unique(offered, lambda p: p.slot)
    plan = propose_moves(found, offered, board, NOW)

    shuffler.shuffle(found)
    shuffler.shuffle(offered)

    assert propose_moves(found, offered, board, NOW) == plan
