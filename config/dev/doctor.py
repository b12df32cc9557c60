"""`./dev doctor`: what was found on this machine and what is chosen, one line each."""

import os
import platform
import shutil
import sys
from collections.abc import Iterator

from config.dev import browser, found, lock, node
from config.dev.account import server_account
from config.dev.install import is_installed
from config.dev.places import Places, lasting
from config.dev.ports import is_free
from config.dev.trouble import Trouble

NEEDED_BYTES = 2 * 1024**3


def run(_words: list[str]) -> int:
    """0 when nothing stands in the way of the demo."""
    places = lasting()
    rows = list(look(places))
    for good, name, text in rows:
        print(f"{'ok  ' if good else 'LACK'} {name:<12} {text}")
    return 0 if all(good for good, _, _ in rows) else 1


def look(places: Places) -> Iterator[tuple[bool, str, str]]:
    """Each thing looked at: whether it will do, its name, and what was found."""
    yield True, "Python", f"{platform.python_version()} ({sys.executable})"
    installed = is_installed(places)
    yield True, "packages", "installed" if installed else "to be installed at the first start"
    if places.bare:
        yield True, "DEV_BARE", "the machine's servers, Node and browser are ignored"
    yield from _servers(places, installed=installed)
    yield _node(places, installed=installed)
    program, whence = browser.find(places)
    yield True, "Chromium", f"{program} {whence}" if program else "fetched when ./dev test needs it"
    account = server_account()
    yield True, "account", f"servers run as {account.name}" if account else "servers run as you"
    yield _port()
    free = shutil.disk_usage(places.root).free
    yield free > NEEDED_BYTES, "disk", f"{free / 1024**3:.1f} GB free (2 GB are enough)"
    owner = lock.owner_of(places.state)
    yield True, "demo", f"runs (process {owner})" if owner else "does not run"


def _servers(places: Places, *, installed: bool) -> Iterator[tuple[bool, str, str]]:
    asked = (
        ("PostgreSQL", "DATABASE_URL", found.postgres_candidates, found.postgres),
        ("Valkey", "REDIS_URL", found.redis_candidates, found.redis),
    )
    for name, variable, candidates, chosen in asked:
        if os.environ.get(variable):
            yield True, name, f"as {variable} says"
            continue
        for server in candidates(places):
            if server.lacks:
                yield True, name, f"passed over: {server}: {server.lacks}"
        try:
            yield True, name, str(chosen(places))
        except Trouble as trouble:
            yield not installed, name, str(trouble) if installed else "the wheel, once installed"


def _node(places: Places, *, installed: bool) -> tuple[bool, str, str]:
    try:
        return True, "Node", node.npm(places)[1]
    except Trouble as trouble:
        return not installed, "Node", str(trouble) if installed else "the wheel, once installed"


def _port() -> tuple[bool, str, str]:
    free = is_free(8000)
    return True, "port 8000", "free" if free else "taken: ./dev demo --port N chooses another"
