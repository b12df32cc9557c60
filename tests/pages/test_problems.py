"""What went wrong is said in words, with what became of the work and a reference (U42)."""

import logging
import re

import pytest
from django.test import Client
from django.urls import path

from config.middleware import PROBLEMS
from config.urls import handler400, handler403, handler404, handler500, urlpatterns
from practices.doors import Busy
from practices.rules.roles import Role
from practices.views.door import Door
from tests.pages.clinic import at_desk, clock
from tests.pages.markup import elements, text_of

__all__ = ["at_desk", "clock", "handler400", "handler403", "handler404", "handler500"]
pytestmark = pytest.mark.urls(__name__)
REFERENCE = re.compile(r"say this reference: ([2-9B-Z]{6})\b")


def breaks(request):
    raise ZeroDivisionError


class Full(Door):
    roles = frozenset(Role)

    def get(self, request):
        raise Busy


urlpatterns = [*urlpatterns, path("breaks/", breaks), path("full/", Full.as_view())]


@pytest.mark.parametrize(
    ("address", "status", "what_became_of_it"),
    [
        ("/triage/queue/", 403, "Nothing was changed"),
        ("/nowhere/", 404, "belongs to a patient or an organisation that you do not work for"),
        ("/breaks/", 500, "either all of it happened or none of it"),
        ("/full/", 503, "Everything that was saved is safe"),
    ],
)
def test_u42_a_problem_says_what_became_of_the_work_and_a_reference_the_log_has(
    at_desk, caplog, address, status, what_became_of_it
):
    caplog.set_level(logging.WARNING, logger="config")
    client = at_desk("receptionist")
    client.raise_request_exception = False

    answer = client.get(address)

    said = text_of(answer)
    assert (answer.status_code, status in PROBLEMS) == (status, True)
    assert what_became_of_it in said
    assert "call 999" in said
    reference = REFERENCE.search(said)[1]
    logged = [line for line in caplog.records if reference in line.getMessage()]
    assert logged[-1].getMessage().startswith(f"problem {reference}: {status} at ")
    assert any(line.exc_info for line in logged) is (status == 500)


def test_u42_a_form_of_an_old_page_says_so_with_a_reference(at_desk):
    client = Client(enforce_csrf_checks=True)

    said = text_of(client.post("/practices/sign-in/", {}))

    assert "This page had been open too long" in said
    assert REFERENCE.search(said)


def test_u42_who_finds_it_busy_is_told_when_to_try_again(at_desk):
    assert at_desk("receptionist").get("/full/").headers["Retry-After"] == "5"


def test_u42_no_two_problems_have_the_same_reference(at_desk):
    client = at_desk("receptionist")

    said = {REFERENCE.search(text_of(client.get("/nowhere/")))[1] for _ in range(3)}

    assert len(said) == 3


@pytest.mark.parametrize(
    ("does", "address", "is_said"),
    [("post", "/triage/desk/NOWHERE/hold/", True), ("get", "/triage/desk/NOWHERE/", False)],
)
def test_u42_who_sent_something_to_nowhere_is_told_what_became_of_it(
    at_desk, does, address, is_said
):
    answer = getattr(at_desk("receptionist"), does)(address, {"slot": "1"})

    assert answer.status_code == 404
    said = text_of(answer)
    assert ("Nothing was changed: what you sent was not saved" in said) is is_said
    assert ("Go back one page to copy what you typed" in said) is is_said


@pytest.mark.parametrize("address", ["/triage/queue/", "/nowhere/", "/breaks/", "/full/"])
def test_emergency_now_is_on_the_pages_of_problems_too(at_desk, address):
    client = at_desk("receptionist")
    client.raise_request_exception = False

    answer = client.get(address)

    links = elements(answer.content.decode(), "a")
    assert "/triage/emergency/" in [link.get("href") for link in links]


def test_who_is_not_signed_in_is_offered_no_emergency_of_ours(at_desk):
    assert "Emergency now" not in text_of(Client().get("/nowhere/"))
