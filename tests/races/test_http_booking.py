"""A thousand bookings race for a hundred places over HTTP (faults F01, F04 and F05)."""

import json
from collections import Counter
from dataclasses import dataclass
from http.client import HTTPConnection
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

import pytest

from appointments.models import Booking
from practices.actions import issue_token
from practices.clock import on
from practices.doors import everywhere
from practices.models import AuditEntry
from tests.invariants import broken, past_limit
from tests.processes import web_server
from tests.races.conftest import at_once
from tests.races.many import doctor, waiting_cases
from tests.races.test_places import DROP, RESTORE
from tests.world import SETUP

pytestmark = pytest.mark.race

CLIENTS = 16
CONTENDERS = 10
SLOTS_A_DAY = 20


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer of the API."""

    status: int
    body: dict


class Program:
    """A client with a token and a connection that stays open."""

    def __init__(self, url: str, token: str) -> None:
        self.connection = HTTPConnection(urlsplit(url).netloc, timeout=300)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def post(self, address: str, body: dict, **headers: str) -> Heard:
        self.connection.request(
            "POST", f"/api/v1/{address}", json.dumps(body), self.headers | headers
        )
        answer = self.connection.getresponse()
        return Heard(answer.status, json.loads(answer.read()))


def _token(world):
    with everywhere(because="the test's set-up", at=world.at):
        return issue_token(
            membership_id=world.memberships["receptionist"].pk,
            name="race",
            days=1,
            by=SETUP,
            at=world.at,
        )


def _wishes(world, places):
    """For each slot ten cases in a row: all clients are at the same few slots at any moment."""
    doctors = [f"dr_{index}" for index in range(places // SLOTS_A_DAY)]
    for name in doctors:
        doctor(world, name, starts_at=on(world.at.date(), 12), slots=SLOTS_A_DAY)
    slots = [slot.pk for name in doctors for slot in world.slots(name)]
    cases = waiting_cases(world, places * CONTENDERS)
    return [(case, slots[index // CONTENDERS]) for index, case in enumerate(cases)]


def _place(program, reference, slot, *, in_two_steps):
    """Booked at once, or held first and then booked."""
    if not in_two_steps:
        return program.post(f"cases/{reference}/book", {"slot": slot})
    held = program.post(f"cases/{reference}/hold", {"slot": slot})
    if held.status != 201:
        return held
    return program.post(f"cases/{reference}/book", {"hold": held.body["hold"]})


def _race(served, world, wishes):
    """What each wish was answered by, with all clients at it together."""
    token, waiting, answers = _token(world), SimpleQueue(), []
    for number, (reference, slot) in enumerate(wishes):
        waiting.put((number, reference, slot))

    def one_client(_):
        program = Program(served.url, token)
        while True:
            try:
                number, reference, slot = waiting.get_nowait()
            except Empty:
                program.connection.close()
                return
            answers.append(_place(program, reference, slot, in_two_steps=number % 2))

    at_once(CLIENTS, one_client)
    return answers


def _booked(world):
    with everywhere(because="the test looks", at=world.at):
        return list(Booking.objects.filter(state="booked").values_list("pk", flat=True))


def _audited(world):
    with everywhere(because="the test looks", at=world.at):
        found = AuditEntry.objects.filter(entity="booking", verb="slot.booked")
        return {int(entity_id) for entity_id in found.values_list("entity_id", flat=True)}


def _prove(world, database, log, places):
    wishes = _wishes(world, places)
    with web_server(database, world.at, log, workers=2) as served:
        answers = _race(served, world, wishes)

    assert Counter(answer.status for answer in answers) == {
        201: places,
        409: places * (CONTENDERS - 1),
    }
    lost = [answer.body for answer in answers if answer.status == 409]
    assert {body["code"] for body in lost} == {"slot_taken"}
    assert Counter(len(body["alternatives"]) for body in lost)[3] > len(lost) // 2
    booked = _booked(world)
    assert (len(booked), set(booked) - _audited(world)) == (places, set())
    assert broken(at=world.at) == []
    assert past_limit(at=world.at) == []


def test_a_thousand_race_for_a_hundred_places(committed_world, committed, tmp_path):
    _prove(committed_world, committed, tmp_path / "web.log", 100)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_ten_thousand_race_for_a_thousand_places(committed_world, committed, tmp_path):
    _prove(committed_world, committed, tmp_path / "web.log", 1000)


def test_control_without_lock_and_index_the_web_sells_places_twice(
    committed_world, committed, without, tmp_path
):
    wishes = _wishes(committed_world, SLOTS_A_DAY)
    log = tmp_path / "web.log"

    with (
        without(DROP, RESTORE),
        web_server(
            committed,
            committed_world.at,
            log,
            workers=2,
            application="tests.races.unguarded:application",
        ) as served,
    ):
        _race(served, committed_world, wishes)
        sold = len(_booked(committed_world))
        found = broken(at=committed_world.at)

    assert sold > SLOTS_A_DAY
    assert any(line.startswith("a place is sold once") for line in found)


def _fifty_at_once(served, world, reference, slot, **headers):
    token = _token(world)

    def one(_):
        program = Program(served.url, token)
        try:
            return program.post(f"cases/{reference}/book", {"slot": slot}, **headers)
        finally:
            program.connection.close()

    return at_once(50, one)


def test_one_key_fifty_times_is_one_booking_and_one_answer(committed_world, committed, tmp_path):
    slots = committed_world.slots("gp_oak")
    with_key, without_key = waiting_cases(committed_world, 2)
    with web_server(committed, committed_world.at, tmp_path / "web.log", workers=2) as served:
        same = _fifty_at_once(
            served, committed_world, with_key, slots[4].pk, **{"Idempotency-Key": "k-1"}
        )
        control = _fifty_at_once(served, committed_world, without_key, slots[5].pk)

    assert Counter(answer.status for answer in same) == {201: 50}
    assert len({json.dumps(answer.body) for answer in same}) == 1
    assert Counter(answer.status for answer in control)[201] < 50
    assert len(_booked(committed_world)) == 2
    assert broken(at=committed_world.at) == []
