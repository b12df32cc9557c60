"""The floor: the rows of a booking written by six prepared statements, and nothing else.

No sign-in, no policy, no rule but the ledger's and the share's own: what PostgreSQL itself
needs for the same writes on the same tables. By pgbench, or by bare psycopg2 where it is missing.
"""

import re
import shutil
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg2
from django.conf import settings
from django.core.management.base import CommandError

from triage.management.measuring.localities import Turn

TURNS = """
CREATE TABLE IF NOT EXISTS measured_turn AS
  SELECT 0 AS turn, now() AS at, c.id AS case_id, s.id AS slot_id, u.id AS user_id,
         u.username::text AS role
  FROM triage_case c, appointments_slot s, practices_user u WHERE false;
CREATE UNIQUE INDEX IF NOT EXISTS measured_turn_key ON measured_turn (turn);
TRUNCATE measured_turn
"""
TURN = """
INSERT INTO measured_turn
  SELECT %s, %s, %s, %s, id, 'receptionist' FROM practices_user WHERE username = %s
"""
# Six statements; `:turn` is pgbench's way to write a parameter.
STATEMENTS = Path(__file__).with_name("booking.sql").read_text().strip().rstrip(";").split(";\n\n")


@dataclass(frozen=True, slots=True)
class FloorRun:
    """Bookings written, how long it took, and by what."""

    bookings: int
    seconds: float
    by: str


def set_out(turns: list[list[Turn]], *, at: datetime) -> int:
    """The turns are numbered in the database, desk after desk; how many each desk has."""
    each = min(len(mine) for mine in turns)
    with psycopg2.connect(settings.DATABASE_URL) as owner, owner.cursor() as cursor:
        cursor.execute(TURNS)
        for desk, mine in enumerate(turns):
            for count, turn in enumerate(mine[:each]):
                number = desk * each + count
                cursor.execute(TURN, [number, at, turn.case_id, turn.slot_id, turn.username])
    owner.close()
    return each


def run_floor(desks: int, each: int) -> FloorRun:
    """The turns' rows are written, each desk on a connection of its own, all at once."""
    pgbench = shutil.which("pgbench")
    return _by_pgbench(pgbench, desks, each) if pgbench else _by_psycopg2(desks, each)


def _by_pgbench(program: str, desks: int, each: int) -> FloorRun:
    """Each client's turn follows the last: `next` is a variable the client keeps."""
    lines = [f"\\set turn :client_id * {each} + :next", "BEGIN;"]
    lines += [f"{statement};" for statement in STATEMENTS]
    lines += ["COMMIT;", "\\set next :next + 1"]
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "booking.sql"
        script.write_text("\n".join(lines) + "\n")
        words = [program, "-n", "-M", "prepared", "-c", str(desks), "-j", "2", "-t", str(each)]
        done = subprocess.run(  # noqa: S603 - the program of our own PostgreSQL
            [*words, "-D", "next=0", "-f", str(script), settings.DATABASE_URL],
            capture_output=True,
            text=True,
            check=False,
        )
    rate = re.search(r"tps = ([\d.]+)", done.stdout)
    if done.returncode != 0 or rate is None:
        raise CommandError(f"pgbench failed: {done.stderr[-1000:]}")
    return FloorRun(desks * each, desks * each / float(rate[1]), "pgbench -M prepared")


def _by_psycopg2(desks: int, each: int) -> FloorRun:
    start = threading.Barrier(desks + 1)

    def one(desk: int) -> None:
        with psycopg2.connect(settings.DATABASE_URL) as connection, connection.cursor() as cursor:
            for number, statement in enumerate(STATEMENTS):
                prepared = statement.replace(":turn", "$1")
                cursor.execute(f"PREPARE s{number} (int) AS {prepared}")
            connection.commit()
            start.wait()
            for turn in range(desk * each, (desk + 1) * each):
                for number in range(len(STATEMENTS)):
                    cursor.execute(f"EXECUTE s{number} ({turn})")
                connection.commit()
        connection.close()

    threads = [threading.Thread(target=one, args=(desk,)) for desk in range(desks)]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return FloorRun(desks * each, time.perf_counter() - began, "a bare psycopg2 loop")
