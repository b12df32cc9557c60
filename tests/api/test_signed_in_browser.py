"""A page's own script calls the API with the session's cookie and the CSRF token."""

import pytest
from django.test import Client
from django.urls import reverse

PATIENT = {"family_name": "Brook", "given_name": "Ada", "born_on": "1990-02-01"}


@pytest.fixture
def browser(world, frozen):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.users["receptionist"])
    return browser


def test_browser_with_token_of_the_form_is_served(browser):
    browser.get(reverse("practices:memberships"))
    token = browser.cookies["csrftoken"].value

    answer = browser.post(
        "/api/v1/patients", PATIENT, "application/json", headers={"x-csrftoken": token}
    )

    assert answer.status_code == 201


def test_browser_without_token_is_refused(browser):
    answer = browser.post("/api/v1/patients", PATIENT, "application/json")

    assert answer.status_code == 403
