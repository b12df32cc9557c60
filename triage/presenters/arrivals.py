"""The front desk's day in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from appointments.rules.codes import BookingState, Mode
from hubs.rules.walk_ups import SAY, SentTo
from practices.clock import local_day
from practices.presenters import clock_words, date_words, time_words
from practices.rules.access import AccessNeed
from practices.rules.phones import spoken
from triage.presenters.contact import desk_phone
from triage.presenters.emergency import say_here
from triage.presenters.flags import FlagLine, flag_lines
from triage.presenters.interpreters import FRONT_DESK, interpreter_words
from triage.presenters.signs import name_words
from triage.presenters.slot_links import slot_link
from triage.presenters.undoing import mark_offer
from triage.queries.arrivals import Arrivals, CameWithout, Expected
from triage.rules.closing import must_be_brought
from triage.rules.reading import READ_WITHIN
from triage.rules.red_flags import USUAL, Card

LIVE = ("booked", "arrived")
# Whoever is here or was here knew of it.
UNSEEN = ("booked", "missed")
UNTOLD = "Nobody has told them of this time."
# Who is at the desk about now, who comes next, and the rest of the day.
ABOUT_NOW, NEXT = timedelta(minutes=30), timedelta(hours=2)
# Somebody pressed "Arrived" too soon, or the patient left again.
NOT_HERE = "Not here after all"
# Who is sent on nowhere: nobody chose their practice, and a clinician reads their words first.
STAYS = "Stays at the desk until a clinician has read these words"
STRETCHES = ("Now", "Next 2 hours", "Later", "Earlier today")


@dataclass(frozen=True, slots=True)
class ExpectedLine:
    """One appointment: who, when, with whom, and what may be pressed."""

    public_id: str
    time: str
    name: str
    born: str
    practice: str
    who: str
    session: str
    phone: str
    needs: str
    state: str
    may_arrive: bool
    missed: str
    untold: str
    undo: str
    interpreter: str
    interpreter_href: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """The appointments of one stretch of the day."""

    heading: str
    lines: tuple[ExpectedLine, ...]


@dataclass(frozen=True, slots=True)
class CameLine:
    """Somebody who came without an appointment."""

    public_id: str
    words: str
    where: str
    is_owed: bool
    alert: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What the desk asks at once of somebody whose words may mean a red flag."""

    reading: str
    href: str
    flags: tuple[FlagLine, ...]
    say_later: str


@dataclass(frozen=True, slots=True)
class ArrivalsPage:
    """The page."""

    expected: tuple[Stretch, ...]
    came: tuple[CameLine, ...]
    say: str
    heard: Heard | None


def arrivals_page(
    found: Arrivals,
    *,
    now: datetime,
    sent: str = "",
    heard: CameWithout | None = None,
    card: Card = USUAL,
) -> ArrivalsPage:
    """The day in words; `sent` is where somebody was just sent, with what to read to them.

    `heard` is who of them is not sent on yet: a clinician sees them first.
    """
    known = SentTo(sent) if sent in set(SentTo) else None
    say = SAY[known] if known else ""
    return ArrivalsPage(
        expected=_stretches(found, now=now),
        came=tuple(_came(row) for row in found.came),
        say=say_here(heard.call_had_by) if heard is not None else say,
        heard=_heard(heard, card, now=now) if heard is not None else None,
    )


def _heard(row: CameWithout, card: Card, *, now: datetime) -> Heard:
    flags = [flag for flag in map(card.find, row.scan_hits) if flag is not None]
    sent = SentTo(row.sent_to)
    return Heard(
        reading=_reading(row, now=now),
        href=reverse("triage:emergency_raised", args=[row.call]) if row.call else "",
        flags=flag_lines(flags),
        say_later=SAY[sent] if sent is not SentTo.EMERGENCY else "",
    )


