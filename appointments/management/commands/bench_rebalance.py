"""`bench rebalance`: the solver's marks on invented networks; no database.

The solver has one thread, so seconds are those of its processor: what a quiet machine's clock
would show, whoever else is at work. The load of others stands at the top.
"""

import os
from argparse import ArgumentParser
from dataclasses import dataclass, replace
from statistics import mean, quantiles
from time import process_time

from django.core.management.base import BaseCommand

from appointments.management.made_networks import (
    PEAK,
    made_members,
    made_network,
    made_pool,
    with_arrivals,
)
from appointments.rules.rebalancing import Instance, Plan, plan
from appointments.rules.rebalancing.flow import flow
from appointments.rules.rebalancing.levels import LEVELS, score
from appointments.rules.rebalancing.survey import survey
from appointments.tasks.matching import match
from appointments.tasks.milp import Highs

SIZES = (10, 25, 50, 100, 150, 200)
STEADY, BUSY = 25, 100
NATIONAL = 1250
CORES = 2
ARRIVALS, ARRIVAL_SEED = 3, 10_000
P95_MARKS = {25: 1.0, 50: 2.0, 100: 8.0, 150: 8.0, 200: 8.0}
PROVED_WITHIN = {10: 2.0, 25: 2.0, 50: 2.0, 100: 10.0, 150: 10.0, 200: 10.0}


@dataclass(frozen=True, slots=True)
class Run:
    """One network solved: the plan and how long it took."""

    answer: Plan
    seconds: float


