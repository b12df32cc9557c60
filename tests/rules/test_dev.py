"""The arithmetic of `./dev`: which server, which port, what the demo's clock reads."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.dev import cli, clock, found, node
from config.dev.children import LONGEST_PAUSE, pause_after
from config.dev.cluster import roles_and_database
from config.dev.install import stamp_of
from config.dev.ports import parse_port
from config.dev.trouble import Trouble, about_a_program

MONDAY = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)


def server(version, why=found.FROM_MACHINE, lacks=""):
    return found.Server(Path(f"/{version}/bin/postgres"), "PostgreSQL", version, why, lacks)


WHEEL = server("18.6", why=found.FROM_WHEEL)


@pytest.mark.parametrize(
    ("said", "version"),
    [
        ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", "15.18"),
        ("postgres (PostgreSQL) 19beta1", "19"),
        ("Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64", "7.0.15"),
        ("Valkey server v=9.1.2 sha=00000000:0", "9.1.2"),
        ("command not found", ""),
    ],
)
def test_a_version_is_read_from_what_a_server_says(said, version):
    assert found.version_in(said) == version


def test_the_newest_server_of_the_machine_is_chosen():
    assert found.choose([server("14.2"), server("16.1"), server("15.9"), WHEEL]) == server("16.1")


def test_the_machine_goes_before_the_wheel_even_when_older():
    assert found.choose([server("14.2"), WHEEL]) == server("14.2")


def test_a_server_that_lacks_something_is_passed_over():
    assert found.choose([server("16.1", lacks="has no initdb"), WHEEL]) == WHEEL


def test_no_able_server_is_no_choice():
    assert found.choose([server("13.1", lacks="is older than 14")]) is None


@pytest.mark.parametrize("text", ["1", "8000", "65535"])
def test_a_port_is_a_number(text):
    assert parse_port(text) == int(text)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "8000 ", "http", "", "٨٠"])
def test_what_is_no_port_is_refused(text):
    with pytest.raises(ValueError, match="is not a port"):
        parse_port(text)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_the_shift_leads_to_the_wanted_time(application, real):
    reached = real + timedelta(seconds=clock.shift_between(application, real))

    assert abs(reached - application) <= timedelta(seconds=0.5)


def test_a_stopped_clock_goes_on_where_it_waited():
    assert clock.Clock(MONDAY).resumed() == MONDAY


def test_a_killed_clock_never_goes_back():
    assert clock.Clock(MONDAY, running=True).resumed() == MONDAY + clock.SAVE_EVERY


def test_a_clock_is_kept_as_it_was(tmp_path):
    kept = clock.Clock(MONDAY, running=True, real_time=True)

    clock.save(tmp_path / "clock.json", kept)

    assert clock.load(tmp_path / "clock.json") == kept


def test_no_clock_is_kept_before_the_first_start(tmp_path):
    assert clock.load(tmp_path / "clock.json") is None


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-30T09:30", MONDAY),
        ("2026-07-01T09:30", datetime(2026, 7, 1, 8, 30, tzinfo=UTC)),
        ("2026-11-30T10:30+01:00", MONDAY),
    ],
)
def test_an_instant_without_offset_is_london_time(text, instant):
    assert clock.parse_instant(text) == instant


def test_what_is_no_instant_is_refused():
    with pytest.raises(ValueError, match=r"write it like 2026-11-30T09:30"):
        clock.parse_instant("next Monday")


@given(st.integers(1, 10_000))
def test_a_child_waits_longer_after_each_failure_but_never_too_long(failures):
    assert pause_after(failures) <= pause_after(failures + 1) <= LONGEST_PAUSE


def test_the_stamp_changes_with_the_lock_and_the_python():
    stamps = {stamp_of(b"a", (3, 11)), stamp_of(b"b", (3, 11)), stamp_of(b"a", (3, 12))}

    assert len(stamps) == 3


def test_assets_are_built_anew_when_the_lock_or_the_builder_changes():
    stamps = {node.assets_stamp(*pair) for pair in [(b"a", b"b"), (b"ab", b""), (b"", b"ab")]}

    assert len(stamps) == 3


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("write: No space left on device", "The disk is full, so the seed could not finish:"),
        ("npm error code EAI_AGAIN", "No network or a registry out of reach, so the seed"),
        ("Traceback\n  File x\nValueError: odd\n", "The seed failed: ValueError: odd"),
        ("", "The seed failed: it said nothing"),
    ],
)
def test_a_failed_program_is_one_sentence(output, sentence):
    trouble = str(about_a_program("the seed", output))

    assert trouble.startswith(sentence)
    assert "\n" not in trouble


def test_the_app_role_may_not_log_in():
    statements = roles_and_database("abc123").splitlines()

    assert "CREATE ROLE headroom LOGIN CREATEDB PASSWORD 'abc123'" in statements
    assert "CREATE ROLE headroom_app NOLOGIN" in statements


def test_a_password_cannot_carry_sql():
    with pytest.raises(Trouble):
        roles_and_database("x'; DROP ROLE headroom; --")


@pytest.mark.parametrize("name", ["stop", "reset"])
def test_who_asks_a_verb_for_help_stops_and_throws_away_nothing(monkeypatch, capsys, name):
    def refuse(*_):
        raise AssertionError

    for what in ("detached.stop", "clear", "owner_of"):
        monkeypatch.setattr(f"config.dev.cli.{what}", refuse)

    with pytest.raises(SystemExit) as left:
        cli.main([name, "--help"])

    assert left.value.code == 0
    assert f"usage: ./dev {name}" in capsys.readouterr().out
    assert cli.main([name, "now"]) == 1
