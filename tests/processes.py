"""Real processes on the test's own database: web servers and workers, at the test's own hour."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

# A slow machine starts a server in its own time; nobody waits who need not.
PATIENCE = 180.0
LAST_WORDS = 2000
# A database of the broker for each process of the test run; the cache is the number after it.
BROKER_NUMBER = {"gw0": 10, "gw1": 12}.get(os.environ.get("PYTEST_XDIST_WORKER", ""), 14)
BROKER = f"{settings.REDIS_URL.rpartition('/')[0]}/{BROKER_NUMBER}"


@dataclass(frozen=True, slots=True)
class Served:
    """A running web server: where it is, and where it says what went wrong."""

    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def web_server(
    database: str,
    now: datetime,
    log: Path,
    *,
    workers: int = 1,
    threads: int = 8,
    application: str = "config.wsgi",
    live_port: int = 0,
) -> Iterator[Served]:
    """The application on a free port; gone afterwards."""
    words = ["gunicorn", application, "--workers", str(workers), "--threads", str(threads)]
    words += ["--graceful-timeout", "1", "--keep-alive", "30", "--timeout", str(int(PATIENCE))]
    env = environment(database, now, REDIS_URL=BROKER, HEADROOM_LIVE_PORT=str(live_port))
    with _serving(words, "--bind=fd://{}", env, log, health="/health/") as served:
        yield served


@contextmanager
def live_stream(database: str, now: datetime, log: Path) -> Iterator[Served]:
    """The process that tells pages when to look again; gone afterwards."""
    words = ["uvicorn", "config.live.app:application", "--no-access-log"]
    words += ["--timeout-graceful-shutdown", "1"]
    env = environment(database, now, REDIS_URL=BROKER)
    with _serving(words, "--fd={}", env, log, health="/live/health/") as served:
        yield served


@contextmanager
def _serving(
    words: list[str], door: str, env: dict[str, str], log: Path, *, health: str
) -> Iterator[Served]:
    """The server listens where the test does already, so nobody else can get the port first."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        served = Served(port=listener.getsockname()[1], log=log)
        number = listener.fileno()
        server = _started([*words, door.format(number)], env, log, pass_fds=(number,))
        try:
            _wait_for(f"{served.url}{health}", log, server)
            yield served
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE)


@contextmanager
def worker(
    database: str,
    now: datetime,
    folder: Path,
    *,
    beat: bool = True,
    entry: str = "config",
    at_once: int = 2,
    **more: str,
) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker on the private broker that listens already, with the clockwork or without.

    Killed afterwards, if it still lives.
    """
    words = ["celery", "-A", entry, "worker", "--concurrency", str(at_once), "--loglevel", "INFO"]
    words += ["--without-gossip", "--without-mingle"]
    if beat:
        words += ["--beat", "--schedule", str(folder / "beat")]
    log = folder / "worker.log"
    earlier = log.stat().st_size if log.exists() else 0
    started = _started(words, environment(database, now, REDIS_URL=BROKER, **more), log)
    try:
        _wait_until_ready(started, log, after=earlier)
        yield started
    finally:
        kill(started)


def _wait_until_ready(started: subprocess.Popen[bytes], log: Path, *, after: int) -> None:
    until = time.monotonic() + 2 * PATIENCE
    while time.monotonic() < until and started.poll() is None:
        if b" ready." in log.read_bytes()[after:]:
            return
        time.sleep(0.05)
    pytest.fail(f"The worker did not start:\n{log.read_text()}")


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL to the process and its children at once: nothing is tidied up."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=PATIENCE)


def environment(database: str, now: datetime, **more: str) -> dict[str, str]:
    """The settings of the test, on the test's database, with a clock that reads `now`."""
    server, _, _ = settings.DATABASE_URL.rpartition("/")
    return {
        **os.environ,
        "DATABASE_URL": f"{server}/{database}",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "HEADROOM_CLOCK_SHIFT": str((now - datetime.now(UTC)).total_seconds()),
        **more,
    }


def _started(
    words: list[str], env: dict[str, str], log: Path, **how: object
) -> subprocess.Popen[bytes]:
    with log.open("ab") as out:
        return subprocess.Popen(
            [sys.executable, "-m", *words],
            env=env,
            cwd=settings.ROOT,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **how,
        )


def _wait_for(address: str, log: Path, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"The server did not start:\n{log.read_text()[-LAST_WORDS:]}")
