"""What holds for every endpoint: the form of errors, strict JSON, sign-in, no surprise."""

import json

import pytest
from django.test import Client
from django.urls import get_resolver

from config.api_urls import urlpatterns
from tests.api.conftest import PREFIX, problem
from tests.api.test_cases import asking

NOBODY = "00000000-0000-4000-8000-000000000000"
FILLED = {
    "patient_id": NOBODY,
    "booking_id": NOBODY,
    "run_id": NOBODY,
    "proposal_id": NOBODY,
    "reference": "HR-2222-2222-22",
    "clinician_id": "1",
    "session_id": "1",
    "code": "NET1",
}


def address_of(pattern):
    """The pattern's address with invented parts."""
    found = get_resolver("config.api_urls").reverse_dict.getlist(pattern.name)[0][0][0][0]
    return found % {name: FILLED[name] for name in pattern.pattern.converters}


ADDRESSES = sorted(address_of(pattern) for pattern in urlpatterns)
WHO = ("practice_manager", "duty", "receptionist", "supervisor", "manager")


def offered(method):
    """Each address that takes the method, with the view behind it."""
    for pattern in urlpatterns:
        view = pattern.callback.view_class
        if hasattr(view, method.lower()):
            yield address_of(pattern), view


def allowed(view, method):
    """Somebody who may call it, so that the wish itself is what is looked at."""
    roles = view.roles if method == "GET" or not view.writers else view.writers
    return next(who for who in WHO if who in roles)


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


def test_every_address_is_named():
    assert len({pattern.name for pattern in urlpatterns}) == len(urlpatterns) >= 42


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_opens_without_a_token(world, address):
    for client in (Client(), Client(headers={"authorization": "Bearer nobody's"})):
        answer = client.get(f"{PREFIX}/{address}")
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
        problem(answer)


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


def test_a_body_of_three_megabytes_is_too_large(as_):
    answer = as_("receptionist").post("cases", b'{"words":"' + b"x" * 3_000_000 + b'"}')

    assert problem(answer)["status"] == 413


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        ("application/json; charset=utf-16", 415),
        ("", 415),
    ],
)
def test_only_json_is_read(as_, kind, status):
    answer = as_("receptionist").post("cases", {"words": "x"}, content_type=kind)

    assert problem(answer)["status"] == status


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_methods_that_are_not_offered_are_named(as_, method):
    answer = as_("receptionist").send(method, "cases", {})

    assert problem(answer)["status"] == 405
    assert "POST" in answer["Allow"]


def test_only_json_is_spoken(as_):
    caller = as_("receptionist")

    answer = caller.client.get(f"{PREFIX}/me", headers=caller.headers() | {"accept": "text/html"})

    assert problem(answer)["status"] == 406


@pytest.mark.parametrize(
    "address",
    ["/api/v1/nonsense", "/api/v2/me", "/api/v1/", "/api/v1/cases/%00", "/api/v1/bookings/7"],
)
def test_an_unknown_address_has_the_body_of_an_absent_row(as_, address):
    caller = as_("receptionist")

    unknown = caller.get(address)
    absent = caller.get(f"cases/{FILLED['reference']}")

    assert problem(unknown)["status"] == 404
    assert (unknown.content, unknown["Content-Type"]) == (absent.content, absent["Content-Type"])


def test_a_forged_host_is_refused_in_our_form(client, world):
    answer = client.get(f"{PREFIX}/me", headers={"host": "evil.example"})

    assert problem(answer)["status"] == 400


@pytest.mark.parametrize("key", ["x" * 256, "", "a\tb"])
def test_a_key_that_is_none_is_refused(as_, key):
    answer = as_("receptionist").post("cases", {}, **{"idempotency-key": key})

    assert problem(answer)["status"] == 400


def test_a_cursor_of_another_list_is_refused(as_, world):
    desk = as_("receptionist")
    cursor = desk.get("slots", page_size=1).json()["next"].partition("cursor=")[2]

    told = problem(desk.get(f"{PREFIX}/cases?cursor={cursor}"))

    assert (told["status"], told["errors"][0]["field"]) == (400, "cursor")


def test_a_browser_needs_its_csrf_token(world, now, frozen):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.users["receptionist"], "django.contrib.auth.backends.ModelBackend")

    read = browser.get(f"{PREFIX}/me")
    write = browser.post(
        f"{PREFIX}/emergencies", json.dumps({"phone": "07700 900123"}), "application/json"
    )

    assert read.status_code == 200
    assert problem(write)["status"] == 403


def test_roles_are_the_gate(as_, world):
    """Every write, tried by everybody whose role has no business with it."""
    refused = {
        "receptionist": ("sessions", "contacts", "networks/NET1/rebalance", "queue/next"),
        "clinician": ("patients", "cases", "sessions", "networks/NET1/rebalance"),
        "manager": ("patients", "cases", "contacts", "emergencies", "queue/next"),
        "practice_manager": ("queue/next", "networks/NET1/rebalance"),
        "client": ("sessions", "contacts", "queue/next", f"proposals/{NOBODY}/accept"),
    }
    for who, addresses in refused.items():
        for address in addresses:
            told = problem(as_(who).post(address, {}))
            assert (told["status"], told["code"]) == (403, "role"), (who, address)
