"""`./dev bench routing`: what one routing decision costs, without the database."""

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from appointments.rules.codes import Mode
from practices.rules.limits import LimitMode
from practices.rules.professions import Profession
from triage.rules.candidates import Candidate, CaseFacts, Where
from triage.rules.codes import Continuity, Need, Urgency
from triage.rules.outlook import outlook_of
from triage.rules.routing import rank, standing_candidates
from triage.rules.weights import WEIGHTS, Weights

NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
SIZES = (25, 50, 100, 300)
# Every weight in use, so that nothing that may be set is left out of the figure.
ALL_SET = Weights(
    share_used=2,
    gp_only=2,
    urgent_expected=2,
    another_day=200,
    kept_percent=80,
)
MEAN_MARK, P99_MARK = 0.5, 5.0
STAFF = (Profession.GP, Profession.ANP, Profession.PHARMACIST, Profession.PHYSIO, Profession.NURSE)
URGENCIES = (Urgency.P2, Urgency.P3, Urgency.P4, Urgency.P4, Urgency.P5, Urgency.P6)
NEEDS = tuple(need for need in Need if need is not Need.ADMIN)


class Command(BaseCommand):
    """Seeded made-up cases, each ranked once; processor time, so that neighbours do not count."""

    help = "Measure one routing decision without the database: mean and p99 in milliseconds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=int, default=4000)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *, cases: int, seed: int, **_: Any) -> None:
        self.stdout.write(f"{cases} cases each; the marks: mean {MEAN_MARK} ms, p99 {P99_MARK} ms.")
        for name, weights, with_refusals in (
            ("usual numbers", WEIGHTS, False),
            ("every weight set", ALL_SET, False),
            ("usual numbers and the refusals listed", WEIGHTS, True),
        ):
            for size in SIZES:
                chance = random.Random(seed)  # noqa: S311 - a measurement, nothing secret
                took = sorted(
                    _milliseconds(cases, size, weights, chance, with_refusals=with_refusals)
                )
                mean, p99 = sum(took) / len(took), took[int(len(took) * 0.99)]
                verdict = "reached" if mean <= MEAN_MARK and p99 <= P99_MARK else "not reached"
                self.stdout.write(
                    f"{name}, {size} places: mean {mean:.3f} ms, p99 {p99:.3f} ms ({verdict})"
                )


def _milliseconds(
    cases: int, size: int, weights: Weights, chance: random.Random, *, with_refusals: bool
) -> Iterator[float]:
    for _ in range(cases):
        case = _case(chance)
        places = [_place(number, chance) for number in range(size)]
        free = [(one.profession, one.places_left) for one in places if one.profession]
        started = time.process_time_ns()
        rest = outlook_of(weights, free, NOW)
        ranked = rank(case, [*standing_candidates(case), *places], NOW, weights, rest)
        if with_refusals:
            _ = ranked.refused
        yield (time.process_time_ns() - started) / 1e6


def _case(chance: random.Random) -> CaseFacts:
    urgency = chance.choice(URGENCIES)
    return CaseFacts(
        need=chance.choice(NEEDS),
        urgency=urgency,
        due_at=NOW + timedelta(hours=(0, 1, 2, 6, 9, 33, 72)[urgency.rank]),
        age=chance.randrange(0, 95),
        signed=True,
        continuity=chance.choice(list(Continuity)),
        continuity_clinician=chance.choice((None, 1, 2, 3)),
    )


def _place(number: int, chance: random.Random) -> Candidate:
    where = chance.choice((Where.OWN, Where.HUB, Where.HUB, Where.OTHER))
    return Candidate(
        key=f"slot-{number}",
        where=where,
        site=where.label,
        who="1 clinician",
        clinician=chance.randrange(1, 12),
        profession=chance.choice(STAFF),
        starts_at=NOW + timedelta(minutes=15 * chance.randrange(1, 150)),
        mode=chance.choice((Mode.FACE_TO_FACE, Mode.FACE_TO_FACE, Mode.PHONE)),
        travel_minutes=0 if where is Where.OWN else chance.randrange(3, 25),
        points_after=chance.randrange(20, 280),
        limit=250,
        limit_mode=LimitMode.ENFORCE,
        share_left=None if where is Where.OWN else chance.randrange(0, 12),
    )
