"""The duty clinician's page in words: who needs them now, and apart from it what can wait."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from triage.presenters.case_history import call_words
from triage.presenters.handovers import OwedLine, owed_line
from triage.presenters.last_call import Decide, decide_box
from triage.presenters.own_meter import OwnMeter, my_meter
from triage.presenters.urgency import CaseLine, case_line, moment_words
from triage.queries.duty_page import DutyPage, HandedBack
from triage.queries.queue_rows import QueueRow
from triage.rules.codes import Urgency
from triage.rules.last_call import SENT_TO_DUTY
from triage.rules.ordering import Escalation, needs_duty_clinician, time_left
from triage.rules.reading import is_unread

GONE = {
    Escalation.LATE: "late",
    Escalation.EIGHTY: "nearly late",
    Escalation.HALF: "past half the time",
}


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A case that nobody has: why it stands here, and what the hub asks where it asks."""

    line: CaseLine
    why: str
    asked: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """All that the duty page shows."""

    first: str
    now: tuple[DutyLine, ...]
    calm: tuple[DutyLine, ...]
    backs: tuple[DutyLine, ...]
    decide: Decide
    unread: tuple[CaseLine, ...]
    owed: tuple[OwedLine, ...]
    meter: OwnMeter | None


def page(found: DutyPage, *, now: datetime, clinician_id: int | None) -> Page:
    """What falls to me, in words: the most urgent class first, then the least time left."""

    def line(row: QueueRow, why: str, back: HandedBack | None = None) -> DutyLine:
        drawn = case_line(row, now=now, clinician_id=clinician_id, is_called=False)
        if back is None:
            return DutyLine(drawn, why)
        return DutyLine(drawn, why, _asked(back, now=now), back.reason or "The reason was erased.")

    backs = {one.row.reference: one for one in found.handed_back}
    waiting = [*found.calls, *(one.row for one in found.handed_back)]
    sent = {ref for ref, code in found.called_because.items() if code in SENT_TO_DUTY}
    urgent = sorted(
        (row for row in waiting if row.reference in sent or needs_duty_clinician(row.waiting, now)),
        key=lambda row: row.waiting.key,
    )
    named = {row.reference for row in urgent}
    return Page(
        first=_first(urgent, found, sent=len(sent), now=now),
        now=tuple(
            line(
                row,
                _because(found, row) if row.reference in sent else _why(row, now=now),
                backs.get(row.reference),
            )
            for row in urgent
        ),
        calm=tuple(
            line(row, _because(found, row)) for row in found.calls if row.reference not in named
        ),
        backs=tuple(
            line(one.row, "", one) for one in found.handed_back if one.row.reference not in named
        ),
        decide=decide_box(found.decide, now=now, clinician_id=clinician_id),
        unread=tuple(case_line(row, now=now, clinician_id=clinician_id) for row in found.unread),
        owed=tuple(owed_line(one, now=now) for one in found.owed),
        meter=my_meter(found.meter) if found.meter else None,
    )


def _because(found: DutyPage, row: QueueRow) -> str:
    """Why help was called for; blank where it was not."""
    return call_words(found.called_because.get(row.reference, ""))


def _late(found: DutyPage, *, now: datetime) -> int:
    """How many requests have words that nobody has read in time."""
    return sum(is_unread(row.read_due_at, now=now) for row in found.unread)


def _first(urgent: list[QueueRow], found: DutyPage, *, sent: int, now: datetime) -> str:
    """ "3 patients need you now: 1 late, 2 past half the time"."""
    decide, unread = len(found.decide.rows), _late(found, now=now)
    number = len(urgent) + decide + unread
    if not number:
        return "Nobody needs you now"
    count = Counter(time_left(row.waiting, now).escalation for row in urgent)
    parts = [f"{count[step]} {words}" for step, words in GONE.items() if count[step]]
    if sent:
        parts.append(f"{sent} sent to you")
    if unread:
        parts.append(f"{unread} whose words nobody has read")
    if decide:
        parts.append(f"{decide} to be decided before the door closes")
    who = "1 patient needs" if number == 1 else f"{number} patients need"
    return f"{who} you now: {', '.join(parts)}"


def _why(row: QueueRow, *, now: datetime) -> str:
    """How much of the time is gone; an emergency that nobody has says so."""
    if row.urgency is Urgency.P0:
        return "Emergency, and nobody has it"
    return time_left(row.waiting, now).escalation.label


def _asked(one: HandedBack, *, now: datetime) -> str:
    named = f", for {one.named}" if one.named else ""
    return f"{one.by} asked at {moment_words(one.at, now=now)}{named}"
