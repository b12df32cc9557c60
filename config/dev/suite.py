"""`./dev test`: the whole proof, on servers of its own that vanish afterwards."""

import os
import shutil
import subprocess

from config.dev import browser
from config.dev.environment import application_environment
from config.dev.house import Household, camp
from config.dev.install import install
from config.dev.node import build_assets
from config.dev.places import Places, throw_away
from config.dev.services import start_services
from config.dev.trouble import Trouble

EVERYTHING = ["-n", "2", "-rs"]
# What the tests of the pages and of the walls drew is looked at once they are all done.
PAGES = [*EVERYTHING, "--album", "tests/pages", "tests/walls"]
ALBUM = [*EVERYTHING, "tests/album"]


def run(words: list[str]) -> int:
    """The tests that the words choose, or all of them."""
    return _pytest(words or EVERYTHING)


def pictures() -> int:
    """The tests of the pages, and a picture of every state in which they drew one."""
    return _pytest(PAGES, ALBUM)


def _pytest(first: list[str], *others: list[str]) -> int:
    """The worst of pytest's own exit codes; servers and databases of the run are gone."""
    places = throw_away("test")
    with camp(places) as household:
        install(places)
        build_assets(places)
        chromium = browser.bring(places)
        if not chromium and os.environ.get("CI") == "true":
            raise Trouble("In CI the browser tests must run: no Chromium could be had.")
        env = _environment(places, household, chromium)
        if others:
            shutil.rmtree(places.root / "screenshots", ignore_errors=True)
        return max(_once(places, env, words) for words in (first, *others))


def _once(places: Places, env: dict[str, str], words: list[str]) -> int:
    command = [str(places.python), "-m", "pytest", *words]
    return subprocess.run(command, env=env, cwd=places.root, check=False).returncode


def _environment(places: Places, household: Household, chromium: str) -> dict[str, str]:
    services = start_services(places, household, durable=False, own=True)
    env = application_environment(places, services, settings="config.settings.test")
    # Playwright's own loop runs in the thread that also talks to the database.
    env["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    env.pop("CHROMIUM_PATH", None)
    return {**env, "CHROMIUM_PATH": chromium} if chromium else env
