"""The programs `dev` starts, keeps running, and stops."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from config.dev.account import Account, die_with_parent, popen_as
from config.dev.trouble import Trouble

FIRST_PAUSE, LONGEST_PAUSE, STEADY = 1.0, 30.0, 60.0


def pause_after(failures: int) -> float:
    """Seconds to wait before start number `failures + 1`: 1, 2, 4 … and at most 30."""
    return float(min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** max(0, min(failures, 20) - 1)))


@dataclass
class Child:
    """One program: how it starts, how it is asked to stop, and where it writes."""

    name: str
    command: list[str]
    log: Path
    env: dict[str, str]
    cwd: Path
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 15.0
    before_start: Callable[[], None] | None = None
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    failures: int = field(default=0, init=False)
    started_at: float = field(default=0.0, init=False)
    next_start_at: float = field(default=0.0, init=False)

    def start(self) -> None:
        """The program runs in a session of its own, so that Ctrl-C reaches only `dev`."""
        if self.before_start:
            self.before_start()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.env,
                cwd=self.cwd,
                start_new_session=True,
                # One thread only, and the function calls nothing but prctl.
                preexec_fn=die_with_parent(self.stop_signal),  # noqa: PLW1509  (one thread, see above)
                **popen_as(self.account),
            )
        self.started_at = time.monotonic()

    @property
    def is_running(self) -> bool:
        """Whether the process is there now."""
        return self.process is not None and self.process.poll() is None

    def keep_running(self) -> None:
        """Start again what has ended, later after each failure."""
        now = time.monotonic()
        if self.is_running:
            if now - self.started_at > STEADY:
                self.failures = 0
            return
        if not self.next_start_at:
            self.failures += 1
            self.next_start_at = now + pause_after(self.failures)
            print(f"{self.name} ended; it starts again (see {self.log}).", flush=True)
        elif now >= self.next_start_at:
            self.next_start_at = 0.0
            self.start()

    def stop(self) -> None:
        """The program and what it started are gone: asked first, then killed."""
        if self.process is None:
            return
        if self.is_running:
            self._signal(self.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(self.patience)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def last_words(self) -> str:
        """The end of its log, for a sentence about why it failed."""
        with contextlib.suppress(FileNotFoundError):
            return self.log.read_text(errors="replace")[-4000:]
        return ""

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> None:
        """Returns when `ready` holds; a sentence says that the program ended or is too slow."""
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.is_running:
                raise Trouble(f"{self.name} did not start: {self._why()} (see {self.log}).")
            if time.monotonic() > deadline:
                raise Trouble(
                    f"{self.name} was not ready after {seconds:.0f} seconds (see {self.log})."
                )
            time.sleep(0.05)

    def _why(self) -> str:
        lines = [line.strip() for line in self.last_words().splitlines() if line.strip()]
        return lines[-1][:300] if lines else "it said nothing"

    def _signal(self, sent: signal.Signals) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process.pid, sent)
