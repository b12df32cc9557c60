"""What a booking costs over HTTP, beside the same writes by bare prepared statements."""

import statistics
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from practices import clock
from practices.doors import everywhere
from practices.models import Organisation
from triage.management.measuring.callers import Asked, Caller, book_all
from triage.management.measuring.cpu import CpuWatch, Spent, parent_of
from triage.management.measuring.floor import FloorRun, run_floor, set_out
from triage.management.measuring.localities import PASSWORD, Turn, fresh_turns
from triage.management.measuring.web import Web, web_server

# Rows a booking leaves; both sides must leave the same, or they cannot be compared.
LEAVES = (
    "appointments_booking",
    "appointments_changedday",
    "practices_auditentry",
    "practices_message",
    "practices_outboxitem",
    "triage_casestep",
    "triage_routedecision",
)


@dataclass(frozen=True, slots=True)
class Round:
    """One pair of runs, A over HTTP and B the floor, with the CPU of each."""

    asked: Asked
    http: Spent
    floor: FloorRun
    floor_cpu: Spent

    @property
    def rate(self) -> float:
        return len(self.asked.milliseconds) / self.asked.seconds

    @property
    def floor_rate(self) -> float:
        return self.floor.bookings / self.floor.seconds

    def cpu(self, tree: str) -> float:
        """Milliseconds of the tree a booking over HTTP."""
        return self.http.by_tree[tree] * 1000 / len(self.asked.milliseconds)

    @property
    def floor_cpu_each(self) -> float:
        return self.floor_cpu.by_tree["postgres"] * 1000 / self.floor.bookings


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rounds", type=int, default=3)
        parser.add_argument("--each", type=int, default=36, help="bookings of a client in a run")

    def handle(self, *, rounds: int, each: int, **options: object) -> None:
        at = clock.now()
        _check_throw_away(at)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid(), current_setting('fsync')")
            backend, fsync = cursor.fetchone()
            cursor.execute("SHOW synchronous_commit")
            commits = cursor.fetchone()[0]
        self.stdout.write(f"Durability: fsync {fsync}, synchronous_commit {commits}.")
        made = [fresh_turns(f"M{number}", each, at=at) for number in range(2 * rounds + 2)]
        with web_server() as web:
            watch = CpuWatch({"web": web.pid, "postgres": parent_of(backend)})
            _round(web, watch, made[0], made[1], at=at)  # warm-up, not counted
            measured = [
                _round(web, watch, made[2 * number], made[2 * number + 1], at=at)
                for number in range(1, rounds + 1)
            ]
        self.report(measured)

    def report(self, rounds: list[Round]) -> None:
        """Round by round, then the medians."""
        for number, one in enumerate(rounds, 1):
            self.stdout.write(
                f"Round {number}: {one.rate:.0f} bookings a second over HTTP,"
                f" {one.floor_rate:.0f} by {one.floor.by}; others used"
                f" {one.http.others_in_cores:.2f} and {one.floor_cpu.others_in_cores:.2f} cores."
            )
        middle = statistics.median
        web, database = (middle(one.cpu(tree) for one in rounds) for tree in ("web", "postgres"))
        lines = (
            f"Bookings measured: {sum(len(one.asked.milliseconds) for one in rounds)},"
            f" each answer 201 and booked, {len(LEAVES)} tables with equal new rows.",
            f"Throughput: {middle(one.rate for one in rounds):.0f} a second, 8 clients.",
            f"Latency: p50 {middle(one.asked.percentile(50) for one in rounds):.1f} ms,"
            f" p95 {middle(one.asked.percentile(95) for one in rounds):.1f} ms.",
            f"CPU a booking: {web + database:.2f} ms ({web:.2f} app, {database:.2f} PostgreSQL);"
            f" the floor {middle(one.floor_cpu_each for one in rounds):.2f} ms PostgreSQL.",
            f"Ratio to the floor: {middle(one.rate / one.floor_rate for one in rounds):.3f}"
            f" ({middle(one.floor_rate for one in rounds):.0f} a second).",
        )
        for line in lines:
            self.stdout.write(line)


def _check_throw_away(at: datetime) -> None:
    """Invented rows never land beside real ones."""
    with everywhere(because="a measurement's set-up", at=at):
        is_empty = not Organisation.objects.exists()
    if not (settings.TRAINING and is_empty):
        raise CommandError("This fills an empty database with invented rows: ./dev bench booking.")


def _round(
    web: Web, watch: CpuWatch, over_http: list[list[Turn]], bare: list[list[Turn]], *, at: datetime
) -> Round:
    callers = []
    for mine in over_http:
        callers.append(Caller(web.port))
        callers[-1].sign_in(mine[0].username, PASSWORD)
    work = [[(turn.reference, turn.slot_id) for turn in mine] for mine in over_http]
    before = _rows(at)
    watch.spent()
    asked = book_all(callers, work)
    spent = watch.spent()
    for caller in callers:
        caller.connection.close()
    if asked.wrong:
        raise CommandError(
            f"{len(asked.wrong)} answers were wrong, first: {asked.wrong[0]}\n{web.said()}"
        )
    middle = _rows(at)
    each = set_out(bare, at=at)
    watch.spent()
    floor = run_floor(len(bare), each)
    floor_spent = watch.spent()
    _check_same_rows(before, middle, _rows(at), len(asked.milliseconds), floor.bookings)
    return Round(asked, spent, floor, floor_spent)


def _rows(at: datetime) -> list[int]:
    with everywhere(because="a measurement's count", at=at), connection.cursor() as cursor:
        counts = []
        for table in LEAVES:
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - one of LEAVES
            counts.append(cursor.fetchone()[0])
        return counts


def _check_same_rows(
    first: list[int], middle: list[int], last: list[int], asked: int, bare: int
) -> None:
    for table, a, b, c in zip(LEAVES, first, middle, last, strict=True):
        if (b - a) * bare != (c - b) * asked:
            raise CommandError(
                f"{table}: {(b - a) / asked:.2f} rows a booking over HTTP,"
                f" {(c - b) / bare:.2f} by the floor. They cannot be compared."
            )
