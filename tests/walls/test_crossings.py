"""Who may cross the wall between organisations, and whose work the outbox may name (laws 5, 6)."""

import ast

from celery import current_app
from django.conf import settings

from tests.walls.sources import STREET, place, python_files, tree

# Every caller that sees all rows, and why it must. The list gets shorter, not longer.
CROSSERS = {
    "config/management/commands/bench_live.py": "a measurement looks that it is alone",
    "config/management/measuring/boards.py": "a measurement makes its own localities",
    "config/live/seats.py": "who may still listen is asked for all memberships at once",
    "config/reach.py": "who is asking is known only after all memberships can be read",
    "config/management/commands/simulate_day.py": "a simulated day is played by everybody in turn",
    "practices/doors.py": "where crossing is made",
    "practices/rules/reach.py": "where the clockwork's actor is made",
    "practices/tasks.py": "the outbox keeps everybody's promises",
    "appointments/actions/places.py": "a hold that ran out may be another practice's",
    "appointments/actions/putting_back.py": "who used a clinician's day since may be anybody",
    "appointments/actions/shares.py": "what is unused of a hub's day is the sum over practices",
    "appointments/tasks/holds.py": "holds run out at every practice",
    "appointments/management/commands/forecast_error.py": "days of every practice are replayed",
    "appointments/management/commands/verify_meter.py": "every ledger is checked",
    "appointments/actions/locks.py": "shares of holds that ran out, in one order of locks",
    "triage/actions/own_cancel.py": "a patient with a link has no membership to reach from",
    "triage/actions/attending.py": "a hub sees a planned appointment, its patient only as a case",
    "triage/actions/rota_changes.py": "a hub's session may hold what was planned for any patient",
    "triage/actions/bouncing.py": "the hub names a clinician of the practice it returns to",
    "triage/actions/settling.py": "a case is not closed under an appointment at the practice",
    "triage/actions/hub_day.py": "a hub closes only when no practice's case is left in it",
    "triage/actions/supervising.py": "a hold at a practice keeps a case from coming back",
    "triage/actions/shut_hub.py": "whether a hub is shut, asked by who has left it",
    "triage/actions/overrides.py": "a network reads what was passed over, without patients",
    "triage/actions/parameters.py": "what weights would change is counted over every practice",
    "triage/actions/late_emergencies.py": "a manager hears of an emergency and reads none",
    "triage/actions/wallboards.py": "a display has no membership, and is shown counts alone",
    "triage/tasks/rehoming.py": "a list is re-homed at every practice it serves",
    "triage/tasks/escalation.py": "time runs, and doors close, everywhere",
    "triage/tasks/news.py": "patients of every practice are reminded",
    "triage/management/measuring/localities.py": "a measurement makes its own locality",
    "triage/management/commands/bench_search.py": "a measurement makes its own patients",
    "triage/management/commands/bench_booking.py": "a measurement counts what it made",
    "networks/tasks/downtime.py": "every house has its day on paper before the network goes",
    "networks/tasks/solving.py": "the rebalancer weighs whole networks, in mutual aid several",
    "networks/tasks/snapshots.py": "figures of every network are counted, without patients",
    "networks/actions/none_said.py": "answers are counted over a network, small counts hidden",
    "networks/actions/lists_ended.py": "ended lists are counted, small counts hidden",
    "networks/actions/limits.py": "a network's limit is written down to each member",
    "networks/actions/invented/desks.py": "the demo morning acts as each desk of its locality",
    "networks/management/commands/downtime_pack.py": "a house is named by its code, by nobody",
    "networks/management/commands/import_lists.py": "list sizes of all England",
    "networks/management/commands/import_ods.py": "practices and networks of all England",
    "networks/management/commands/open_network.py": "a network is opened before it has people",
    "networks/management/commands/seed_demo.py": "the demo's locality is made before its people",
}


def _calls(path, *names):
    """The calls of these functions in the file."""
    return [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in names
    ]


def _house(path):
    return place(path).split("/")[0]


def _ours():
    return [path for path in python_files() if _house(path) in STREET]


def _crosses(path):
    keywords = [word.arg for call in _calls(path, "Reach") for word in call.keywords]
    return bool(_calls(path, "everywhere", "clockwork")) or "everywhere_because" in keywords


def test_only_the_listed_cross_the_wall():
    crossing = {place(path) for path in _ours() if _crosses(path)}

    assert crossing - set(CROSSERS) == set()
    assert set(CROSSERS) - crossing - {"practices/doors.py", "practices/rules/reach.py"} == set()


def test_no_door_a_person_knocks_at_crosses_the_wall():
    doors = [
        path
        for path in _ours()
        if {"views", "api", "presenters", "forms"} & set(path.with_suffix("").parts)
    ]

    assert len(doors) > 20
    assert [place(path) for path in doors if _crosses(path)] == []


def _constants(path):
    """Names that stand for a text at the top of the file."""
    return {
        target.id: node.value.value
        for node in tree(path).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _imports_outbox(path):
    """Whether `later` is the outbox's word in this file."""
    return any(
        isinstance(node, ast.ImportFrom) and node.module == "practices.outbox"
        for node in tree(path).body
    )


def _tasks_named():
    """Each promise and nudge: where, and the task it names; None where it cannot be read."""
    for path in _ours():
        promises = ["later"] if _imports_outbox(path) else []
        for call in _calls(path, "send_task", *promises):
            named = call.args[0] if call.args else None
            if isinstance(named, ast.Name):
                yield path, call, _constants(path).get(named.id)
            else:
                yield path, call, getattr(named, "value", None)


def test_the_outbox_names_tasks_that_exist():
    current_app.loader.import_default_modules()
    unknown = [
        f"{place(path, call)} {task}"
        for path, call, task in _tasks_named()
        if task not in current_app.tasks
    ]

    assert len(list(_tasks_named())) >= 3
    assert unknown == []


def test_the_roof_names_a_task_that_exists_for_changed_days():
    current_app.loader.import_default_modules()

    assert settings.WHEN_A_DAY_CHANGES in current_app.tasks


def test_promised_work_stays_on_the_street():
    """A house promises its own work or that of a house further in, never of one nearer the roof."""
    against = [
        f"{place(path, call)} {task}"
        for path, call, task in _tasks_named()
        if STREET.index(str(task).split(".")[0]) < STREET.index(_house(path))
    ]

    assert against == []
