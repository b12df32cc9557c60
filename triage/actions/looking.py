"""Clinicians looking at patients: a page that shows one leaves exactly one line of who read it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from practices.actions.reading import log_seen
from practices.rules.reach import Actor
from practices.rules.refusals import Absent
from practices.rules.roles import Role
from triage.actions.bouncing import Named, clinicians_to_name
from triage.queries.all_clear import PracticeDay, practice_day
from triage.queries.also_open import AlsoOpen, also_open
from triage.queries.case_page import CasePage, case_page
from triage.queries.colleagues import Colleague, colleagues
from triage.queries.done import DonePage, done_page
from triage.queries.duty_page import DutyPage, duty_page
from triage.queries.gone_home import ListRow, list_of
from triage.queries.handovers import OwedRow, owed_of
from triage.queries.offers import OfferRow, open_offers
from triage.queries.options import PharmacyLine, pharmacy_line
from triage.queries.proposals import ProposalRow, RunRow, proposals_page, proposals_together
from triage.queries.queue_page import QueuePage, queue_page
from triage.queries.queue_rows import Place, QueueRow
from triage.queries.second_looks import LookRow, second_looks
from triage.queries.session_page import SessionPage, session_page
from triage.queries.shift_end import ShiftEnd, shift_end
from triage.queries.standing import Standing, facts_of_row, standing_of
from triage.queries.supervising_page import SupervisingPage, supervising_page
from triage.queries.worklist import Filters
from triage.rules.codes import ClassStatus
from triage.rules.states import State


@dataclass(frozen=True, slots=True)
class Look:
    """A case, how I stand to it, who can be named where it bounced before, and what it owes."""

    case: CasePage
    standing: Standing
    named: tuple[Named, ...]
    colleagues: tuple[Colleague, ...]
    also_open: tuple[AlsoOpen, ...]
    owed: tuple[OwedRow, ...]
    at_practice: bool
    pharmacy: PharmacyLine | None


def look_at_queue(
    *, filters: Filters, after: Place | None = None, by: Actor, at: datetime
) -> QueuePage:
    """The queue page, and on record whose names it showed."""
    page = queue_page(by=by, at=at, filters=filters, after=after)
    log_seen([row.patient_id for row in page.list.rows], page="queue", by=by, at=at)
    return page


def look_at_done(*, day: date, is_mine: bool, by: Actor, at: datetime) -> DonePage:
    """What was finished that day, and on record whose names it showed."""
    page = done_page(day=day, is_mine=is_mine, by=by, at=at)
    log_seen(page.patient_ids, page="done", by=by, at=at)
    return page


def look_at_second_looks(*, by: Actor, at: datetime) -> tuple[LookRow, ...]:
    """Whose cases are looked at again, and on record whose names it showed."""
    rows = second_looks(at=at)
    log_seen([one.row.patient_id for one in rows], page="second_looks", by=by, at=at)
    return rows


def look_at_duty(*, by: Actor, at: datetime) -> DutyPage:
    """What falls to the duty clinician, and on record whose names it showed."""
    page = duty_page(by=by, at=at)
    log_seen(page.patient_ids, page="duty", by=by, at=at)
    return page


def look_at_supervising(*, by: Actor, at: datetime) -> SupervisingPage:
    """Who I supervise and what waits for my name, and on record whose names it showed."""
    page = supervising_page(by=by, at=at)
    log_seen(page.patient_ids, page="supervising", by=by, at=at)
    return page


def look_at_shift_end(*, by: Actor, at: datetime) -> ShiftEnd:
    """What I leave at the end of my shift, and on record whose names it showed."""
    found = shift_end(by=by, at=at)
    log_seen(found.patient_ids, page="shift_end", by=by, at=at)
    return found


def look_at_day(*, by: Actor, at: datetime) -> PracticeDay:
    """Every patient of ours today, and on record whose names it showed."""
    day = practice_day(by=by, at=at)
    seen = [one.row.patient_id for one in (*day.loose, *day.waiting, *day.done)]
    seen += [one.patient_id for one in day.planned] + [one.patient_id for one in day.owed]
    seen += [one.row.patient_id for one in day.unwritten]
    log_seen(seen, page="day", by=by, at=at)
    return day


def look_at_proposals(
    *, day: date, by: Actor, at: datetime
) -> tuple[list[ProposalRow], RunRow | None, list[OfferRow]]:
    """What is proposed for our patients on the day, and on record whose names it showed."""
    rows, run = proposals_page(day=day)
    offers = open_offers(day=day)
    seen = [*(row.patient_id for row in rows), *(row.patient_id for row in offers)]
    log_seen(seen, page="proposals", by=by, at=at)
    return rows, run, offers


def look_at_read_out(*, public_id: UUID, by: Actor, at: datetime) -> list[ProposalRow]:
    """Every open move away from one clinician, and on record whose names it showed."""
    rows = proposals_together(public_id=public_id)
    if rows is None:
        raise Absent
    log_seen([row.patient_id for row in rows], page="read_out", by=by, at=at)
    return rows


def look_at_session(*, public_id: UUID, by: Actor, at: datetime) -> SessionPage:
    """The session in reach, and on record whose names it showed."""
    found = session_page(public_id, at=at)
    if found is None:
        raise Absent
    log_seen(found.patient_ids, page="session", by=by, at=at)
    return found


def look_at_list(*, public_id: UUID, by: Actor, at: datetime) -> ListRow:
    """What became of a list whose clinician left, and on record whose names it showed."""
    found = list_of(public_id, at=at)
    if found is None:
        raise Absent
    log_seen([one.patient_id for one in found.patients], page="list_ended", by=by, at=at)
    return found


def look_at_case(*, reference: str, by: Actor, at: datetime) -> Look:
    """The case in reach, and on record who read it."""
    case = case_page(reference, at=at)
    if case is None:
        raise Absent
    log_seen([case.patient.id], page="case", by=by, at=at)
    row = case.row
    return Look(
        case=case,
        standing=standing_of(by.clinician_id, row, at=at),
        named=clinicians_to_name(row.practice_id, at=at) if row.bounces else (),
        colleagues=_colleagues(row, by=by, at=at),
        also_open=also_open(case.patient.id, by=by, at=at),
        owed=owed_of(reference),
        at_practice=by.role is Role.DUTY and by.organisation_id == row.practice_id,
        pharmacy=pharmacy_line(reference, at=at) if _may_end(row, by=by) else None,
    )


def _may_end(row: QueueRow, *, by: Actor) -> bool:
    """Whether I have the case, or it is booked and I may see the patient."""
    is_mine = row.holder is not None and row.holder.clinician_id == by.clinician_id
    return is_mine or row.state is State.BOOKED


def _colleagues(row: QueueRow, *, by: Actor, at: datetime) -> tuple[Colleague, ...]:
    """Whom I could offer it, where it is mine to offer."""
    if row.holder is None or row.holder.clinician_id != by.clinician_id:
        return ()
    return colleagues(
        by.organisation_id,
        facts=facts_of_row(row, at=at),
        is_signed=row.status is ClassStatus.SIGNED,
        but=by.clinician_id,
        at=at,
    )
