"""What holds for every endpoint: the form of errors, strict JSON, sign-in, no surprise."""

import json

import pytest
from django.test import Client

from config.api_urls import urlpatterns
from tests.api.addresses import ADDRESSES, FILLED, NOBODY
from tests.api.conftest import PREFIX, problem


def test_every_address_is_named():
    assert len({pattern.name for pattern in urlpatterns}) == len(urlpatterns) >= 42


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_opens_without_a_token(world, address):
    for client in (Client(), Client(headers={"authorization": "Bearer nobody's"})):
        answer = client.get(f"{PREFIX}/{address}")
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
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