class Command(BaseCommand):
    help = "Measure exact, flow and pooled rebalancing on invented networks against the marks."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--networks", type=int, default=20, help="networks for each size")
        parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="open cases")
        parser.add_argument("--pooled", type=int, default=30, help="networks in the pool")
        parser.add_argument("--seed", type=int, default=0, help="the first network's seed")

    def handle(
        self, *, networks: int, sizes: list[int], pooled: int, seed: int, **_: object
    ) -> None:
        seeds = range(seed, seed + networks)
        self.stdout.write(
            f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        )
        means = self._exact(sizes, seeds)
        flow_seconds = self._flow(seeds)
        self._pooled(pooled, seed)
        self._stability(seeds)
        self._national(means, flow_seconds)

    def _exact(self, sizes: list[int], seeds: range) -> dict[int, float]:
        """Seven levels, weighted contacts: proof and time by the number of open cases."""
        self.stdout.write(
            f"{'exact: open':<12}{'proved':>8}{'in time':>9}{'mean s':>8}{'p95 s':>8}"
            f"{'mark':>6}{'worst s':>9}{'unplaced':>10}{'one change':>12}"
        )
        means = {}
        for size in sizes:
            runs = [_timed(made_network(seed=seed, open_cases=size)) for seed in seeds]
            seconds = [run.seconds for run in runs]
            means[size] = mean(seconds)
            proved = mean(run.answer.is_proved for run in runs)
            brake = PROVED_WITHIN.get(size, 10.0)
            in_time = mean(run.answer.is_proved and run.seconds <= brake for run in runs)
            unplaced, single = _explained([run.answer for run in runs])
            self.stdout.write(
                f"{size:<12}{proved:>8.0%}{in_time:>9.0%}{means[size]:>8.2f}{_p95(seconds):>8.2f}"
                f"{P95_MARKS.get(size, 8.0):>6g}{max(seconds):>9.2f}{unplaced:>10}{single:>12}"
            )
        return means

    def _flow(self, seeds: range) -> float:
        """Flat contacts: the time a network takes, and how near it comes to the exact plan."""
        seconds, equal, exact = [], 0, []
        for seed in seeds:
            known = made_network(seed=seed, open_cases=PEAK, flat=True)
            started = process_time()
            board = flow(survey(known), match)
            seconds.append(process_time() - started)
            run = _timed(known)
            exact.append(run.seconds)
            if board is not None:
                values = score(board.survey, board.places)
                best = [level.value for level in run.answer.levels]
                best[LEVELS.index("excess")] *= 10
                equal += list(values) == best
        self.stdout.write(
            f"flow, {PEAK} open, flat contacts: mean {mean(seconds) * 1000:.1f} ms (mark 15),"
            f" {equal} of {len(seeds)} equal the exact plan at all levels,"
            f" which took {mean(exact):.2f} s"
        )
        return mean(seconds)

    def _pooled(self, networks: int, seed: int) -> None:
        """Mutual aid: the same flow over many networks at once."""
        pool = made_pool(seed=seed, networks=networks, open_cases=PEAK)
        started = process_time()
        board = flow(survey(pool), match)
        seconds = process_time() - started
        alone = [0] * len(LEVELS)
        for member in made_members(seed=seed, networks=networks, open_cases=PEAK):
            one = flow(survey(replace(member, share_caps=(), supervision=())), match)
            if one is not None:
                alone = [a + b for a, b in zip(alone, score(one.survey, one.places), strict=True)]
        together = score(board.survey, board.places) if board is not None else alone
        self.stdout.write(
            f"pooled, {networks} networks: {seconds:.2f} s (mark 3);"
            f" same-day breaches {alone[1]} alone, {together[1]} together;"
            f" excess {alone[2] / 10:g} alone, {together[2] / 10:g} together"
        )

    def _stability(self, seeds: range) -> None:
        """A rerun, and three arrivals on top of what was proposed.

        What changes is forced where fewer changes would be worse by one of the first three goals.
        """
        identical, changed, forced, seconds = 0, [], [], []
        for seed in seeds:
            known = made_network(seed=seed, open_cases=PEAK)
            first = _places(plan(known, Highs()))
            identical += _places(plan(known, Highs())) == first
            anchored = replace(
                known,
                cases=tuple(replace(c, proposed=first.get(c.id)) for c in known.cases),
            )
            arrived = with_arrivals(anchored, seed=seed + ARRIVAL_SEED, arrivals=ARRIVALS)
            run = _timed(arrived)
            seconds.append(run.seconds)
            forced.append(run.answer.altered.bound)
            later = _places(run.answer)
            changed.append(sum(later.get(case) != slot for case, slot in first.items()))
        self.stdout.write(
            f"rerun: {identical} of {len(seeds)} identical; three arrivals change"
            f" {mean(changed):.2f} placements on average, {max(changed)} at most (mark 1),"
            f" {mean(forced):.2f} of them forced; mean {mean(seconds):.2f} s,"
            f" worst {max(seconds):.2f} s"
        )

    def _national(self, means: dict[int, float], flow_seconds: float) -> None:
        """What the whole country would cost on two cores."""
        steady, peak = means.get(STEADY), means.get(BUSY)
        if steady is not None:
            seconds = NATIONAL * steady / CORES
            self.stdout.write(f"national, steady: {seconds:.0f} s on two cores (mark 180)")
        if peak is not None:
            minutes = NATIONAL * peak / CORES / 60
            self.stdout.write(f"national, all at peak: {minutes:.1f} min on two cores (mark 20)")
        self.stdout.write(f"national, flow: {NATIONAL * flow_seconds:.1f} s on one core (mark 20)")


def _timed(known: Instance) -> Run:
    started = process_time()
    answer = plan(known, Highs())
    return Run(answer, process_time() - started)


def _p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]


def _places(answer: Plan) -> dict[str, str]:
    return {placement.case: placement.slot for placement in answer.placements}


def _explained(answers: list[Plan]) -> tuple[int, str]:
    """How many cases found no place, and how many of them one change would have placed."""
    codes = [entry.reasons[0].code for answer in answers for entry in answer.unplaced]
    single = sum(code != "several" for code in codes)
    return len(codes), f"{single / len(codes):.0%}" if codes else "-"
