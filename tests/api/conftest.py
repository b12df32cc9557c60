"""Programs that call the API: one client a person, with a token of their membership."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from practices import clock
from practices.actions import issue_token
from practices.doors import everywhere
from tests.world import SETUP, World

PREFIX = "/api/v1"


@dataclass
class Caller:
    """Speaks JSON with a token; `get` and `post` take an address below the API's base."""

    token: str

    def __post_init__(self) -> None:
        self.client = Client(raise_request_exception=True)

    def get(self, address: str, **query: object) -> HttpResponse:
        return self.client.get(_full(address), query, headers=self.headers())

    def post(self, address: str, body: object = None, **headers: str) -> HttpResponse:
        return self.send("POST", address, body, **headers)

    def patch(self, address: str, body: object = None, **headers: str) -> HttpResponse:
        return self.send("PATCH", address, body, **headers)

    def send(self, method: str, address: str, body: object = None, **headers: str) -> HttpResponse:
        raw = body if isinstance(body, bytes) else json.dumps({} if body is None else body).encode()
        kind = headers.pop("content_type", "application/json")
        return self.client.generic(
            method, _full(address), raw, content_type=kind, headers=self.headers() | headers
        )

    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}


def _full(address: str) -> str:
    return address if address.startswith(("/", "http")) else f"{PREFIX}/{address}"


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """The application's one clock reads the morning the tests live in."""
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def as_(world: World, now: datetime, frozen: None) -> Callable[[str], Caller]:
    """`as_("receptionist")` is a program with that person's token."""

    def caller(name: str) -> Caller:
        with everywhere(because="the test's set-up", at=now):
            secret = issue_token(
                membership_id=world.memberships[name].pk, name="test", days=1, by=SETUP, at=now
            )
        return Caller(secret)

    return caller


def problem(answer: HttpResponse) -> dict[str, Any]:
    """The problem of an error answer, which is problem+json or the test fails here."""
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == answer.status_code
    assert set(body) >= {"type", "title", "status", "detail", "code", "errors"}
    return body
