"""Moves: every rule refuses in its turn, and no plan makes a new breach or sells a place twice."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

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
        ({"can_be_rung": False}, {}, {}, "frozen", "There is no number to ask the patient on"),
        ({"is_double": True}, {}, {}, "frozen", "Two appointments together: people move them"),
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


@given(st.lists(bookings, max_size=6), st.lists(places, max_size=6), boards)
def test_no_allowed_move_makes_a_new_breach(found, offered, board):
    for booked, place in product(found, offered):
        if not may_move(booked, place, board, NOW):
            continue
        giving, taking = board.loads[booked.clinician], board.loads[place.clinician]
        assert giving.used > giving.limit
        assert taking.used + booked.points <= taking.limit
        assert not booked.moved_before
        assert place.starts_at <= max(booked.due_at, booked.starts_at)
