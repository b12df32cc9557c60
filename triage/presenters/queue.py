"""The central queue in words: what comes next and why, whose work it is, what is filtered."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from hubs.rules.supervision import UNLED
from practices.presenters import time_words
from practices.rules.professions import Profession
from practices.rules.reach import Actor
from practices.rules.roles import HUB_ROLES
from triage.presenters.own_meter import OwnMeter, my_meter, own_meter
from triage.presenters.supervising import here_words, paused_words
from triage.presenters.urgency import CaseLine, case_line, sign_words
from triage.queries.queue_page import QueuePage
from triage.queries.supervising import Supervisee
from triage.queries.worklist import QUEUE, Counts, Filters
from triage.rules.codes import Urgency
from triage.rules.states import State

# What people filter by; booked and closed cases are found again here.
STATES = (State.WAITING, State.CLAIMED, State.HANDED_BACK, State.BOOKED, State.CLOSED)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter in force, and the address without it."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to filter by."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class SuperviseeLine:
    """Somebody I supervise, in words."""

    name: str
    role: str
    now: str
    meter: OwnMeter


@dataclass(frozen=True, slots=True)
class SavedLine:
    """A list that I gave a name."""

    id: int
    name: str
    href: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class OfferedLine:
    """A case that a colleague offers me."""

    line: CaseLine
    by: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that the queue page shows."""

    lines: tuple[CaseLine, ...]
    counts: str
    found: str
    late: str
    next_up: CaseLine | None
    why_next: str
    paused: str
    offered: tuple[OfferedLine, ...]
    meter: OwnMeter | None
    chosen: tuple[Chosen, ...]
    query: str
    saved: tuple[SavedLine, ...]
    classes: tuple[Choice, ...]
    practices: tuple[Choice, ...]
    states: tuple[Choice, ...]
    supervisees: tuple[SuperviseeLine, ...]
    is_mine: bool
    more: str
    as_of: str


def page(found: QueuePage, *, by: Actor, organisation: str, now: datetime) -> Page:
    """The queue in words for this person."""
    filters = found.list.filters
    lines = tuple(case_line(row, now=now, clinician_id=by.clinician_id) for row in found.list.rows)
    next_line = (
        case_line(found.next_up, now=now, clinician_id=by.clinician_id) if found.next_up else None
    )
    return Page(
        lines=lines,
        counts=_counts(found.list.counts, by=by, organisation=organisation),
        found=_number(found.list.counts.found, "case") + " found",
        late=_late(found.list.counts.late),
        next_up=next_line,
        why_next=_why(next_line),
        paused=paused_words(found.pause) if found.pause else UNLED if found.is_unled else "",
        offered=tuple(
            OfferedLine(case_line(one.row, now=now, clinician_id=by.clinician_id), one.by)
            for one in found.offered
        ),
        meter=my_meter(found.meter) if found.meter else None,
        chosen=_chosen(found, by=by),
        query=query_of(filters),
        saved=_saved(found, shown=query_of(filters)),
        classes=tuple(
            Choice(one.value, sign_words(one), one in filters.urgencies) for one in Urgency
        ),
        practices=tuple(
            Choice(code, name, code == filters.practice) for code, name in found.practices
        ),
        states=tuple(
            Choice(one.value, one.label, filters.states != QUEUE and one in filters.states)
            for one in STATES
        ),
        supervisees=tuple(_supervisee(one) for one in found.supervisees),
        is_mine=filters.claimed_by is not None,
        more=_address(filters, after=found.list.next.as_text()) if found.list.next else "",
        as_of=time_words(now),
    )


def _supervisee(row: Supervisee) -> SuperviseeLine:
    return SuperviseeLine(
        name=row.day.name,
        role=Profession(row.day.profession).label,
        now=f"{here_words(row)}, {_number(row.cases, 'case').lower()} with them",
        meter=own_meter(row.day),
    )


def _counts(counts: Counts, *, by: Actor, organisation: str) -> str:
    """Never a number whose owner is unclear."""
    whose = organisation if by.is_one_of(HUB_ROLES) else f"The queue for {organisation}"
    return f"You have {counts.mine}. {whose} has {counts.queue}. Unassigned {counts.unassigned}."


def _late(late: int) -> str:
    return f"{_number(late, 'case')} {'is' if late == 1 else 'are'} overdue." if late else ""


def _number(number: int, what: str) -> str:
    return f"{number or 'No'} {what}{'' if number == 1 else 's'}"


def _why(line: CaseLine | None) -> str:
    if line is None:
        return "No case waits that is within your scope."
    left = line.left.words if line.left else ""
    return (
        f"{left[:1].upper()}{left[1:]}. {line.need}, {line.age}, {line.practice}. It is the most"
        " urgent case within your scope that nobody has."
    )


def _chosen(found: QueuePage, *, by: Actor) -> tuple[Chosen, ...]:
    """Each filter in force as a tag that takes it away."""
    filters = found.list.filters
    names = dict(found.practices)
    tags = [
        Chosen(sign_words(one), _address(filters, urgencies=filters.urgencies - {one}))
        for one in sorted(filters.urgencies)
    ]
    if filters.practice:
        words = names.get(filters.practice, filters.practice)
        tags.append(Chosen(words, _address(filters, practice="")))
    if filters.claimed_by is not None:
        tags.append(Chosen("With me", _address(filters, is_mine=False)))
    if filters.states != QUEUE:
        tags += [
            Chosen(one.label, _address(filters, states=(filters.states - {one}) or QUEUE))
            for one in STATES
            if one in filters.states
        ]
    return tuple(tags)


def _saved(found: QueuePage, *, shown: str) -> tuple[SavedLine, ...]:
    """My named lists, and which of them is on the page."""
    return tuple(
        SavedLine(one.id, one.name, f"?{one.query}", one.query == shown) for one in found.saved
    )


def query_of(filters: Filters) -> str:
    """The query of an address that lists this; blank for the whole queue."""
    return _address(filters).removeprefix("?")


def _address(
    filters: Filters,
    *,
    urgencies: frozenset[Urgency] | None = None,
    states: frozenset[State] | None = None,
    practice: str | None = None,
    is_mine: bool | None = None,
    after: str = "",
) -> str:
    """The query of an address that lists this, changed as wished. No patient is in it."""
    wanted = filters.urgencies if urgencies is None else urgencies
    shown = filters.states if states is None else states
    where = filters.practice if practice is None else practice
    mine = filters.claimed_by is not None if is_mine is None else is_mine
    parts = [("class", one.value) for one in sorted(wanted)]
    parts += [("state", one.value) for one in STATES if shown != QUEUE and one in shown]
    parts += [("practice", where)] if where else []
    parts += [("mine", "1")] if mine else []
    parts += [("after", after)] if after else []
    return f"?{urlencode(parts)}"
