"""One owner for each state folder, even after a kill."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from config.dev.places import Places, clear
from config.dev.trouble import Trouble


@contextlib.contextmanager
def held(places: Places, *, busy: str) -> Iterator[None]:
    """This process alone uses the state; somebody else's use raises `busy`."""
    places.state.mkdir(parents=True, exist_ok=True)
    handle = os.open(places.state / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise Trouble(busy) from taken
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        os.close(handle)


def owner_of(state: Path) -> int | None:
    """The process that holds this state now, or None."""
    try:
        handle = os.open(state / "lock", os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return int(os.read(handle, 32) or b"0") or None
    finally:
        os.close(handle)
    return None


def clear_abandoned(places: Places) -> None:
    """Throw-away states whose process was killed are gone."""
    for state in (places.dev / "run").glob("*"):
        pid = state.name.rpartition("-")[2]
        if pid.isdigit() and not Path(f"/proc/{pid}").exists() and owner_of(state) is None:
            clear(Places(root=places.root, bare=places.bare, state=state))
