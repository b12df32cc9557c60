"""The printed pages, the pack, and the page they are found on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.http import urlencode

from practices.clock import local, local_day
from practices.presenters import clock_words, day_words, minutes_words, time_words
from practices.rules.phones import spoken
from triage.actions.paper_looking import Lists, Numbers, PaperDesk, Queue
from triage.presenters.paper import (
    DayWords,
    PlaceWords,
    QueueWords,
    days_words,
    elsewhere_words,
    emergency_words,
    queue_words,
)
from triage.queries.paper_pack import House, PackFacts
from triage.rules.paper import is_stale
from triage.rules.red_flag_list import Endpoint
from triage.rules.red_flags import Card

LINES = 10


@dataclass(frozen=True, slots=True)
class Link:
    """Another list to print."""

    words: str
    href: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class SessionsPage:
    """The session lists of one day."""

    house: str
    stamp: str
    days: tuple[DayWords, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class QueuePage:
    """The open cases."""

    house: str
    title: str
    stamp: str
    cases: tuple[QueueWords, ...]
    emergencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FlagWords:
    """A question of the red-flag card, and where it leads."""

    question: str
    where: str


@dataclass(frozen=True, slots=True)
class SayWords:
    """What to read aloud."""

    where: str
    say: str


@dataclass(frozen=True, slots=True)
class SheetWords:
    """A sheet of several lines, each with a number of its own."""

    number: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormsPage:
    """Blank forms, each with its number."""

    house: str
    stamp: str
    hub_phone: str
    flags: tuple[FlagWords, ...]
    say: tuple[SayWords, ...]
    requests: tuple[str, ...]
    bookings: SheetWords
    outcomes: tuple[str, ...]
    contacts: SheetWords


@dataclass(frozen=True, slots=True)
class PackPage:
    """The whole pack."""

    house: str
    as_of: str
    days: tuple[DayWords, ...]
    elsewhere: tuple[PlaceWords, ...]
    cases: tuple[QueueWords, ...]
    emergencies: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]
    cover: tuple[str, ...]
    stamp: str


@dataclass(frozen=True, slots=True)
class PaperPage:
    """What the house has on paper, and how old it is."""

    house: str
    may_have: bool
    has_pack: bool
    pack: str
    warning: str
    is_hub: bool


def stamp(now: datetime, *, by: str) -> str:
    """When a page was printed, and by whom."""
    return f"Printed {clock_words(now)}, by {by}"


def sessions_page(
    found: Lists, *, clinician_id: int | None, now: datetime, by: str
) -> SessionsPage:
    """The lists in words, with the other lists one can print."""
    ahead = (found.day - local_day(now)).days
    days = [
        Link(words, _lists(number, None), ahead == number and clinician_id is None)
        for number, words in ((0, "Everybody today"), (1, "Everybody tomorrow"))
    ]
    people = [Link(name, _lists(ahead, pk), pk == clinician_id) for pk, name in found.clinicians]
    return SessionsPage(
        house=found.house.name,
        stamp=stamp(now, by=by),
        days=days_words(found.sheets, days=[found.day], has_links=True),
        links=(*days, *people),
    )


def _lists(ahead: int, clinician_id: int | None) -> str:
    asked = [("day", "tomorrow")] if ahead else []
    asked += [("clinician", str(clinician_id))] if clinician_id else []
    where = reverse("triage:print_sessions")
    return f"{where}?{urlencode(asked)}" if asked else where


def queue_page(found: Queue, *, now: datetime, by: str) -> QueuePage:
    """The open cases in words."""
    return QueuePage(
        house=found.house.name,
        title="Queue" if found.house.is_hub else "Open cases",
        stamp=stamp(now, by=by),
        cases=queue_words(found.sheet, now=now),
        emergencies=emergency_words(found.sheet),
    )


def forms_page(house: House, numbers: Numbers, *, stamp: str) -> FormsPage:
    """The blank forms."""
    return FormsPage(
        house=house.name,
        stamp=stamp,
        hub_phone=spoken(house.hub_phone) if house.hub_phone else "______________",
        flags=tuple(FlagWords(one.question, one.endpoint.label) for one in house.card.asked),
        say=_said(house.card),
        requests=numbers.requests,
        bookings=_sheet(numbers.bookings),
        outcomes=numbers.outcomes,
        contacts=_sheet(numbers.contacts),
    )


def _said(card: Card) -> tuple[SayWords, ...]:
    """What is read aloud for each endpoint, each wording once."""
    asked = sorted(card.asked, key=lambda flag: list(Endpoint).index(flag.endpoint))
    return tuple(
        SayWords(where.label, words)
        for where, words in dict.fromkeys((flag.endpoint, flag.say) for flag in asked)
    )


def _sheet(number: str) -> SheetWords:
    return SheetWords(number, tuple(f"{number}/{line}" for line in range(1, LINES + 1)))


def pack_page(facts: PackFacts) -> PackPage:
    """The day of the house in words."""
    today = local_day(facts.at)
    return PackPage(
        house=facts.house.name,
        as_of=clock_words(facts.at),
        days=days_words(facts.sessions, days=[today, today + timedelta(days=1)]),
        elsewhere=elsewhere_words(facts.elsewhere),
        cases=queue_words(facts.queue, now=facts.at),
        emergencies=emergency_words(facts.queue),
        numbers=_numbers(facts),
        cover=_cover(facts),
        stamp=f"As of {clock_words(facts.at)}",
    )


def _numbers(facts: PackFacts) -> tuple[tuple[str, str], ...]:
    """Whom to ring: who answers for a queue by name first, then houses and services."""
    named = [
        (
            f"{row.stretch.name}, answers for {one.name}"
            f" {time_words(row.stretch.starts_at)} to {time_words(row.stretch.ends_at)}",
            _ring(row.stretch.phone),
        )
        for one in facts.cover
        for row in one.named
    ]
    houses = [
        (one.name, ", ".join(filter(None, [_ring(one.phone), one.address])))
        for one in facts.numbers
    ]
    return (*named, *houses)


def _ring(phone: str) -> str:
    return spoken(phone) if phone else "No phone number given"


def _cover(facts: PackFacts) -> tuple[str, ...]:
    """Who is here today and until when, who may supervise, and when nobody answers."""
    today = local_day(facts.at)
    lines = [
        f"{one.clinician}: {time_words(one.starts_at)} to {time_words(one.ends_at)}, {one.site}"
        for one in facts.sessions
        if local_day(one.starts_at) == today
    ]
    lines += [f"May supervise: {name}" for name in facts.supervisors]
    gaps = [
        f"Nobody answers for {one.name} from {time_words(gap.opens_at)} to"
        f" {time_words(gap.closes_at)}"
        for one in facts.cover
        for gap in one.gaps
    ]
    return (*lines, *gaps)


def paper_page(found: PaperDesk, *, now: datetime) -> PaperPage:
    """What the house has on paper: "Pack of 10:15am, 4 minutes old"."""
    pack = found.pack
    words = warning = ""
    if pack is not None:
        minutes = max(0, int((now - pack.made_at).total_seconds() // 60))
        day = local_day(pack.made_at)
        of = time_words(pack.made_at) + ("" if day == local_day(now) else f" on {day_words(day)}")
        words = f"Pack of {of}, {minutes_words(minutes)} old"
        if is_stale(pack.made_at, now=now):
            warning = (
                "This pack is older than it should be: a new one is made every 15 minutes."
                " Use it, and tell whoever looks after Headroom."
            )
    return PaperPage(
        house=found.house.name,
        may_have=found.may_have,
        has_pack=pack is not None,
        pack=words,
        warning=warning,
        is_hub=found.house.is_hub,
    )


def file_name(code: str, made_at: datetime) -> str:
    """ "downtime-OAK1-2026-11-30-1015.html": files of one folder stand in order of time."""
    return f"downtime-{code}-{local(made_at):%Y-%m-%d-%H%M}.html"
