"""The demo's Monday morning: the reference locality at the instant the clock reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from random import Random

from appointments.actions.past_days import take_over
from networks.actions.invented.covering import name_everybody
from networks.actions.invented.desks import PASSWORD, accounts, cast, make_desks
from networks.actions.invented.locality import (
    NETWORK_CODE,
    PATIENTS,
    Locality,
    Surgery,
    make_locality,
)
from networks.actions.invented.making import Account, Making, check_training, open_days
from networks.actions.invented.mornings import (
    double_today,
    log_brief_contacts,
    points_today,
    see_patients,
    set_limits,
    spread_the_sick_list,
)
from networks.actions.invented.queue import Queue, play
from networks.actions.invented.teams import publish_days
from networks.actions.invented.weeks import Books, Deck, hub_bookings, planned_bookings
from networks.actions.snapshots import take_snapshot
from networks.models import Network
from practices.actions import issue_token, revoke_tokens
from practices.queries import limits_on
from practices.rules.access import AccessNeed
from practices.rules.reach import Actor
from triage.actions.protocols import sign_usual_protocols

SEED = 46_300
WEEKS = 3
TOKEN_DAYS = 90


@dataclass(frozen=True, slots=True)
class Seeded:
    """What stands after the seed; `already` means an earlier one made it."""

    accounts: tuple[Account, ...]
    password: str
    already: bool = False
    counts: tuple[tuple[str, int], ...] = ()


def seed_demo(*, patients: int = PATIENTS, by: Actor, at: datetime) -> Seeded:
    """The demo stands, all of it or nothing; where it stands already, nothing changes."""
    check_training()
    if Network.objects.filter(organisation__code=NETWORK_CODE).exists():
        return Seeded(tuple(accounts()), PASSWORD, already=True)
    # Invented people need no secrecy, and the same seed makes the same people.
    making = Making(by=by, at=at, rng=Random(SEED))  # noqa: S311  (invented data, no secret)
    locality = make_locality(making, patients=patients)
    make_desks(making, locality)
    set_limits(making, locality, cast())
    sessions = publish_days(
        making,
        people=locality.everybody,
        days=open_days(making.monday - timedelta(weeks=1), WEEKS),
        double_today=double_today(making, locality),
    )
    decks = {one.id: _deck(making, one) for one in locality.surgeries.values()}
    bookings = _fill_books(making, locality, decks)
    cases = _play_morning(making, locality, decks)
    name_everybody(making, locality)
    take_snapshot(network_id=locality.network_id, by=by, at=at)
    registered = sum(len(one.patients) for one in locality.surgeries.values())
    return Seeded(
        tuple(accounts()),
        PASSWORD,
        counts=(
            ("patients", registered),
            ("clinicians", len(locality.everybody)),
            ("sessions", sessions),
            ("planned bookings", bookings),
            ("cases this morning", cases),
        ),
    )


def renew_tokens(*, membership_ids: tuple[int, ...], by: Actor, at: datetime) -> Mapping[int, str]:
    """A new token for each membership; those issued before open nothing any more."""
    tokens = {}
    for membership_id in membership_ids:
        revoke_tokens(membership_id=membership_id, by=by, at=at)
        tokens[membership_id] = issue_token(
            membership_id=membership_id, name="Demo", days=TOKEN_DAYS, by=by, at=at
        )
    return tokens


def _deck(making: Making, surgery: Surgery) -> Deck:
    """The practice's patients, shuffled; without those its building cannot receive."""
    shut_out = {AccessNeed.HOME_ONLY.value}
    if not surgery.plan.place.step_free:
        shut_out.add(AccessNeed.STEP_FREE.value)
    able = [one for one in surgery.patients if not shut_out.intersection(one.access_needs)]
    making.rng.shuffle(able)
    return Deck(able)


def _fill_books(making: Making, locality: Locality, decks: Mapping[int, Deck]) -> int:
    """The week that was, today and the days ahead are booked as they would be."""
    professions = {one.clinician_id: one.profession for one in locality.everybody}

    @cache
    def limits(day: date) -> Mapping[int, int]:
        found = limits_on(professions.keys(), on=day)
        return {pk: limit.effective.points for pk, limit in found.items()}

    books = Books(
        decks=decks,
        professions=professions,
        limit_of=lambda clinician_id, day: limits(day)[clinician_id],
        today=points_today(making, locality),
    )
    wishes = [
        *planned_bookings(making, books),
        *hub_bookings(making, books, locality.hub_id),
    ]
    return len(take_over(bookings=wishes, by=making.by, at=making.at))


def _play_morning(making: Making, locality: Locality, decks: Mapping[int, Deck]) -> int:
    """Everything that happened today until now, by the actions people use; the cases it made."""
    people = cast()
    sign_usual_protocols(
        basis="The locality’s protocols, agreed by its practices",
        reason="Reception books what needs no clinician first",
        second=people["clinical_lead_second"],
        by=people["clinical_lead"],
        at=making.at - timedelta(weeks=8),
    )
    spread_the_sick_list(making, locality, people)
    see_patients(making, locality, people)
    log_brief_contacts(making, locality, people)
    asked, booked = play(Queue(making, locality, people, decks))
    return asked + booked
