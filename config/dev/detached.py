"""`./dev demo --detach` and `./dev stop`: a demo without a terminal."""

import os
import signal
import subprocess
import sys
import time

from config.dev import lock
from config.dev.demo import BUSY, welcome
from config.dev.places import Places
from config.dev.trouble import Trouble

LONGEST_START, LONGEST_STOP = 1800.0, 90.0


def detach(places: Places, words: list[str]) -> int:
    """The demo runs on its own and is ready; what it says goes to demo.log."""
    if lock.owner_of(places.state):
        raise Trouble(BUSY)
    places.state.mkdir(parents=True, exist_ok=True)
    (places.state / "demo.json").unlink(missing_ok=True)
    log = places.state / "demo.log"
    command = [sys.executable, str(places.root / "dev"), "demo", "--no-browser", *words]
    with log.open("wb") as file:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    deadline = time.monotonic() + LONGEST_START
    while not (places.state / "demo.json").exists():
        if child.poll() is not None or time.monotonic() > deadline:
            said = [line for line in log.read_text().splitlines() if line.strip()]
            raise Trouble(said[-1] if said else f"The demo did not start (see {log}).")
        time.sleep(0.2)
    print(welcome(places))
    return 0


def stop(places: Places) -> int:
    """No demo of this work tree runs any more."""
    pid = lock.owner_of(places.state)
    if pid is None:
        print("No demo is running.")
        return 0
    try:
        os.kill(pid, signal.SIGTERM)
    except PermissionError as refused:
        raise Trouble("The demo was started by another account: stop it as that one.") from refused
    deadline = time.monotonic() + LONGEST_STOP
    while lock.owner_of(places.state) == pid:
        if time.monotonic() > deadline:
            raise Trouble(f"The demo (process {pid}) did not stop within {LONGEST_STOP:.0f} s.")
        time.sleep(0.1)
    print("The demo has stopped; its data and its clock wait for the next start.")
    return 0
