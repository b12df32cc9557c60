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
# The journeys that print interactions, page loads and seconds of each step: the two main ones,
# then the days that go wrong. Those that also run without scripts are measured with them.
STEPS = [
    f"tests/journeys/test_{journey}"
    for journey in (
        "receptionist.py::test_from_the_patient_to_the_booking",
        "hub_clinician.py::test_a_case_goes_from_the_queue_to_closed_by_keyboard",
        "monday_rush.py::test_monday_at_eight",
        "monday_rush.py::test_a_full_hub_says_so_and_the_case_stays_owned",
        "two_minds.py::test_a_patient_in_two_minds[scripts]",
        "no_answer.py::test_after_three_tries_a_clinician_signs[True]",
        "front_desk.py::test_a_child_who_was_not_brought_is_a_clinicians[True]",
        "gone_home.py::test_a_clinician_goes_home_sick[True]",
        "supervisor_leaves.py::test_the_lists_pause_and_another_takes_them_over",
        "lost_network.py::test_the_hub_loses_the_network",
        "from_111.py::test_a_case_from_111_keeps_its_clock[True]",
        "front_desk.py::test_a_patient_of_another_practice_is_sent_on_and_called",
        "two_children.py::test_two_children_are_seen_side_by_side[True]",
        "closing_time.py::test_the_evening_ends_with_nobody_left[True]",
    )
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
