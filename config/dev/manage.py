"""`./dev manage …`: a management command on the demo's database, running or not."""

import json
import subprocess

from config.dev import clock, lock
from config.dev.environment import (
    application_environment,
    base_environment,
    manage,
    manage_command,
    remembered,
)
from config.dev.house import lived_in
from config.dev.install import install
from config.dev.node import build_assets
from config.dev.places import Places, lasting
from config.dev.services import start_services


def run(words: list[str]) -> int:
    """The command's own exit code."""
    places = lasting()
    install(places)
    if lock.owner_of(places.state) and remembered(places.state).exists():
        env = {
            **base_environment(places),
            **json.loads(remembered(places.state).read_text()),
        }
        return _command(places, env, words)
    return _with_own_servers(places, words)


def _with_own_servers(places: Places, words: list[str]) -> int:
    busy = "The demo is starting or stopping: try again in a moment."
    with lived_in(places, busy=busy) as household:
        build_assets(places)
        services = start_services(places, household, durable=True)
        env = application_environment(places, services, shift=_shift(places))
        if words[:1] != ["migrate"]:
            manage(places, env, "migrate", "--no-input")
        return _command(places, env, words)


def _shift(places: Places) -> int:
    """The demo's clock where it waits; real time where there is no demo yet."""
    kept = clock.load(places.state / "clock.json")
    if kept is None or kept.real_time:
        return 0
    return clock.shift_between(kept.resumed(), clock.now())


def _command(places: Places, env: dict[str, str], words: list[str]) -> int:
    command = manage_command(places, *words)
    return subprocess.run(command, env=env, cwd=places.root, check=False).returncode
