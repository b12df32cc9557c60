"""The live process for real: who may listen, what they hear, and when they are cut."""

import contextlib
import http.client
import json
import queue
import socket
import threading
import time

import pytest
import redis
from django.conf import settings
from django.test import Client

from config.live.seats import seat_of, still_seated
from practices import clock, news
from practices.doors import everywhere
from practices.models import Membership
from practices.news import Newsroom
from tests.cases import submitted
from tests.processes import BROKER, BROKER_NUMBER, PATIENCE, live_stream
from triage.rules.codes import Need

QUIET = 1.5


@pytest.fixture
def told(monkeypatch, now):
    """This process speaks where the live process listens, and its clock reads the same."""
    monkeypatch.setattr(news, "_newsroom", Newsroom(BROKER))
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def stream(committed_world, committed, now, tmp_path, told):
    with live_stream(committed, now, tmp_path / "live.log") as served:
        yield served


def session_of(world, name):
    """The key of a session in which this person has opened a page."""
    client = Client()
    client.force_login(world.users[name])
    client.get("/")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


class Listening:
    """An open stream, and the facts of its next event."""

    def __init__(self, served, session_key="", *, of="cases", headers=()):
        self.connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)
        self.of = of
        sent = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session_key}", **dict(headers)}
        self.connection.request("GET", f"/live/?of={of}", headers=sent)
        self.answer = self.connection.getresponse()
        self.heard = queue.Queue()
        self.ear = threading.Thread(target=self._listen, daemon=True)
        self.ear.start()

    def _listen(self):
        with contextlib.suppress(OSError, http.client.HTTPException):
            while line := self.answer.readline():
                if line.startswith(b"data: "):
                    self.heard.put(json.loads(line[6:]))
        self.heard.put(None)

    def close(self):
        """The page is gone, as a closed tab is."""
        if self.connection.sock is not None:
            self.connection.sock.shutdown(socket.SHUT_RDWR)
        self.ear.join()
        self.connection.close()

    def next(self, *, within=PATIENCE):
        """The next event; None when the stream has ended."""
        return self.heard.get(timeout=within)

    def news(self, before):
        """The next event that is no beat."""
        while (event := self.next())[self.of] == before[self.of]:
            pass
        return event


@contextlib.contextmanager
def listening(served, session_key, **how):
    heard = Listening(served, session_key, **how)
    assert heard.answer.status == 200
    try:
        yield heard
    finally:
        heard.close()


def beats_only(heard):
    """Whether nothing new comes for a while; a beat repeats the version."""
    until = time.monotonic() + QUIET
    first = None
    while (left := until - time.monotonic()) > 0:
        try:
            event = heard.next(within=left)
        except queue.Empty:
            break
        if first is not None and event[heard.of] != first:
            return False
        first = event[heard.of]
    return True


@pytest.mark.parametrize("key", ["", "no-such-session", "a;b=c"])
def test_a_stranger_hears_nothing(stream, key):
    assert Listening(stream, key).answer.status == 403


def test_a_change_is_heard_by_those_who_may_see_it_and_by_nobody_else(
    stream, committed_world, acting, now
):
    world = committed_world
    hub, elm = (session_of(world, who) for who in ("clinician", "gp_elm"))

    with listening(stream, hub) as in_hub, listening(stream, elm) as in_elm:
        before, elm_before = in_hub.next(), in_elm.next()
        submitted(world, acting, "zoe", Need.EYE, at=now)
        after = in_hub.news(before)
        elm_is_quiet = beats_only(in_elm)
        # The control: the same ear hears its own practice's case.
        submitted(world, acting, "ellen", Need.EYE, at=now)
        elm_after = in_elm.news(elm_before)

    assert after["cases"] == before["cases"] + 1
    assert elm_is_quiet
    assert elm_after["cases"] == elm_before["cases"] + 1
    assert set(after) == {"at", "cases", "within"}


def test_a_page_hears_only_the_subjects_it_watches(stream, committed_world, acting, now):
    world = committed_world

    with listening(stream, session_of(world, "clinician"), of="alarms") as heard:
        first = heard.next()
        submitted(world, acting, "zoe", Need.EYE, at=now)

        assert beats_only(heard)
        assert set(first) == {"at", "alarms", "within"}


def versions_now(served, session_key, *, of="cases"):
    """The answer to a page that asks instead of listening."""
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=PATIENCE)
    cookie = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session_key}"}
    connection.request("GET", f"/live/now/?of={of}", headers=cookie)
    answer = connection.getresponse()
    said = answer.status, answer.read()
    connection.close()
    return said


@pytest.mark.parametrize("key", ["", "no-such-session", "a;b=c"])
def test_a_stranger_is_told_no_versions(stream, key):
    assert versions_now(stream, key) == (403, b"")


