"""`./dev bench NAME …`: a measurement on a throw-away cluster with durability on."""

import os
import subprocess

from config.dev import found, suite
from config.dev.environment import application_environment, manage, manage_command
from config.dev.house import camp
from config.dev.install import install
from config.dev.node import build_assets
from config.dev.places import throw_away
from config.dev.services import start_services
from config.dev.trouble import Trouble

JOURNEYS = "journeys"
# The main journeys, which print interactions, page loads and seconds of each step.
STEPS = [
    "tests/journeys/test_receptionist.py::test_from_the_patient_to_the_booking",
    "tests/journeys/test_hub_clinician.py::test_a_case_goes_from_the_queue_to_closed_by_keyboard",
]


def run(words: list[str]) -> int:
    """The measurement's own exit code; pgbench of the same PostgreSQL is on its PATH."""
    if not words or words[0].startswith("-"):
        raise Trouble("Say what to measure, like ./dev bench booking.")
    if words[0] == JOURNEYS:
        return suite.run(["-n0", "-q", "-s", *STEPS])
    places = throw_away("bench")
    with camp(places) as household:
        install(places)
        build_assets(places)
        services = start_services(places, household, durable=True, own=True)
        env = application_environment(places, services)
        programs = str(found.postgres(places).program.parent)
        env["PATH"] = f"{env['PATH']}{os.pathsep}{programs}"
        manage(places, env, "migrate", "--no-input")
        name = f"bench_{words[0].replace('-', '_')}"
        command = manage_command(places, name, *words[1:])
        return subprocess.run(command, env=env, cwd=places.root, check=False).returncode
