"""Whatever a program sends, the answer is ours to give: never a fault, always the same form."""

import pytest

from tests.api.addresses import NOBODY, WHO, allowed, offered
from tests.api.conftest import problem
from tests.api.test_cases import asking

DEEP = b'{"a":' * 5000 + b"1" + b"}" * 5000
ODD_BODIES = (
    b"",
    b"null",
    b"[]",
    b"[1,2]",
    b'"text"',
    b"{",
    b"{}x",
    b'{"a":NaN}',
    b'{"a":1e400}',
    b'{"a":' + b"9" * 5000 + b"}",
    b'{"a":1,"a":2}',
    b'{"words":"\\u0000"}',
    b'{"words":"\\ud800"}',
    b'{"\\ud800":1}',
    b"\xff\xfe{}",
    b'{"a":"\xff"}',
    b"[" * 100_000,
    DEEP,
)
ODD_VALUES = (
    None,
    True,
    -1,
    0,
    2**31,
    2**63,
    10**30,
    1.5,
    "",
    "x",
    "\u0661",
    "x" * 20_000,
    "'; DROP TABLE triage_case; --",
    "{{7*7}}<script>${jndi:ldap://x}",
    [],
    [[]],
    [None],
    ["x", {}],
    {},
    {"from": 1},
    {"code": [], "reason": {}},
    NOBODY,
    "9999-12-31T23:59:59+14:00",
    "0001-01-01T00:00:00-14:00",
    "2026-11-30T09:30:00",
    "2026-13-40",
)
FIELDS = """
accept answered at apply available audience born_on category channel class clinician code
continuity day ends_at external_code family_name given_name hold hub kind need needs nhs_number
note outcome override overlap patient phone places postcode practice preview reason red_flags
reserve safe_to_text safety_net slot slot_minutes starts_at version where words access_needs
linked_to not_the_hub taken_by better_by call_where met number duplicate_of
"""
FILTERS = """
q cursor page_size state class practice hub network mine from until need mode patient day at
clinician case status preview ordering state__in
"""
ODD_QUESTIONS = ("", "\0", "1" * 40)


def known_fields(program, method, address):
    """What the endpoint takes of `FIELDS`: what it does not refuse as unknown."""
    told = problem(program.send(method, address, dict.fromkeys(FIELDS.split())))
    unknown = {error["field"] for error in told["errors"] if error["code"] == "unknown_field"}
    assert unknown, address
    return sorted({*FIELDS.split()} - unknown)


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_odd_bodies_are_never_a_fault_of_ours(as_, method):
    programs = {who: as_(who) for who in WHO}
    for address, view in offered(method):
        program = programs[allowed(view, method)]
        for body in ODD_BODIES:
            _check(program.send(method, address, body), address, body[:40])


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_odd_values_are_never_a_fault_of_ours(as_, method):
    """Every field of every wish at once, each with the same odd value."""
    programs = {who: as_(who) for who in WHO}
    for address, view in offered(method):
        program = programs[allowed(view, method)]
        known = known_fields(program, method, address)
        for value in ODD_VALUES:
            wish = dict.fromkeys(known, value)
            _check(program.send(method, address, wish), address, value)


def test_odd_questions_are_never_a_fault_of_ours(as_):
    programs = {who: as_(who) for who in WHO}
    for address, view in offered("GET"):
        program = programs[allowed(view, "GET")]
        told = program.get(address, **dict.fromkeys(FILTERS.split(), "x")).json().get("errors", ())
        unknown = {error["field"] for error in told if error["code"] == "unknown_filter"}
        for name in {*FILTERS.split()} - unknown:
            for value in ODD_QUESTIONS:
                _check(program.get(address, **{name: value}), address, (name, value))


def test_odd_fields_of_a_whole_body_are_never_a_fault_of_ours(as_, world):
    """One field odd, the others right: the rule behind the field has to stand it too."""
    desk, manager = as_("receptionist"), as_("practice_manager")
    reference = desk.post("cases", asking(world)).json()["reference"]
    slot = world.slots("gp_oak")[0].pk
    booking = desk.post(f"cases/{reference}/book", {"slot": slot}).json()["id"]
    bodies = (
        (desk, "cases", asking(world, available=[]) | {"phone": "07700 900123", "continuity": 1}),
        (desk, "patients", {"family_name": "A", "given_name": "B", "born_on": "1990-01-01"}),
        (desk, f"cases/{reference}/book", {"slot": slot, "override": None}),
        (desk, f"bookings/{booking}/move", {"slot": slot, "reason": "", "version": 1}),
        (desk, f"bookings/{booking}/cancel", {"reason": "x", "version": 1}),
        (desk, f"cases/{reference}/class", {"class": "P1", "reason": "x", "version": 1}),
        (desk, "emergencies", {"phone": "07700 900123", "where": "x"}),
        (as_("duty"), "contacts", {"kind": "phone", "clinician": 1, "at": "", "note": ""}),
        (
            manager,
            "sessions",
            {
                "clinician": world.clinicians["gp_oak"].pk,
                "practice": "OAK1",
                "starts_at": "2026-12-05T09:00:00Z",
                "ends_at": "2026-12-05T10:00:00Z",
                "slot_minutes": 15,
                "places": 1,
                "audience": None,
                "reserve": [],
                "category": "x",
            },
        ),
    )
    for program, address, body in bodies:
        for field in body:
            for value in ODD_VALUES:
                _check(program.post(address, body | {field: value}), address, (field, value))


def _check(answer, address, sent):
    assert answer.status_code < 500, (address, sent, answer.content)
    if answer.status_code >= 400:
        problem(answer)
