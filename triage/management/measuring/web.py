"""The web server as in production: two processes of four threads, connections kept."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Web:
    """A running server: its port, and the process its workers belong to."""

    port: int
    pid: int
    log: Path

    def said(self) -> str:
        """The end of the server's log."""
        return self.log.read_text()[-3000:]


@contextmanager
def web_server() -> Iterator[Web]:
    """Gunicorn serves this database on a free port; stopped afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [
        *(sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"),
        *("--worker-class=gthread", "--workers=2", "--threads=4", "--keep-alive=75"),
        *("--log-level=warning", "--no-control-socket"),
    ]
    with tempfile.NamedTemporaryFile("w") as log:
        server = subprocess.Popen(  # noqa: S603 - our own words
            words, env=os.environ, cwd=settings.ROOT, stdout=log, stderr=log
        )
        web = Web(port=port, pid=server.pid, log=Path(log.name))
        try:
            _wait_for(web, server)
            yield web
        finally:
            server.terminate()
            server.wait(timeout=PATIENCE)


def _wait_for(web: Web, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{web.port}/health/", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise CommandError(f"The web server did not start:\n{web.said()}")
