"""What the people of each house see at this moment, read as the pages read it."""

from dataclasses import dataclass

from hubs.queries import reads_from
from practices.clock import bank_holidays
from practices.doors import opened
from practices.models import Patient
from tests.mischief.day import Day
from triage.models import Case
from triage.queries.all_clear import DayCase, PracticeDay, practice_day
from triage.queries.duty_page import DutyPage, duty_page
from triage.queries.paperwork import tasks
from triage.queries.queue_rows import QueueRow
from triage.queries.supervising_page import supervising_page
from triage.queries.worklist import QUEUE, Filters, worklist

EVERY = 10_000
DUTY = {"OAK1": "duty", "ELM1": "gp_elm"}


@dataclass(frozen=True)
class Practice:
    """What the people of one practice see now."""

    clear: PracticeDay
    lines: dict[str, DayCase]
    duty: DutyPage
    called: frozenset[str]
    back: frozenset[str]
    tasks: frozenset[str]
    cases: frozenset[str]
    patients: frozenset[int]


@dataclass(frozen=True)
class Hub:
    """What the people of the hub see now."""

    queue: dict[str, QueueRow]
    back: frozenset[str]
    cases: frozenset[str]
    patients: frozenset[int]
    is_shut: bool


def practice_now(day: Day, practice_id: int) -> Practice:
    at, code = day.at, "OAK1" if day.is_oak(practice_id) else "ELM1"
    by = day.by(DUTY[code])
    with opened(by.reach, at=at):
        clear, duty = practice_day(by=by, at=at), duty_page(by=by, at=at)
    desk = day.by(day.desk(practice_id))
    with opened(desk.reach, at=at):
        listed = [one.row.reference for one in tasks(practice_id=practice_id, at=at).rows]
        cases = frozenset(Case.objects.values_list("reference", flat=True))
        patients = frozenset(Patient.objects.values_list("pk", flat=True))
    back = frozenset(one.row.reference for one in duty.handed_back)
    rows = (*duty.decide.rows, *duty.unread, *duty.calls)
    lines = {one.row.reference: one for one in (*clear.loose, *clear.waiting, *clear.done)}
    called = frozenset(row.reference for row in rows) | back
    return Practice(clear, lines, duty, called, back, frozenset(listed), cases, patients)


def hub_now(day: Day) -> Hub:
    gp, supervisor = day.by("hub_gp"), day.by("supervisor")
    filters = Filters(states=QUEUE)
    with opened(gp.reach, at=day.at):
        rows = worklist(at=day.at, filters=filters, clinician_id=gp.clinician_id, most=EVERY).rows
        cases = frozenset(Case.objects.values_list("reference", flat=True))
        patients = frozenset(Patient.objects.values_list("pk", flat=True))
        reads = reads_from(day.world.hub.pk, at=day.at, holidays=bank_holidays())
    with opened(supervisor.reach, at=day.at):
        page = supervising_page(by=supervisor, at=day.at)
    back = frozenset(row.reference for row in page.handed_back)
    return Hub({row.reference: row for row in rows}, back, cases, patients, reads is not None)
