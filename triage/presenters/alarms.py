"""What stands above every clinician's page until somebody has it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from practices.presenters import minutes_words, time_words
from practices.rules.phones import spoken
from triage.presenters.hub_day import keeps_open_words
from triage.presenters.last_call import deadline_words
from triage.presenters.supervising import too_many_words
from triage.queries.asked import Asked
from triage.queries.emergencies import AlarmRow, Alarms, EmergencyRow
from triage.queries.handovers import OwedRow
from triage.queries.hub_day import HubDay
from triage.queries.last_call import ToDecide, Unwatched
from triage.queries.late_emergencies import LateEmergency
from triage.queries.other_supervisors import OtherSupervisor
from triage.queries.unsupervised import BookedWith
from triage.rules.reading import ACKNOWLEDGED_IN, is_unread

LATE_HERE = "Nobody has read the words of somebody at the desk. "


@dataclass(frozen=True, slots=True)
class AlarmLine:
    """One alarm: what, since when, and what to do about it."""

    what: str
    since: str
    emergency: str = ""
    case: str = ""
    href: str = ""
    link: str = "See who"
    sign: str = "Emergency"
    level: str = "emergency"
    is_late: bool = False


def asked_lines(asked: Iterable[Asked], *, now: datetime) -> tuple[AlarmLine, ...]:
    """What stands above the page of who is asked until somebody has answered, oldest first."""
    return tuple(
        AlarmLine(
            what=f"{one.by} asks the supervisor now, case {one.reference}{_nobody(one)}",
            since=_since(one.at, now=now),
            case=one.reference,
            sign="Asked",
            level="urgent",
        )
        for one in asked
    )


def _nobody(one: Asked) -> str:
    return ". No supervisor is here or answers: please answer" if one.is_called else ""


def too_many_lines(
    supervisors: Iterable[OtherSupervisor], *, me: int | None
) -> tuple[AlarmLine, ...]:
    """Who supervises more people than one may, before them and a colleague who could take one."""
    return tuple(
        AlarmLine(
            what=too_many_words(one, is_me=one.clinician_id == me),
            since="ask for help" if one.clinician_id == me else "take somebody over",
            href=reverse("triage:supervising"),
            sign="Too many",
            level="urgent",
        )
        for one in supervisors
        if one.has_too_many
    )


def owed_late_lines(owed: Iterable[OwedRow], *, now: datetime) -> tuple[AlarmLine, ...]:
    """What the hub owes and the other side did not accept in time, before its supervisors."""
    late = [one for one in owed if one.due_at <= now]
    if not late:
        return ()
    return (
        AlarmLine(
            what="What the hub owes is late:"
            f" {len(late)} {'handover' if len(late) == 1 else 'handovers'} nobody has accepted",
            since=_since(late[0].due_at, now=now),
            href=reverse("triage:supervising"),
            sign="Late",
            level="urgent",
        ),
    )


def closing_lines(
    decide: ToDecide, unwatched: Iterable[Unwatched], *, href: str, now: datetime
) -> tuple[AlarmLine, ...]:
    """Queues that nobody is at, then what is to be decided before a door closes."""
    empty = tuple(
        AlarmLine(
            what=f"{one.hub}: nobody is at the queue, and {one.cases} urgent"
            f" {'case waits' if one.cases == 1 else 'cases wait'}",
            since=_since(one.since, now=now),
            href=reverse("triage:queue"),
            sign="Nobody there",
            level="urgent",
        )
        for one in unwatched
    )
    if not decide.rows:
        return empty
    count = len(decide.rows)
    line = AlarmLine(
        what=f"{deadline_words(decide, now=now)}:"
        f" {count} {'patient' if count == 1 else 'patients'} whom nobody has",
        since="none may wait for another day",
        href=href,
        sign="Decide",
        level="urgent",
    )
    return (*empty, line)


def unsupervised_lines(lists: Iterable[BookedWith], *, href: str) -> tuple[AlarmLine, ...]:
    """Patients who are booked with somebody whom nobody supervises: moved, or supervised again."""
    return tuple(
        AlarmLine(
            what=f"{one.clinician} at {one.hub} has no supervisor, and"
            f" {one.patients} {'patient is' if one.patients == 1 else 'patients are'} booked there",
            since=f"the first at {time_words(one.first_at)}",
            href=href,
            link="Find them a place",
            sign="No supervisor",
            level="urgent",
        )
        for one in lists
    )


def left_open_lines(days: Iterable[HubDay]) -> tuple[AlarmLine, ...]:
    """Hubs whose hours are over and that still own somebody: no hub closes by the clock alone."""
    return tuple(
        AlarmLine(
            what=f"{one.name}: its hours are over, and {keeps_open_words(one)} it open",
            since=f"since {time_words(one.closes_at)}" if one.closes_at else "",
            href=reverse("triage:hub_day"),
            link="See what",
            sign="Not closed",
            level="urgent",
        )
        for one in days
    )


def chase_lines(late: Iterable[LateEmergency], *, now: datetime) -> tuple[AlarmLine, ...]:
    """What a manager reads when nobody had an emergency in time: the house, and no patient."""
    return tuple(
        AlarmLine(
            what=f"{one.house}: nobody has an emergency. Get a clinician to it now",
            since=_since(one.since, now=now),
            href=reverse("triage:cover"),
            link="See who answers",
        )
        for one in late
    )


def alarm_lines(alarms: Alarms, *, now: datetime) -> tuple[AlarmLine, ...]:
    """Calls for help first, then P0 cases that nobody has, late words, what this person has.

    The oldest of each first.
    """
    calls = tuple(_call_line(one, now=now) for one in alarms.emergencies)
    cases = tuple(
        AlarmLine(
            what=_case_words(one),
            since=_since(one.declined_at or one.submitted_at, now=now),
            case=one.reference,
        )
        for one in alarms.cases
    )
    mine = tuple(
        AlarmLine(
            what=_call_words("You have this emergency", one),
            since=_since(one.at, now=now),
            href=reverse("triage:emergency_raised", args=[one.reference]),
            link="Say what happened",
            sign="Yours",
            level="urgent",
        )
        for one in alarms.mine
    )
    return (*calls, *cases, *_unread(alarms), *mine)


def _call_line(one: EmergencyRow, *, now: datetime) -> AlarmLine:
    """A call that nobody has; words that are only to be read say so, and by when."""
    if one.read_by is None:
        what, since = _call_words("Emergency", one), _since(one.at, now=now)
        is_late = now >= one.at + ACKNOWLEDGED_IN
        return AlarmLine(what=what, since=since, emergency=one.reference, is_late=is_late)
    is_late = is_unread(one.read_by, now=now)
    due = "was to be read by" if is_late else "to be read by"
    return AlarmLine(
        what=f"{LATE_HERE if is_late else ''}{go_words(one)}: {one.where}",
        since=f"{due} {time_words(one.read_by)}",
        emergency=one.reference,
        sign="Read now",
        level="urgent",
        is_late=is_late,
    )


def _unread(alarms: Alarms) -> tuple[AlarmLine, ...]:
    """Words that nobody has read in time."""
    return tuple(
        AlarmLine(
            what=f"Nobody has read the words of a {one.urgency.value} request of {one.practice}",
            since=f"to be read by {time_words(one.read_due_at)}",
            case=one.reference,
            sign="Read now",
            level="urgent",
        )
        for one in alarms.unread
    )


def _case_words(one: AlarmRow) -> str:
    if one.declined_at is not None:
        return f"They say no to emergency help: speak with them now, {one.practice}"
    if one.holder:
        return f"P0: became an emergency while {one.holder} had it, {one.practice}"
    return f"P0: nobody has this emergency case of {one.practice}"


def go_words(one: EmergencyRow) -> str:
    """ "Go to them, or ring 07700 900123"; who is not at a desk can only be rung."""
    ring = f"ring {spoken(one.phone)}" if one.phone else ""
    if not one.is_here:
        return f"{ring[:1].upper()}{ring[1:]}"
    return f"Go to them, or {ring}" if ring else "Go to them"


def _call_words(start: str, one: EmergencyRow) -> str:
    go = go_words(one)
    said = [f"{start}: {go[:1].lower()}{go[1:]}", one.where, one.practice]
    return ", ".join(filter(None, said))


def _since(at: datetime, *, now: datetime) -> str:
    minutes = max(0, int((now - at).total_seconds() // 60))
    since = f"since {time_words(at)}"
    return f"{since}, for {minutes_words(minutes)}" if minutes else since
