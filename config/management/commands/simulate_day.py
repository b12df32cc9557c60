"""`manage simulate_day`: a network lives one day through the actions its pages use."""

import os
import time
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from appointments.rules.rebalancing import Instance, Plan, plan
from appointments.tasks.milp import Highs
from config.reach import acting_in_browser
from networks.actions.simulated import Lived, Stage, live, set_stage
from networks.management.files import read_file
from networks.presenters import lived_day as words
from networks.queries.lived_days import lived_cases
from networks.queries.promises import broken_promises, days_past_limit
from networks.rules.demand import FILES, Demand, demand_in
from networks.rules.lived_day import summary_of
from practices.doors import opened, perform
from practices.rules.london import day_words, midnight
from practices.rules.reach import Actor, clockwork
from practices.rules.refusals import BadInput, Refused

BY = clockwork("simulate_day")


class Command(BaseCommand):
    help = (
        "Live one day of an open network at full speed, with its list sizes and the published "
        "telephone and online demand. It WRITES into the database it is pointed at, people, "
        "cases and bookings, and does not take them back. Training only. 1 if an invariant fails."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--network", required=True, metavar="CODE", help="like U12345")
        parser.add_argument(
            "--date", required=True, type=date.fromisoformat, metavar="D", help="like 2026-11-23"
        )
        parser.add_argument("--seed", type=int, default=1, help="the same seed, the same day")
        parser.add_argument(
            "--data", type=Path, metavar="FOLDER", help="public data; else HEADROOM_DATA"
        )
        parser.add_argument("--again", action="store_true", help="on top of a day with cases")
        parser.add_argument(
            "--enforce", action="store_true", help="first set every practice to enforce limits"
        )

    def handle(
        self,
        *args: object,
        network: str,
        date: date,
        seed: int,
        data: Path | None,
        again: bool,
        enforce: bool,
        **options: object,
    ) -> None:
        demand = demand_of(data, date)
        started = time.monotonic()
        stage = self._set_stage(network, date, seed, again=again, enforce=enforce)
        ready = time.monotonic()
        lived = live(
            stage=stage,
            demand=demand,
            seed=seed,
            solve=solved,
            clockwork=BY,
            actor_of=actor_of,
        )
        done = time.monotonic()
        faults = self._tell(lived)
        counted = lived.counted.get("wishes", 0)
        self.stdout.write(
            f"{counted:,} wishes in {done - ready:.1f} seconds,"
            f" {(done - ready) * 1000 / max(1, counted):.1f} ms each;"
            f" setting the stage took {ready - started:.1f} seconds."
        )
        if faults:
            raise CommandError(f"{len(faults)} invariants are broken.")
        self.stdout.write("Every invariant holds.")

    def _set_stage(
        self, network: str, day: date, seed: int, *, again: bool, enforce: bool
    ) -> Stage:
        try:
            stage = perform(
                set_stage,
                by=BY,
                at=six_on(day),
                code=network.strip().upper(),
                day=day,
                seed=seed,
                again=again,
                enforce=enforce,
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        assert isinstance(stage, Stage)
        people = sum(len(house.patients) for house in stage.houses)
        self.stdout.write(
            f"{network.strip().upper()} on {day_words(day)}, seed {seed}:"
            f" {len(stage.houses)} practices and a hub,"
            f" {people:,} patients, {stage.planned:,} appointments booked ahead."
        )
        self.stdout.flush()
        return stage

    def _tell(self, lived: Lived) -> list[str]:
        """The day in lines; the invariants that are broken at its end."""
        with opened(BY.reach, at=lived.ended_at):
            summary = summary_of(lived_cases(lived.references), lived.ended_at)
            faults = [*broken_promises(at=lived.ended_at), *days_past_limit()]
        self._write(words.came_in(summary))
        self._write(words.where_it_went(summary))
        self._write(words.waits(summary.waits))
        self._write(words.loads(lived.at_eight, lived.at_end))
        self._write(words.on_the_way(lived.counted, lived.moves_of_a_patient))
        self._write(words.refusals(lived.refused, lived.counted))
        self._write(words.left_over(summary))
        self._write(f"BROKEN {fault}" for fault in faults)
        return faults

    def _write(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)


def demand_of(folder: Path | None, day: date) -> Demand:
    """The published demand of such a weekday, or a sentence that says which file is missing."""
    given = folder or (Path(os.environ["HEADROOM_DATA"]) if "HEADROOM_DATA" in os.environ else None)
    if given is None:
        raise CommandError(
            "The published demand is needed: set HEADROOM_DATA to the folder with the public"
            " data, or name it with --data FOLDER."
        )
    files = {name: read_file(given / "demand" / name, bytes) for name in FILES}
    try:
        return demand_in(files, day.weekday())
    except BadInput as trouble:
        raise CommandError(f"{given / 'demand'}: {trouble}") from trouble


def six_on(day: date) -> datetime:
    """The instant the simulated clock begins at."""
    return midnight(day) + timedelta(hours=6)


def solved(instance: Instance) -> Plan:
    """The proven planner's answer."""
    return plan(instance, Highs())


def actor_of(user_id: int, membership_id: int, at: datetime) -> Actor:
    """Whoever acts, with the reach they would have after signing in."""
    acting = acting_in_browser(user_id, membership_id, at)
    assert acting is not None, "everybody on the stage has a membership that day"
    return acting.actor
