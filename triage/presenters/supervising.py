"""The supervising clinician's page in words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from hubs.rules.supervision import SUPERVISED_BY_ONE
from practices.presenters import time_words
from practices.rules.professions import Profession
from practices.rules.refusals import Override, Refusal
from triage.presenters.case_history import waiting_words
from triage.presenters.handovers import OwedLine, owed_line
from triage.presenters.last_call import Decide, decide_box
from triage.presenters.own_meter import OwnMeter, own_meter
from triage.presenters.unwritten import unwritten_lines
from triage.presenters.urgency import CaseLine, case_line, moment_words
from triage.queries.asked import Asked
from triage.queries.other_supervisors import OtherSupervisor, Watched
from triage.queries.supervising import Pause, Supervisee
from triage.queries.supervising_page import SupervisingPage
from triage.queries.to_sign import PassedOver, ToTalkOver
from triage.rules.codes import Need


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody I supervise: here or not, what they have in hand, how full their day is."""

    name: str
    role: str
    now: str
    cases: tuple[CaseLine, ...]
    meter: OwnMeter


@dataclass(frozen=True, slots=True)
class PausedLine:
    """A list that nobody supervises, and whether it paused because I left."""

    clinician_id: int
    words: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class AskedLine:
    """Somebody waits for my answer."""

    reference: str
    words: str
    question: str


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A case to talk over with who ended it."""

    line: CaseLine
    words: str
    button: str


@dataclass(frozen=True, slots=True)
class SignLine:
    """A rule that was passed over; my own is somebody else's to sign."""

    reference: str
    what: str
    who: str
    why: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class TooMany:
    """A colleague with more people than one supervisor may have, and whom one could take over."""

    words: str
    people: tuple[Watched, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page shows."""

    decide: Decide
    ratio: str
    is_over: bool
    others: str
    too_many: tuple[TooMany, ...]
    people: tuple[Person, ...]
    paused: tuple[PausedLine, ...]
    has_left: bool
    asked: tuple[AskedLine, ...]
    backs: tuple[CaseLine, ...]
    reviews: tuple[ReviewLine, ...]
    to_sign: tuple[SignLine, ...]
    owed: tuple[OwedLine, ...]
    unwritten: tuple[str, ...]


def page(
    found: SupervisingPage, *, now: datetime, clinician_id: int | None, user_id: int | None
) -> Page:
    """Who I answer for, and what waits for my name, in words."""
    unseen = {one.clinician_id for one in found.pauses}
    here = sum(
        one.here_until is not None and one.day.clinician_id not in unseen for one in found.people
    )
    return Page(
        decide=decide_box(found.decide, now=now, clinician_id=clinician_id),
        ratio=f"{here} of your people {'is' if here == 1 else 'are'} here now;"
        f" one supervisor may have {SUPERVISED_BY_ONE}",
        is_over=here > SUPERVISED_BY_ONE,
        others=_others(found.others),
        too_many=tuple(_too_many(one) for one in found.others if one.has_too_many),
        people=tuple(_person(one, found, now=now, me=clinician_id) for one in found.people),
        paused=_paused_lines(found, clinician_id),
        has_left=any(one.supervisor_id == clinician_id for one in found.pauses),
        asked=tuple(_asked(one, now=now) for one in found.asked),
        backs=tuple(
            case_line(row, now=now, clinician_id=clinician_id) for row in found.handed_back
        ),
        reviews=tuple(_review(one, now=now, me=clinician_id) for one in found.to_talk_over),
        to_sign=tuple(_sign(one, now=now, user_id=user_id) for one in found.passed_over),
        owed=tuple(owed_line(one, now=now) for one in found.owed),
        unwritten=unwritten_lines(found.unwritten, now=now),
    )


def too_many_words(one: OtherSupervisor, *, is_me: bool = False) -> str:
    """ "Dr Patel supervises 5 people who are here now, and may have 4"."""
    who = "You supervise" if is_me else f"{one.name} supervises"
    return f"{who} {len(one.people)} people who are here now, and may have {SUPERVISED_BY_ONE}"


def _too_many(one: OtherSupervisor) -> TooMany:
    return TooMany(words=too_many_words(one), people=one.people)


def _others(found: Collection[OtherSupervisor]) -> str:
    """Who reads it, and whether they are here; that there is nobody says so."""
    if not found:
        return "Nobody else supervises at this hub."
    named = ", ".join(f"{one.name} ({_where(one)})" for one in found)
    return f"It stands on the screen of {named}. They take people over there, in one press."


def _where(one: OtherSupervisor) -> str:
    return f"here until {time_words(one.here_until)}" if one.here_until else "not here now"


def who_is_here(names: Collection[str]) -> str:
    """What somebody reads before they ask: who is there, or that nobody is and who is called."""
    if names:
        return f"Here now: {', '.join(names)}."
    return "No supervisor is here now. The practice’s duty clinician is called as soon as you ask."


def here_words(person: Supervisee) -> str:
    """ "Here until 1pm" or "No session now"."""
    return f"Here until {time_words(person.here_until)}" if person.here_until else "No session now"


def paused_words(pause: Pause) -> str:
    """What somebody reads whose list is paused."""
    return (
        f"{pause.supervisor}, who supervises you, left at {time_words(pause.from_at)}. Nobody new"
        " comes to you, and what you had in hand waits in the queue again. Finish who is with you,"
        " and ask who supervises you now."
    )


def _person(one: Supervisee, found: SupervisingPage, *, now: datetime, me: int | None) -> Person:
    mine = one.day.clinician_id
    return Person(
        name=one.day.name,
        role=Profession(one.day.profession).label,
        now=here_words(one),
        cases=tuple(
            case_line(row, now=now, clinician_id=me)
            for row in found.in_hand
            if row.holder is not None and row.holder.clinician_id == mine
        ),
        meter=own_meter(one.day),
    )


def _paused_lines(found: SupervisingPage, me: int | None) -> tuple[PausedLine, ...]:
    """Whose supervisor has left, then who has none: either is taken over in one press."""
    left = (
        PausedLine(one.clinician_id, _paused(one), one.supervisor_id == me) for one in found.pauses
    )
    return (
        *left,
        *(
            PausedLine(pk, f"{name}: nobody is named to supervise them", is_mine=False)
            for pk, name in found.unled
        ),
    )


def _paused(one: Pause) -> str:
    return f"{one.clinician}: paused since {time_words(one.from_at)}, when {one.supervisor} left"


def _asked(one: Asked, *, now: datetime) -> AskedLine:
    return AskedLine(
        reference=one.reference,
        words=f"{one.by}, {Need(one.need).label}, P{one.urgency}, {one.practice}:"
        f" asked {waiting_words(one.at, now=now)}",
        question=one.question or "The question was erased.",
    )


def _review(one: ToTalkOver, *, now: datetime, me: int | None) -> ReviewLine:
    is_trainee = one.profession is Profession.REGISTRAR
    return ReviewLine(
        line=case_line(one.row, now=now, clinician_id=me),
        words=f"{one.by}, {one.profession.label}: {one.outcome.label.lower()},"
        f" {moment_words(one.at, now=now)}",
        button="Debrief done" if is_trainee else "Hot review done",
    )


def _sign(one: PassedOver, *, now: datetime, user_id: int | None) -> SignLine:
    known = one.code in set(Override)
    rule = Refusal(one.rule).label if one.rule in set(Refusal) else "Two places at once"
    return SignLine(
        reference=one.reference,
        what=f"Rule: {rule}",
        who=f"{one.by}, {moment_words(one.at, now=now)}",
        why=". ".join(filter(None, [Override(one.code).label if known else "", one.reason])),
        is_own=one.by_id == user_id,
    )