def test_who_asks_is_told_what_a_stream_would_say(stream, committed_world, acting, now):
    world = committed_world
    hub, elm = (session_of(world, who) for who in ("clinician", "gp_elm"))
    with listening(stream, hub) as heard:
        first = heard.next()
        before = json.loads(versions_now(stream, elm)[1])
        submitted(world, acting, "zoe", Need.EYE, at=now)
        told = heard.news(first)

    assert json.loads(versions_now(stream, hub)[1])["cases"] == told["cases"]
    assert json.loads(versions_now(stream, elm)[1])["cases"] == before["cases"]


def test_who_asked_and_has_gone_is_asked_to_sign_in(stream, committed_world, now):
    """The seat is remembered, and ends with the membership as a stream does."""
    world = committed_world
    gone, stays = (session_of(world, who) for who in ("clinician", "supervisor"))
    first = [versions_now(stream, key)[0] for key in (gone, stays)]
    with everywhere(because="the test ends it", at=now):
        Membership.objects.filter(user=world.users["clinician"]).update(until_on=now.date())
    until = time.monotonic() + PATIENCE
    while versions_now(stream, gone)[0] == 200 and time.monotonic() < until:
        time.sleep(1)

    assert first == [200, 200]
    assert [versions_now(stream, key)[0] for key in (gone, stays)] == [403, 200]


def test_only_a_page_of_the_same_host_may_read_it(stream, committed_world):
    key = session_of(committed_world, "clinician")

    ours = Listening(stream, key, headers={"Origin": "http://127.0.0.1:9999"}).answer
    foreign = Listening(stream, key, headers={"Origin": "http://elsewhere.example"}).answer

    assert ours.headers["Access-Control-Allow-Origin"] == "http://127.0.0.1:9999"
    assert foreign.headers["Access-Control-Allow-Origin"] is None


def test_a_membership_that_ends_cuts_the_stream(stream, committed_world, now):
    world = committed_world
    gone, stays = (session_of(world, who) for who in ("clinician", "supervisor"))

    with listening(stream, gone) as heard, listening(stream, stays) as control:
        heard.next()
        control.next()
        with everywhere(because="the test ends it", at=now):
            Membership.objects.filter(user=world.users["clinician"]).update(until_on=now.date())
        while heard.next() is not None:
            pass
        still_there = control.next()

    assert still_there is not None
    assert Listening(stream, gone).answer.status == 403


def test_one_session_cannot_fill_the_room(stream, committed_world):
    key = session_of(committed_world, "clinician")
    open_ones = [Listening(stream, key) for _ in range(16)]

    refused = Listening(stream, key)

    assert {one.answer.status for one in open_ones} == {200}
    assert refused.answer.status == 429


def lose_wire():
    """Valkey drops this test's subscriptions; those of another process of the test run stay."""
    server = redis.Redis.from_url(BROKER)
    for client in server.client_list(_type="pubsub"):
        if int(client["db"]) == BROKER_NUMBER:
            server.client_kill_filter(_id=client["id"])


def test_a_lost_wire_ends_every_stream_and_misses_nothing(stream, committed_world, acting, now):
    """Valkey drops the subscription: pages are sent away, and the next stream has all versions."""
    world = committed_world
    key = session_of(world, "clinician")
    with listening(stream, key) as heard:
        before = heard.next()
        lose_wire()
        submitted(world, acting, "zoe", Need.EYE, at=now)
        while heard.next() is not None:
            pass

    until = time.monotonic() + PATIENCE
    while (again := Listening(stream, key)).answer.status == 503 and time.monotonic() < until:
        time.sleep(0.2)

    assert again.next()["cases"] == before["cases"] + 1


def test_whoever_signed_out_or_fell_idle_has_no_seat(committed_world, told, settings, now):
    world = committed_world
    clients = {who: Client() for who in ("clinician", "supervisor", "duty")}
    for who, client in clients.items():
        client.force_login(world.users[who])
        client.get("/")
    keys = {
        who: client.cookies[settings.SESSION_COOKIE_NAME].value for who, client in clients.items()
    }
    seats = {who: seat_of(key) for who, key in keys.items()}
    all_there = still_seated(set(seats.values()))

    clients["clinician"].post("/practices/sign-out/")
    settings.IDLE_SECONDS = 60
    session = clients["duty"].session
    session["last"] = now.timestamp() - 600
    session.save()

    assert all_there == set(seats.values())
    assert still_seated(set(seats.values())) == {seats["supervisor"]}
    assert seat_of(keys["clinician"]) is None
    assert seat_of(keys["duty"]) is None
