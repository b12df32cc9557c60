"""What a thousand open boards cost: CPU, the time from COMMIT to the page, and looking again."""

import http.client
import json
import os
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import redis
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from config.management.measuring.boards import Change, Locality, changes, locality
from practices import clock
from practices.doors import everywhere
from practices.models import Organisation
from triage.management.measuring.callers import Caller
from triage.management.measuring.cpu import CpuWatch, Spent, parent_of
from triage.management.measuring.web import Web, web_server

PATIENCE = 60.0
LOOKS = 200
ASKED = 5_000
POLL = 5
QUEUE = "/triage/queue/"
ASK = "/live/now/?of=cases"


@dataclass(frozen=True, slots=True)
class Run:
    """All that one measurement saw."""

    boards: int
    quiet: Spent
    busy: Spent
    changes: list[Change]
    delays: list[float]
    missed: int
    look: Spent
    asked: Spent


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--boards", type=int, default=1000)
        parser.add_argument("--localities", type=int, default=20)
        parser.add_argument("--rate", type=float, default=10, help="changes a second")
        parser.add_argument("--seconds", type=int, default=30)

    def handle(
        self, *, boards: int, localities: int, rate: float, seconds: int, **options: object
    ) -> None:
        at = clock.now()
        _check_throw_away()
        each = boards // localities
        made = [locality(number, each, at=at) for number in range(localities)]
        self.stdout.write(f"{localities} hubs with {each} open boards each.")
        with web_server() as web, _live_process() as (live, port):
            trees = {"live": live, "web": web.pid, "postgres": _postgres(), "valkey": _valkey()}
            with _ears(port, made) as ears:
                watch = CpuWatch(trees | {"boards": ears.pid})
                time.sleep(seconds)
                quiet = watch.spent()
                done = list(changes(made, rate=rate, seconds=seconds, at=at))
                busy = watch.spent()
                heard = _heard(ears)
            asked = _ask(port, made, CpuWatch(trees))
            look = _look(web, made, CpuWatch(trees))
        delays, missed = _delays(done, heard, each)
        self._tell(Run(each * localities, quiet, busy, done, delays, missed, look, asked))

    def _tell(self, run: Run) -> None:
        """The figures, and the ratios that a busy machine changes least."""
        stream, still = (one.by_tree["live"] / one.seconds for one in (run.busy, run.quiet))
        each = {name: run.look.by_tree[name] * 1000 / LOOKS for name in ("web", "postgres")}
        polling = run.boards / POLL * sum(each.values()) / 1000
        asking = run.boards / POLL * run.asked.by_tree["live"] / ASKED
        heard = len(run.delays) / run.busy.seconds
        rate = len(run.changes) / run.busy.seconds
        cuts = statistics.quantiles(run.delays, n=100)
        others = " ".join(
            f"{name} {run.busy.by_tree[name] / run.busy.seconds:.3f}"
            for name in ("web", "postgres", "valkey")
        )
        lines = (
            f"{run.boards:,} boards, {rate:.1f} changes a second, {len(run.delays):,} times heard,"
            f" {run.missed} missed. Others used {run.busy.others_in_cores:.2f} cores.",
            f"Live process: {stream:.3f} core under change, {still:.3f} quiet; cores of {others}.",
            f"CPU of an event at one page: {(stream - still) * 1e6 / heard:.0f} µs.",
            f"From COMMIT to the event at the page: p50 {cuts[49] * 1000:.1f} ms,"
            f" p95 {cuts[94] * 1000:.1f} ms, p99 {cuts[98] * 1000:.1f} ms.",
            f"One look again over HTTP: {each['web']:.2f} ms CPU in the web server,"
            f" {each['postgres']:.2f} ms in PostgreSQL.",
            f"Boards that look anew every {POLL} seconds would cost {polling:.2f} cores,"
            f" {polling / stream:.0f} times the stream.",
            f"Boards without a stream, which ask for versions every {POLL} seconds:"
            f" {asking:.3f} core, {asking / stream:.1f} times the stream.",
        )
        for line in lines:
            self.stdout.write(line)


def _check_throw_away() -> None:
    """Invented rows never land beside real ones."""
    with everywhere(because="a measurement's set-up", at=clock.now()):
        is_empty = not Organisation.objects.exists()
    if not (settings.TRAINING and is_empty):
        raise CommandError("This fills an empty database with invented rows: ./dev bench live.")


