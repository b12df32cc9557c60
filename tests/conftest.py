"""One database a test process, made from one migrated template; every connection is the app."""

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from hypothesis import HealthCheck
from hypothesis import settings as looking
from playwright.sync_api import Browser
from psycopg2.errors import InsufficientPrivilege
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT
from psycopg2.sql import SQL, Identifier
from pytest_django.fixtures import Settings

from config.reach import acting_in_browser
from practices.rules.reach import Actor
from tests.pages.browser import CHROMIUM, browsing
from tests.world import World, build

# Monday 30 November 2026, 9:30am in England: the morning most tests live in.
MONDAY = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
# What is cut only where it hangs, on a machine five times slower too; all else has 300 s.
LONG, PATIENT = ("long", "race", "kill", "browser", "data", "soak"), 1800
# Playwright's own loop runs in the thread that also talks to the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# The same few examples each time, however slow the machine is; HYPOTHESIS_PROFILE=long looks anew.
AT_LEISURE = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
looking.register_profile("quick", max_examples=30, derandomize=True, **AT_LEISURE)
looking.register_profile("long", max_examples=1000, **AT_LEISURE)
looking.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="run the long forms too")
    parser.addoption("--album", action="store_true", help="keep each state of each page drawn")


def is_long(item: pytest.Item) -> bool:
    """Whether it has real commits, processes or a browser, or is marked: races, kills, journeys."""
    has = {"committed", "chromium"} & set(getattr(item, "fixturenames", ()))
    return bool(has) or any(item.get_closest_marker(name) for name in LONG)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if is_long(item) and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(PATIENT))
    if config.getoption("--soak"):
        return
    for item in items:
        if "soak" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="the long form: --soak"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser a process: a thread can run only one. Each test has its own context in it."""
    if not CHROMIUM:
        pytest.skip("no Chromium here: set CHROMIUM_PATH")
    with browsing() as started:
        yield started


def as_owner(database: str) -> psycopg2.extensions.connection:
    """A connection of the owner, who is not bound by row-level security."""
    parts = urlsplit(settings.DATABASE_URL)
    owner = psycopg2.connect(
        dbname=database,
        user=parts.username,
        password=parts.password,
        host=parts.hostname,
        port=parts.port,
    )
    owner.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
    return owner


def _run(database: str, *statements: SQL) -> None:
    owner = as_owner(database)
    try:
        with owner.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    finally:
        owner.close()


def _migrate(name: str) -> None:
    """The schema, as its owner makes it."""
    options = settings.DATABASES["default"]["OPTIONS"]
    role, options["assume_role"] = options["assume_role"], None
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0)
    finally:
        connections.close_all()
        options["assume_role"] = role


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """A fresh database of this process's own; dropped at the end."""
    start = urlsplit(settings.DATABASE_URL).path.lstrip("/")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "one")
    name = f"test_{start}_{worker}_{os.getpid()}"
    drop = SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name))
    _run(start, drop, SQL("CREATE DATABASE {}").format(Identifier(name)))
    with django_db_blocker.unblock():
        _migrate(name)
        yield
        connections.close_all()
    _let_go(start, drop)


def _let_go(start: str, drop: SQL) -> None:
    """The database is dropped, as soon as the server's own housekeeping has left it."""
    for _ in range(30):
        try:
            return _run(start, drop)
        except InsufficientPrivilege:
            time.sleep(1)
    return _run(start, drop)


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """Real commits, for tests with many connections or processes; emptied by the owner after."""
    name = settings.DATABASES["default"]["NAME"]
    with django_db_blocker.unblock():
        try:
            yield name
        finally:
            connections.close_all()
            _run(name, SQL(EMPTY))


EMPTY = """
DO $$ DECLARE tables text; BEGIN
  SELECT string_agg(format('%I', tablename), ', ') INTO tables FROM pg_tables
  WHERE schemaname = 'public' AND tablename NOT IN ('django_migrations', 'django_content_type',
    'auth_permission');
  EXECUTE 'TRUNCATE ' || tables || ' RESTART IDENTITY CASCADE';
END $$
"""


@pytest.fixture
def now() -> datetime:
    return MONDAY


@pytest.fixture(autouse=True)
def _clock_of_the_test(settings: Settings, now: datetime) -> None:
    """The application's clock goes on from `now`: no test passes or fails by the day it runs."""
    settings.CLOCK_SHIFT = (now - datetime.now(UTC)).total_seconds()


@pytest.fixture
def world(db: None, now: datetime) -> World:
    """The small locality, undone after the test."""
    return build(now)


@pytest.fixture
def committed_world(committed: str, now: datetime) -> World:
    """The small locality for real, for tests with many connections; emptied after."""
    return build(now)


@pytest.fixture
def acting(now: datetime) -> Callable[..., Actor]:
    """Who acts, as the roof would build it: `acting(world, "receptionist")`."""

    def actor(world: World, name: str) -> Actor:
        found = acting_in_browser(world.users[name].pk, None, now)
        assert found is not None
        return found.actor

    return actor
