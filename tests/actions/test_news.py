"""News: after the commit, once, to those who may see the rows, and never in anybody's way."""

import socket

import pytest
import redis

from practices import news
from practices.doors import perform
from practices.news import Newsroom, Subject, audience
from tests.cases import submitted
from tests.processes import BROKER
from triage import actions
from triage.rules.codes import Need


@pytest.fixture
def heard(monkeypatch):
    """`heard()` is what was said since it was last asked, on a server of the test's own."""
    monkeypatch.setattr(news, "_newsroom", Newsroom(BROKER))
    listener = redis.Redis.from_url(BROKER).pubsub(ignore_subscribe_messages=True)
    listener.subscribe(news.channel(BROKER))
    listener.get_message(timeout=60)

    def said():
        found = []
        while message := listener.get_message(timeout=0.3):
            found.append(message["data"].decode().rpartition(" ")[0])
        return found

    yield said
    listener.close()


def test_a_step_is_told_once_and_only_after_its_commit(committed_world, acting, now, heard):
    world = committed_world

    def wish(*, by, at):
        case = actions.submit(
            by=by,
            at=at,
            wish=actions.CaseWish(patient_id=world.patients["zoe"].pk, need=Need.EYE, words="red"),
        )
        before.extend(heard())
        return case

    before = []
    perform(wish, by=acting(world, "receptionist"), at=now)

    assert before == []
    assert heard() == [f"news:cases:{world.oak.pk}"]


def test_a_wish_that_failed_tells_nobody(committed_world, acting, now, heard):
    world = committed_world

    def wish(*, by, at):
        news.changed(Subject.CASES, world.oak.pk)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        perform(wish, by=acting(world, "receptionist"), at=now)

    assert heard() == []


def test_an_emergency_case_and_a_call_for_help_tell_the_banner(committed_world, acting, now, heard):
    world = committed_world

    submitted(world, acting, "tam", Need.OTHER, at=now, red_flags=("stroke",), red_flags_asked=True)
    case = heard()
    perform(
        actions.raise_emergency,
        by=acting(world, "receptionist"),
        at=now,
        phone="07700 900123",
        where="",
    )

    assert set(case) == {f"news:cases:{world.oak.pk}", f"news:alarms:{world.oak.pk}"}
    assert heard() == [f"news:alarms:{world.oak.pk}"]


def test_each_hears_only_of_rows_they_may_see(world, acting):
    hub = audience(Subject.CASES, acting(world, "clinician").reach)
    oak = audience(Subject.CASES, acting(world, "duty").reach)
    board = audience(Subject.BOARD, acting(world, "manager").reach)

    assert set(hub) == {f"news:cases:{one.pk}" for one in (world.hub, world.oak, world.elm)}
    assert oak == (f"news:cases:{world.oak.pk}",)
    assert board == (f"news:board:{world.network.pk}",)


def test_a_version_grows_with_what_may_be_heard(committed_world, acting, now, heard):
    world = committed_world
    hub, elm = (acting(world, who).reach for who in ("clinician", "gp_elm"))
    before = [news.version(Subject.CASES, reach) for reach in (hub, elm)]

    submitted(world, acting, "zoe", Need.EYE, at=now)
    after = [news.version(Subject.CASES, reach) for reach in (hub, elm)]

    assert int(after[0]) == int(before[0]) + 1
    assert after[1] == before[1]


def test_a_server_that_says_nothing_is_asked_no_more_for_a_while(
    committed_world, acting, now, monkeypatch, settings
):
    world = committed_world
    settings.NEWS_WAITS = 0.1
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.setblocking(False)
        address = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        monkeypatch.setattr(news, "_newsroom", Newsroom(address))

        first, *more = (
            (submitted(world, acting, who, Need.EYE, at=now), callers_of(silent))
            for who in ("zoe", "tam", "ellen")
        )
        version = news.version(Subject.CASES, acting(world, "clinician").reach)
        last = callers_of(silent)

    assert first[1] > 0
    assert [callers for _, callers in more] == [0, 0]
    assert len({case.reference for case, _ in (first, *more)}) == 3
    assert (version, last) == ("", 0)


def callers_of(server):
    """How many have called since it was last asked."""
    for number in range(100):
        try:
            server.accept()[0].close()
        except BlockingIOError:
            return number
    raise AssertionError("it is asked again and again")
