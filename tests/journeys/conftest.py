"""The whole application behind a real web server, and a real browser in front of it.

A journey asks for `committed_world` (or `committed`) and `page`; the server reads the very
database of the test, and its clock reads 9:30am on the Monday the tests live in.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.desk import Desk
from tests.journeys.people import sign_in
from tests.world import World

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 320, "height": 640}
PATIENCE = 30.0
LAST_WORDS = 2000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True, slots=True)
class Served:
    """A running web server: where it is, and where it says what went wrong."""

    url: str
    log: Path


@pytest.fixture
def served(committed: str, now: datetime, tmp_path: Path) -> Iterator[Served]:
    """The application on a free port, on the test's own database; gone afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    found = Served(url=f"http://127.0.0.1:{port}", log=tmp_path / "web.log")
    with found.log.open("w") as log:
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "config.wsgi",
                "--bind",
                f"127.0.0.1:{port}",
                "--workers",
                "1",
                "--threads",
                "8",
                "--graceful-timeout",
                "1",
            ],
            env=_environment(committed, now),
            cwd=settings.ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(found, server)
        yield found
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def _environment(database: str, now: datetime) -> dict[str, str]:
    server, _, _ = settings.DATABASE_URL.rpartition("/")
    return {
        **os.environ,
        "DATABASE_URL": f"{server}/{database}",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "HEADROOM_CLOCK_SHIFT": str((now - datetime.now(UTC)).total_seconds()),
    }


def _wait_for(served: Served, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"{served.url}/health/", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"The web server did not start:\n{served.log.read_text()[-LAST_WORDS:]}")


def _opened(chromium: Browser, served: Served, **options: object) -> BrowserContext:
    context = chromium.new_context(
        base_url=served.url, locale="en-GB", timezone_id="Europe/London", **options
    )
    context.set_default_timeout(15_000)
    return context


@pytest.fixture
def page(chromium: Browser, served: Served) -> Iterator[Page]:
    """A page on a desk's screen, 1366 by 768."""
    with _opened(chromium, served, viewport=DESK) as context:
        yield context.new_page()


@pytest.fixture
def page_without_scripts(chromium: Browser, served: Served) -> Iterator[Page]:
    """The same desk with JavaScript switched off."""
    with _opened(chromium, served, viewport=DESK, java_script_enabled=False) as context:
        yield context.new_page()


@pytest.fixture
def phone_page(chromium: Browser, served: Served) -> Iterator[Page]:
    """A page on the narrowest phone, 320 pixels wide."""
    with _opened(chromium, served, viewport=PHONE) as context:
        yield context.new_page()


@pytest.fixture
def seat(
    chromium: Browser, served: Served, committed_world: World
) -> Iterator[Callable[..., Desk]]:
    """`seat("duty")` is a desk of its own at which that person of the world has signed in."""
    with ExitStack() as desks:

        def seated(name: str, *, scripts: bool = True) -> Desk:
            opened = _opened(chromium, served, viewport=DESK, java_script_enabled=scripts)
            page = desks.enter_context(opened).new_page()
            sign_in(page, committed_world, name)
            return Desk(page, scripts=scripts)

        yield seated
