"""People at their desks: each signed in on a connection of their own, all asking at once."""

import http.client
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.core.management.base import CommandError

W = TypeVar("W")


@dataclass
class Caller:
    """One signed-in browser: a kept connection, a session cookie and a CSRF token."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def sign_in(self, username: str, password: str) -> None:
        """The session is open, by the page people use."""
        self.send("GET", "/practices/sign-in/")
        form = {
            "username": username,
            "password": password,
            "csrfmiddlewaretoken": self.cookies["csrftoken"],
        }
        status, body = self.send(
            "POST", "/practices/sign-in/", urlencode(form), "application/x-www-form-urlencoded"
        )
        if status != http.client.FOUND:
            raise CommandError(f"{username} could not sign in: {status} {body[:300]!r}")

    def post(self, path: str, body: object) -> tuple[int, dict[str, Any]]:
        """The status and the JSON of the answer."""
        status, answer = self.send("POST", path, json.dumps(body), "application/json")
        return status, json.loads(answer)

    def watch(self, path: str) -> bytes:
        """The part of the page that a watching browser asks for."""
        status, body = self.send("GET", path, **{"X-Watching": "yes", "HX-Request": "true"})
        if status != http.client.OK:
            raise CommandError(f"{path} answered {status} to a page that looked again.")
        return body

    def send(
        self, method: str, path: str, body: str = "", kind: str = "text/html", **more: str
    ) -> tuple[int, bytes]:
        """Status and body; cookies are kept."""
        headers = {"Content-Type": kind, "Cookie": self._cookies(), **more}
        if "csrftoken" in self.cookies:
            headers["X-CSRFToken"] = self.cookies["csrftoken"]
        self.connection.request(method, path, body.encode(), headers)
        answer = self.connection.getresponse()
        text = answer.read()
        for line in answer.msg.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer.status, text

    def _cookies(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a round: how long it took, each answer's milliseconds, what was wrong."""

    seconds: float
    milliseconds: list[float]
    wrong: list[str]

    def percentile(self, per_cent: int) -> float:
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, len(ordered) * per_cent // 100)]


def book_all(callers: list[Caller], work: list[list[tuple[str, int]]]) -> Asked:
    """Each caller books its own cases, all callers at once; every body is looked at."""

    def book(caller: Caller, wish: tuple[str, int]) -> str:
        reference, slot = wish
        status, body = caller.post(f"/api/v1/cases/{reference}/book", {"slot": slot})
        is_right = status == http.client.CREATED and body.get("state") == "booked"
        return "" if is_right else f"{reference}: {status} {json.dumps(body)[:300]}"

    return all_at_once(callers, work, book)


def all_at_once(
    callers: list[Caller], work: list[list[W]], ask: Callable[[Caller, W], str]
) -> Asked:
    """Each caller asks for its own work, one after the other; `ask` says what was wrong, or ""."""
    start = threading.Barrier(len(callers) + 1)
    times: list[float] = []
    wrong: list[str] = []

    def one(caller: Caller, mine: list[W]) -> None:
        start.wait()
        for wish in mine:
            began = time.perf_counter()
            said = ask(caller, wish)
            times.append((time.perf_counter() - began) * 1000)
            wrong.extend([said] if said else [])

    threads = [threading.Thread(target=one, args=pair) for pair in zip(callers, work, strict=True)]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return Asked(time.perf_counter() - began, times, wrong)
