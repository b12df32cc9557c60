"""The end of the day in words: what is left to do comes first, and who does it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from appointments.rules.codes import Mode
from practices.clock import local_day
from practices.presenters import date_words, time_words
from practices.rules.phones import spoken
from practices.rules.reach import Actor
from practices.rules.roles import CLINICAL_ROLES, Role
from triage.presenters.alarms import go_words
from triage.presenters.arrivals import not_seen_words
from triage.presenters.handovers import OwedLine, owed_line
from triage.presenters.hub_did import hub_did, is_the_hubs
from triage.presenters.signs import Left, Sign, case_address, left, name_words, priority, when_words
from triage.presenters.still_owed import StillLine, still_lines
from triage.presenters.unwritten import unwritten_lines
from triage.presenters.urgency import moment_words, who_words
from triage.queries.all_clear import DayCase, PracticeDay, is_nobodys_emergency
from triage.queries.emergencies import EmergencyRow
from triage.queries.planned_day import Planned
from triage.rules.all_clear import Loose
from triage.rules.closing import must_be_brought
from triage.rules.codes import Urgency
from triage.rules.states import State

NOBODY_ON_DUTY = (
    "Nobody is on duty at our practice now. Ring the hub about the emergency, and in doubt call 999"
)
# Who says at the desk that a patient came.
DESKS = CLINICAL_ROLES | {Role.RECEPTIONIST}


@dataclass(frozen=True, slots=True)
class Line:
    """One patient of today."""

    href: str
    name: str
    born: str
    need: str
    priority: Sign | None
    left: Left | None
    what: str
    who: str
    send: str = ""


@dataclass(frozen=True, slots=True)
class CallLine:
    """One emergency of which nobody said how it ended."""

    href: str
    phone: str
    what: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page shows; `is_clear` when nothing is left to do today."""

    heading: str
    is_clear: bool
    emergencies: tuple[CallLine, ...]
    loose: tuple[Line, ...]
    waiting: tuple[Line, ...]
    done: tuple[Line, ...]
    owed: tuple[OwedLine, ...]
    hub_did: tuple[str, ...]
    still: tuple[StillLine, ...]
    nobody_on_duty: str
    unwritten: tuple[str, ...]


def page(day: PracticeDay, *, by: Actor, now: datetime) -> Page:
    """The day as the practice reads it before it closes."""

    def lines(cases: tuple[DayCase, ...]) -> tuple[Line, ...]:
        return tuple(_line(one, by=by, on_duty=day.on_duty, now=now) for one in cases)

    loose = lines(day.loose) + _planned(day, "loose", by=by, now=now)
    count = len(loose) + len(day.owed) + len(day.emergencies) + day.still.count
    return Page(
        heading=f"Not clear: {count} {'patient' if count == 1 else 'patients'} to see to"
        if count
        else "All clear",
        is_clear=not count,
        emergencies=tuple(_call(one, now=now) for one in day.emergencies),
        loose=loose,
        waiting=lines(day.waiting) + _planned(day, "waiting", by=by, now=now),
        done=lines(day.done) + _planned(day, "done", by=by, now=now),
        owed=tuple(owed_line(one, now=now) for one in day.owed),
        hub_did=hub_did(day),
        still=still_lines(day.still, by=by, now=now),
        nobody_on_duty="" if day.on_duty else NOBODY_ON_DUTY,
        unwritten=unwritten_lines(day.unwritten, now=now),
    )


def _call(one: EmergencyRow, *, now: datetime) -> CallLine:
    has = f"{one.acknowledged_by} has it" if one.acknowledged_at else "Nobody has it"
    where = f"{one.where}, " if one.where else ""
    return CallLine(
        href=reverse("triage:emergency_raised", args=[one.reference]),
        phone=spoken(one.phone) if one.phone else go_words(one),
        what=f"{where}since {moment_words(one.at, now=now)}. {has}, and nobody said how it ended",
    )


