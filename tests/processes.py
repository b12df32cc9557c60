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

PATIENCE = 30.0
# A database of the broker for each process of the test run; the cache is the number after it.
BROKER_NUMBER = {"gw0": 10, "gw1": 12}.get(os.environ.get("PYTEST_XDIST_WORKER", ""), 14)
BROKER = f"{settings.REDIS_URL.rpartition('/')[0]}/{BROKER_NUMBER}"


@dataclass(frozen=True, slots=True)
class Served:
    """A running web server: where it is, and where it says what went wrong."""

    url: str
    log: Path


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
    port = free_port()
    served = Served(url=f"http://127.0.0.1:{port}", log=log)
    words = ["gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", str(workers)]
    words += ["--threads", str(threads), "--graceful-timeout", "1", "--keep-alive", "30"]
    env = environment(database, now, REDIS_URL=BROKER, HEADROOM_LIVE_PORT=str(live_port))
    server = _started(words, env, log)
    try:
        _wait_for(served, server)
        yield served
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


@contextmanager
def live_stream(database: str, now: datetime, log: Path, *, port: int) -> Iterator[Served]:
    """The process that tells pages when to look again; gone afterwards."""
    served = Served(url=f"http://127.0.0.1:{port}/live/", log=log)
    words = ["uvicorn", "config.live.app:application", "--port", str(port), "--no-access-log"]
    words += ["--timeout-graceful-shutdown", "1"]
    server = _started(words, environment(database, now, REDIS_URL=BROKER), log)
    try:
        _wait_for(served, server)
        yield served
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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


def _started(words: list[str], env: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as out:
        return subprocess.Popen(
            [sys.executable, "-m", *words],
            env=env,
            cwd=settings.ROOT,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _wait_for(served: Served, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"{served.url.rstrip('/')}/health/", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"The web server did not start:\n{served.log.read_text()}")
