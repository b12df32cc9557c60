"""`bench gap FILES`: OR-Library's generalised assignment files, solved and proved; no database."""

from argparse import ArgumentParser
from pathlib import Path
from statistics import mean
from time import perf_counter

from django.core.management.base import BaseCommand, CommandError

from appointments.rules.rebalancing import InstanceError
from appointments.rules.rebalancing.assignment import Assigned, assign, read_assignment
from appointments.tasks.milp import Highs

MARK_SECONDS = 20.0


class Command(BaseCommand):
    help = "Solve generalised assignment files (minimising cost) and print value, bound and proof."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", metavar="FILES", nargs="+", help="OR-Library files")

    def handle(self, *, files: list[str], **_: object) -> None:
        self.stdout.write(f"{'instance':<12}{'value':>9}{'bound':>9}{'proved':>9}{'seconds':>10}")
        proved, seconds = 0, []
        for file in files:
            answer, took = _solved(Path(file))
            proved += answer.is_proved
            seconds.append(took)
            self.stdout.write(
                f"{Path(file).name:<12}{answer.value:>9}{answer.bound:>9}"
                f"{'yes' if answer.is_proved else 'no':>9}{took:>10.3f}"
            )
        self.stdout.write(
            f"{proved} of {len(files)} proved, mean {mean(seconds):.2f} s,"
            f" slowest {max(seconds):.2f} s (mark {MARK_SECONDS:g} s)"
        )


def _solved(path: Path) -> tuple[Assigned, float]:
    try:
        assignment = read_assignment(path.name, path.read_text("ascii"))
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise CommandError(f"{path} is not plain text.") from None
    except InstanceError as refusal:
        raise CommandError(str(refusal)) from None
    started = perf_counter()
    answer = assign(assignment, Highs(brake_seconds=MARK_SECONDS))
    if answer is None:
        raise CommandError(f"{path.name} has no assignment within the capacities.")
    return answer, perf_counter() - started
