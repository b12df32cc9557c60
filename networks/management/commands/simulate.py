"""`manage simulate`: a synthetic network lives N days under each policy; reads no database."""

import json as plain_json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterable, Mapping
from random import Random

from django.core.management.base import BaseCommand

from appointments.rules.rebalancing import Instance, Plan, plan
from appointments.tasks.milp import Highs
from networks.presenters.outcome_tables import agreement_lines, as_plain, mark_lines, table_lines
from networks.rules.simulation.chance import Chance, Streams
from networks.rules.simulation.experiments import POLICIES, Experiment
from networks.rules.simulation.facts import Setting
from networks.rules.simulation.marks import held
from networks.rules.simulation.published import health_centre, treatment_centre
from networks.rules.simulation.published.measured import agreements
from networks.rules.simulation.tables import table_of

SETTINGS = {
    "as it is": Setting(),
    "demand +15 %": Setting(demand=1.15),
    "demand -15 %": Setting(demand=0.85),
    "a hub of seven": Setting(hub_size=7),
    "a hub of five": Setting(hub_size=5),
}


CHECKS: Mapping[str, tuple[Mapping[str, float], Callable[[Streams, int], Mapping[str, float]]]] = {
    "treat_sim": (treatment_centre.PUBLISHED, treatment_centre.lived),
    "shoaib": (health_centre.PUBLISHED, health_centre.lived),
}


class Command(BaseCommand):
    help = (
        "Let a synthetic network of five practices and a hub live the same days under each policy:"
        " no hub; a hub first come first served, own practice first; the earliest slot anywhere;"
        " Headroom. All assumptions are in networks/rules/simulation/assumptions.py."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--policies", type=named_policies, default=POLICIES, metavar="A,B", help="all of them"
        )
        parser.add_argument("--days", type=int, default=30, help="30 by default, at least 2")
        parser.add_argument("--seed", type=int, default=1, help="the same seed, the same table")
        parser.add_argument(
            "--sensitivity", action="store_true", help="also demand ±15 %% and smaller hubs"
        )
        parser.add_argument(
            "--check", choices=sorted(CHECKS), help="live a published model instead, and compare"
        )
        parser.add_argument("--runs", type=int, default=10, help="of a published model")
        parser.add_argument("--json", action="store_true", help="all figures as JSON")

    def handle(
        self,
        *,
        policies: tuple[str, ...],
        days: int,
        seed: int,
        sensitivity: bool,
        check: str | None,
        runs: int,
        json: bool,
        **_: object,
    ) -> None:
        if check:
            published, lived = CHECKS[check]
            found = agreements(published, [lived(streams_of(seed), i) for i in range(runs)])
            self._write(agreement_lines(found))
            return
        chosen = SETTINGS if sensitivity else {"as it is": Setting()}
        tables = {}
        for name, setting in chosen.items():
            table = table_of(Experiment(streams_of(seed), days, solved, setting), policies)
            marks = held(table.headroom, table.alike)
            tables[name] = as_plain(table, marks)
            if not json:
                self._write([f"{name}: {days} days, seed {seed}", "", *table_lines(table), ""])
                self._write([*mark_lines(marks, table), ""])
        if json:
            self.stdout.write(plain_json.dumps(tables, indent=1))

    def _write(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)
        self.stdout.flush()


def named_policies(text: str) -> tuple[str, ...]:
    """The policies of a list with commas, in the order of the table."""
    wanted = set(text.split(","))
    unknown = sorted(wanted - set(POLICIES))
    if unknown:
        raise ArgumentTypeError(f"there is no {unknown[0]}; there are {', '.join(POLICIES)}.")
    return tuple(policy for policy in POLICIES if policy in wanted)


def streams_of(seed: int) -> Streams:
    """A stream for each name, the same for a seed for ever."""

    def stream(name: str) -> Chance:
        return Random(f"{seed} {name}")  # noqa: S311 -- invented days, no secret

    return stream


def solved(instance: Instance) -> Plan:
    """The proven planner's answer."""
    return plan(instance, Highs())
