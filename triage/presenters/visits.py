"""A day's home visits in words, one card each, read at a door."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from appointments.rules.codes import BookingState
from practices.clock import local_day
from practices.presenters import age_words, date_words, time_words
from practices.rules.access import AccessNeed
from practices.rules.nhs_number import spaced
from practices.rules.phones import dialled, spoken
from practices.rules.postcodes import where_words
from triage.presenters.contact import must_know, tap_to_call
from triage.presenters.signs import name_words
from triage.queries.visits import Visit

OPEN = ("booked", "arrived")


@dataclass(frozen=True, slots=True)
class VisitCard:
    """One visit. `dials` is empty where there is no number or it is not safe to ring."""

    public_id: str
    time: str
    name: str
    who: str
    where: str
    about: str
    heed: tuple[str, ...]
    phone: str
    dials: str
    case: str
    is_open: bool
    ended: str


@dataclass(frozen=True, slots=True)
class VisitsPage:
    """What is still to do, and what is behind me."""

    to_do: tuple[VisitCard, ...]
    ended: tuple[VisitCard, ...]


def visits_page(visits: Iterable[Visit], *, now: datetime) -> VisitsPage:
    """The visits in their order; those that ended stand below."""
    cards = [_card(visit, now=now) for visit in visits]
    return VisitsPage(
        to_do=tuple(card for card in cards if card.is_open),
        ended=tuple(card for card in cards if not card.is_open),
    )


def _card(visit: Visit, *, now: datetime) -> VisitCard:
    number = spaced(visit.nhs_number) if visit.nhs_number else "no NHS number"
    age = age_words(visit.born_on, on=local_day(now))
    needs = [AccessNeed(need).label for need in visit.needs]
    return VisitCard(
        public_id=str(visit.public_id),
        time=time_words(visit.starts_at),
        name=name_words(visit.family_name, visit.given_name),
        who=f"born {date_words(visit.born_on)} ({age}), {number}, {visit.practice}",
        where=where_words(visit.address, visit.postcode, whole=True),
        about=visit.need.label if visit.need else "Planned visit",
        heed=(*(must_know(visit.contact) if visit.contact else ()), *needs, *_detail(visit)),
        phone=spoken(visit.phone) if visit.phone else "No phone number given",
        dials=_dials(visit),
        case=reverse("triage:case", args=[visit.reference]) if visit.reference else "",
        is_open=visit.state in OPEN,
        ended=BookingState(visit.state).label if visit.state != "missed" else "Not done",
    )


def _detail(visit: Visit) -> tuple[str, ...]:
    return (visit.detail,) if visit.detail else ()


def _dials(visit: Visit) -> str:
    if visit.contact is None:
        return dialled(visit.phone)
    return tap_to_call(visit.phone, visit.contact)
