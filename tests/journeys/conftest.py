"""The whole application behind a real web server, and a real browser in front of it.

A journey asks for `committed_world` (or `committed`) and `page`; the server reads the very
database of the test, and its clock reads 9:30am on the Monday the tests live in.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.desk import Desk
from tests.journeys.people import sign_in
from tests.pages.browser import PATIENCE
from tests.processes import Served, web_server
from tests.world import World

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 320, "height": 640}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def served(committed: str, now: datetime, tmp_path: Path) -> Iterator[Served]:
    """The application on a free port, on the test's own database; gone afterwards."""
    with web_server(committed, now, tmp_path / "web.log") as found:
        yield found


def _opened(chromium: Browser, served: Served, **options: object) -> BrowserContext:
    context = chromium.new_context(
        base_url=served.url, locale="en-GB", timezone_id="Europe/London", **options
    )
    context.set_default_timeout(PATIENCE)
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
