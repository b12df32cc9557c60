"""The front desk's day in words."""

from dataclasses import dataclass
from datetime import datetime

from appointments.rules.codes import BookingState, Mode
from hubs.rules.walk_ups import SAY, SentTo
from practices.clock import local_day
from practices.presenters import clock_words, date_words, time_words
from practices.rules.access import AccessNeed
from practices.rules.person_names import age_on
from practices.rules.phones import spoken
from triage.presenters.signs import name_words
from triage.queries.arrivals import Arrivals, CameWithout, Expected
from triage.rules.closing import GROWN_UP

LIVE = ("booked", "arrived")


@dataclass(frozen=True, slots=True)
class ExpectedLine:
    """One appointment: who, when, with whom, and what may be pressed."""

    public_id: str
    time: str
    name: str
    born: str
    practice: str
    who: str
    needs: str
    state: str
    may_arrive: bool
    missed: str


@dataclass(frozen=True, slots=True)
class CameLine:
    """Somebody who came without an appointment."""

    public_id: str
    words: str
    where: str
    is_owed: bool


@dataclass(frozen=True, slots=True)
class ArrivalsPage:
    """The page."""

    expected: tuple[ExpectedLine, ...]
    came: tuple[CameLine, ...]
    say: str


def arrivals_page(found: Arrivals, *, now: datetime, sent: str = "") -> ArrivalsPage:
    """The day in words; `sent` is where somebody was just sent, with what to read to them."""
    known = sent in set(SentTo)
    return ArrivalsPage(
        expected=tuple(_expected(row, now=now) for row in found.expected),
        came=tuple(_came(row) for row in found.came),
        say=SAY[SentTo(sent)] if known else "",
    )


def _expected(row: Expected, *, now: datetime) -> ExpectedLine:
    is_child = age_on(row.born_on, local_day(now)) < GROWN_UP
    is_due = row.state in LIVE and row.starts_at <= now
    not_there = "Was not brought" if is_child else "Did not come"
    state = BookingState(row.state).label
    return ExpectedLine(
        public_id=str(row.public_id),
        time=time_words(row.starts_at),
        name=name_words(row.family_name, row.given_name),
        born=date_words(row.born_on),
        practice=row.practice,
        who=f"{row.clinician}, {Mode(row.mode).label.lower()}",
        needs=", ".join(AccessNeed(need).label for need in row.needs),
        state=not_there if row.state == "missed" else state,
        may_arrive=row.state == "booked",
        missed=not_there if is_due else "",
    )


def _came(row: CameWithout) -> CameLine:
    who = row.name or "Somebody"
    call = f", {spoken(row.phone)}" if row.phone else ""
    sent = f"{row.practice} calls them" if row.practice else SentTo(row.sent_to).label
    answer = f"; called by {row.answered_by}" if row.answered_by else ""
    return CameLine(
        public_id=str(row.public_id),
        words=f"{clock_words(row.at)}, {row.hub}: {who}{call}: “{row.words}”",
        where=f"{sent}{answer}",
        is_owed=bool(row.practice) and not row.answered_by,
    )