@contextmanager
def _live_process() -> Iterator[tuple[int, int]]:
    """The process as the demo runs it: its pid and its port."""
    port = 20_000 + os.getpid() % 10_000
    words = ["uvicorn", "config.live.app:application", "--port", str(port), "--no-access-log"]
    words += ["--no-server-header", "--log-level=warning", "--timeout-graceful-shutdown=1"]
    live = subprocess.Popen([sys.executable, "-m", *words], cwd=settings.ROOT)  # noqa: S603
    try:
        until = time.monotonic() + PATIENCE
        while not _is_up(port):
            if live.poll() is not None or time.monotonic() > until:
                raise CommandError("The live process did not start.")
            time.sleep(0.1)
        yield live.pid, port
    finally:
        live.terminate()
        live.wait(timeout=PATIENCE)


def _is_up(port: int) -> bool:
    try:
        address = f"http://127.0.0.1:{port}/live/health/"
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def _ears(port: int, made: list[Locality]) -> Iterator["subprocess.Popen[str]"]:
    """A process in which every page is open and has heard its first event."""
    cookies = [f"{settings.SESSION_COOKIE_NAME}={key}" for one in made for key in one.sessions]
    words = [sys.executable, "-m", "config.management.measuring.ears"]
    ears = subprocess.Popen(  # noqa: S603 - our own words
        words, cwd=settings.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        began = time.monotonic()
        _write(ears, json.dumps({"port": port, "cookies": cookies}))
        if ears.stdout is None or ears.stdout.readline() != "ready\n":
            raise CommandError("The pages could not listen.")
        took = time.monotonic() - began
        sys.stdout.write(f"All pages listen after {took:.1f} seconds.\n")
        yield ears
    finally:
        ears.kill()
        ears.wait()


def _write(ears: "subprocess.Popen[str]", line: str) -> None:
    assert ears.stdin is not None
    ears.stdin.write(f"{line}\n")
    ears.stdin.flush()


def _heard(ears: "subprocess.Popen[str]") -> list[list[tuple[int, float]]]:
    """What each page heard, once the last news has had time to come."""
    time.sleep(2)
    _write(ears, "")
    assert ears.stdout is not None
    answer = json.loads(ears.stdout.readline())
    if answer["ended"]:
        raise CommandError(f"{answer['ended']} streams were cut in the middle.")
    return list(answer["heard"])


def _delays(
    done: list[Change], heard: list[list[tuple[int, float]]], each: int
) -> tuple[list[float], int]:
    """Seconds from each commit to the first event with it at each page; how many never came."""
    delays, missed = [], 0
    for board, events in enumerate(heard):
        for change in (one for one in done if one.locality == board // each):
            instants = (at for version, at in events if version >= change.version)
            first = next(instants, None)
            if first is None:
                missed += 1
            else:
                delays.append(first - change.at)
    return delays, missed


def _look(web: Web, made: list[Locality], watch: CpuWatch) -> Spent:
    """Each of some pages looks again, as a watching browser does."""
    callers = [Caller(web.port) for _ in made]
    for caller, one in zip(callers, made, strict=True):
        caller.cookies[settings.SESSION_COOKIE_NAME] = one.sessions[0]
        caller.watch(QUEUE)
    watch.spent()
    for count in range(LOOKS):
        callers[count % len(callers)].watch(QUEUE)
    spent = watch.spent()
    for caller in callers:
        caller.connection.close()
    return spent


def _ask(port: int, made: list[Locality], watch: CpuWatch) -> Spent:
    """Each page asks which versions there are, by turns, on a connection that is kept."""
    keys = [key for one in made for key in one.sessions]
    caller = Caller(port)
    for key in keys:
        caller.cookies[settings.SESSION_COOKIE_NAME] = key
        caller.send("GET", ASK)
    watch.spent()
    for count in range(ASKED):
        caller.cookies[settings.SESSION_COOKIE_NAME] = keys[count % len(keys)]
        status, body = caller.send("GET", ASK)
        if status != http.client.OK or b'"cases"' not in body:
            raise CommandError(f"A page that asked was answered {status}.")
    spent = watch.spent()
    caller.connection.close()
    return spent


def _postgres() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return parent_of(cursor.fetchone()[0])


def _valkey() -> int:
    return int(redis.Redis.from_url(settings.REDIS_URL).info("server")["process_id"])
