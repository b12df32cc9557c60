"""`./dev test`: the whole proof, on servers of its own that vanish afterwards."""

import os
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


def run(words: list[str]) -> int:
    """pytest's own exit code; servers and databases of the run are gone."""
    places = throw_away("test")
    with camp(places) as household:
        install(places)
        build_assets(places)
        chromium = browser.bring(places)
        if not chromium and os.environ.get("CI") == "true":
            raise Trouble("In CI the browser tests must run: no Chromium could be had.")
        env = _environment(places, household, chromium)
        command = [str(places.python), "-m", "pytest", *(words or EVERYTHING)]
        return subprocess.run(command, env=env, cwd=places.root, check=False).returncode


def _environment(places: Places, household: Household, chromium: str) -> dict[str, str]:
    services = start_services(places, household, durable=False, own=True)
    env = application_environment(places, services, settings="config.settings.test")
    # Playwright's own loop runs in the thread that also talks to the database.
    env["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    env.pop("CHROMIUM_PATH", None)
    return {**env, "CHROMIUM_PATH": chromium} if chromium else env
