"""`manage plan FILE|- [--json]`: one instance in, the best lawful plan out; reads no database."""

import ctypes
import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from django.core.management.base import BaseCommand, CommandError

from appointments.rules.rebalancing import InstanceError, Plan, plan, read_instance, sentence
from appointments.tasks.milp import Highs

STANDARD_INPUT = "-"


class Command(BaseCommand):
    help = "Solve one rebalancing instance and show the plan, its reasons and its certificate."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the instance as JSON; - reads it here")
        parser.add_argument("--json", action="store_true", help="print the plan as JSON")

    def handle(self, *, file: str, json: bool, **_: object) -> None:
        try:
            instance = read_instance(_text(file))
        except InstanceError as refusal:
            raise CommandError(str(refusal)) from None
        started = perf_counter()
        with _chatter_to_standard_error():
            answer = plan(instance, Highs())
        seconds = perf_counter() - started
        self.stdout.write(_as_json(answer, seconds) if json else _as_text(answer, seconds))


@contextmanager
def _chatter_to_standard_error() -> Iterator[None]:
    """HiGHS prints a line now and then from C; the plan stays the only thing on standard output."""
    everything = ctypes.CDLL(None)
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        everything.fflush(None)
        os.dup2(kept, 1)
        os.close(kept)


def _text(file: str) -> str:
    try:
        return sys.stdin.read() if file == STANDARD_INPUT else Path(file).read_text("utf-8")
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise CommandError(f"{file} is not UTF-8 text.") from None


def _as_json(answer: Plan, seconds: float) -> str:
    return json.dumps(
        {
            "placements": [
                {"case": p.case, "slot": p.slot, "reasons": [sentence(r) for r in p.reasons]}
                for p in answer.placements
            ],
            "unplaced": [
                {"case": u.case, "reasons": [sentence(r) for r in u.reasons]}
                for u in answer.unplaced
            ],
            "levels": [
                {
                    "name": level.name,
                    "value": level.value,
                    "bound": level.bound,
                    "proved": level.proved,
                    "method": level.method,
                }
                for level in answer.levels
            ],
            "seconds": round(seconds, 4),
        },
        indent=1,
    )


def _as_text(answer: Plan, seconds: float) -> str:
    lines = [f"{p.case}: {p.slot}" for p in answer.placements]
    lines += [f"{u.case}: no place. {sentence(u.reasons[0])}" for u in answer.unplaced]
    lines += [
        f"{level.name:<11}{level.value:>8g}  at least {level.bound:g} by {level.method}"
        f"{', proved' if level.proved else ', not proved'}"
        for level in answer.levels
    ]
    return "\n".join([*lines, f"{seconds:.2f} seconds"])