def _planned(day: PracticeDay, part: str, *, by: Actor, now: datetime) -> tuple[Line, ...]:
    """The appointments planned ahead that belong to this part of the page."""
    return tuple(_planned_line(one, by=by, now=now) for one in day.planned if _part(one) == part)


def _part(one: Planned) -> str:
    if one.is_loose:
        return "loose"
    return "waiting" if one.state == "booked" else "done"


def _planned_line(one: Planned, *, by: Actor, now: datetime) -> Line:
    """Whether they came is said among the arrivals."""
    when = when_words(one.starts_at, now=now)
    brought = must_be_brought(one.born_on, one.needs, on=local_day(now))
    missed = not_seen_words(is_brought=brought, is_remote=Mode(one.mode).is_remote)
    became = {"booked": "Booked", "arrived": "Came", "attended": "Seen", "missed": missed}
    what = (
        f"{Loose.UNSETTLED.label} It was {when}" if one.is_loose else f"{became[one.state]}, {when}"
    )
    return Line(
        # What is the hub's to say stands on no list of ours.
        href=reverse("triage:arrivals") if by.is_one_of(DESKS) and not one.is_at_hub else "",
        name=name_words(one.family_name, one.given_name),
        born=date_words(one.born_on),
        need=one.need.label if one.had_case else f"Planned: {one.need.label.lower()}",
        priority=None,
        left=None,
        what=what,
        who=f"{one.clinician}, {one.place}",
    )


def _line(one: DayCase, *, by: Actor, on_duty: bool, now: datetime) -> Line:
    row = one.row
    return Line(
        href=case_address(row.reference, by=by),
        name=name_words(row.family_name, row.given_name),
        born=date_words(row.born_on),
        need=row.need.label,
        priority=priority(row.urgency),
        left=left(row.due_at, now=now, at_once=row.urgency is Urgency.P0),
        what=one.loose.label if one.loose else _what(one, now=now),
        who=_sent(one, on_duty=on_duty, now=now) or _who(one, by=by),
        send=_send(one, by=by) if on_duty else "",
    )


def _send(one: DayCase, *, by: Actor) -> str:
    """Where a desk sends an emergency that nobody has; a clinician opens it and takes it."""
    if not is_nobodys_emergency(one) or one.sent_at is not None or by.is_one_of(CLINICAL_ROLES):
        return ""
    return reverse("triage:send_to_duty", args=[one.row.reference])


def _sent(one: DayCase, *, on_duty: bool, now: datetime) -> str:
    """Whose it is since it was sent to them; blank where it was not, or where somebody has it."""
    if one.sent_at is None or not is_nobodys_emergency(one):
        return ""
    when = moment_words(one.sent_at, now=now)
    if not on_duty:
        return f"Sent to our duty clinician at {when}, and nobody is on duty now"
    return f"Our duty clinician, since {when}: it is on their page"


def _where(one: DayCase) -> str:
    """Whose work it was: the house of the appointment, or of whoever ended the case."""
    return one.row.hub if is_the_hubs(one) else one.row.practice


def _what(one: DayCase, *, now: datetime) -> str:
    """What became of it, or what it rightly waits for."""
    if one.ending is not None:
        told = "" if one.ending.has_safety_net else ", no safety net"
        return f"{one.ending.outcome.label} at {time_words(one.ending.at)}{told}"
    if one.row.state is State.BOOKED and one.place is not None:
        return f"Booked {when_words(one.place.starts_at, now=now)}"
    return "Waits, and may: it is due later"


def _who(one: DayCase, *, by: Actor) -> str:
    """Who saw the patient, who will, or who has the case."""
    if one.ending is not None:
        seen_by = one.place.clinician if one.place else one.ending.by
        return f"{seen_by or 'Not recorded'}, {_where(one)}"
    if one.row.state is State.BOOKED and one.place is not None:
        return f"{one.place.clinician}, {_where(one)}"
    if one.row.state is State.HANDED_BACK:
        return f"{one.row.hub} until we accept"
    return who_words(one.row, clinician_id=by.clinician_id) or f"{one.row.hub}, nobody yet"