def _reading(row: CameWithout, *, now: datetime) -> str:
    """Who has them, or by when somebody is to; late, that nobody came."""
    due = row.at + READ_WITHIN
    if row.call_had_by:
        return f"{row.call_had_by} has them now"
    if now < due:
        return f"A clinician was called, and sees them by {time_words(due)}"
    return f"No clinician has them yet, it was to be by {time_words(due)}: fetch one, or call 999"


def _stretches(found: Arrivals, *, now: datetime) -> tuple[Stretch, ...]:
    """The day by what the desk needs now; nobody who is still expected is behind us."""
    lines: dict[str, list[ExpectedLine]] = {heading: [] for heading in STRETCHES}
    for row in found.expected:
        lines[_stretch_of(row, now=now)].append(_expected(row, now=now))
    return tuple(Stretch(heading, tuple(rows)) for heading, rows in lines.items() if rows)


def _stretch_of(row: Expected, *, now: datetime) -> str:
    about_now, soon, later, earlier = STRETCHES
    is_over = row.starts_at < now - ABOUT_NOW and row.state != "booked"
    if is_over or row.state == "attended":
        return earlier
    if row.starts_at <= now + ABOUT_NOW:
        return about_now
    return soon if row.starts_at <= now + NEXT else later


def _expected(row: Expected, *, now: datetime) -> ExpectedLine:
    brought = must_be_brought(row.born_on, row.needs, on=local_day(now))
    is_due = row.state in LIVE and row.starts_at <= now
    mode = Mode(row.mode)
    not_there = not_seen_words(is_brought=brought, is_remote=mode.is_remote)
    state = BookingState(row.state).label
    return ExpectedLine(
        public_id=str(row.public_id),
        time=time_words(row.starts_at),
        name=name_words(row.family_name, row.given_name),
        born=date_words(row.born_on),
        practice=row.practice,
        who=f"{row.clinician}, {Mode(row.mode).label.lower()}",
        session=slot_link(row.session, row.slot_id),
        phone=desk_phone(row.phone, row.contact),
        needs=", ".join(AccessNeed(need).label for need in row.needs),
        state=not_there if row.state == "missed" else state,
        may_arrive=row.state == "booked" and mode is Mode.FACE_TO_FACE,
        missed=(NOT_HERE if row.state == "arrived" else not_there) if is_due else "",
        interpreter=interpreter_words(row.needs, row.interpreter, house=row.house),
        interpreter_href=f"{reverse('triage:interpreter', args=[row.public_id])}?from={FRONT_DESK}",
        untold=UNTOLD if row.is_untold and row.state in UNSEEN else "",
        undo=mark_offer(row.public_id, row.version, said_at=row.said.at) if row.said else "",
    )


def not_seen_words(*, is_brought: bool, is_remote: bool) -> str:
    """What a missed appointment is called: of a call nobody is expected in the house."""
    if is_remote:
        return "Did not answer"
    return "Was not brought" if is_brought else "Did not come"


def _came(row: CameWithout) -> CameLine:
    who = row.name or "Somebody"
    call = f", {spoken(row.phone)}" if row.phone else ""
    sent = f"{row.practice} calls them" if row.practice else SentTo(row.sent_to).label
    if row.read_by is not None and row.sent_to == SentTo.EMERGENCY:
        sent = STAYS
    answer = f"; called by {row.answered_by}" if row.answered_by else ""
    return CameLine(
        public_id=str(row.public_id),
        words=f"{clock_words(row.at)}, {row.hub}: {who}{call}: “{row.words}”",
        where=f"{sent}{answer}",
        is_owed=bool(row.practice) and not row.answered_by,
        alert=_alert(row),
    )


def _alert(row: CameWithout) -> str:
    """What makes somebody come first, as long as it does; their practice is told the same."""
    if not row.comes_first:
        return ""
    had = f"{row.call_had_by} of the hub has them" if row.call_had_by else "a clinician was called"
    return f"These words may mean a red flag: {had}"
