"""The front desk: who comes today, who did not come, and who came without an appointment."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from hubs.models import WalkUp
from hubs.queries import practices_served
from hubs.rules.walk_ups import SentTo
from practices import audit
from practices.actions.reading import log_seen
from practices.clock import local_day
from practices.models import Practice
from practices.rules.phones import parse_phone
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, BadInput, Forbidden, Refused
from practices.rules.roles import PRACTICE_ROLES
from triage.actions.emergencies import raise_emergency
from triage.queries.arrivals import Arrivals, arrivals
from triage.queries.card import card_for
from triage.rules.at_desk import with_heard
from triage.rules.red_flags import scan
from triage.rules.undoing import check_mark

# As much as fits where a number belongs, and more.
LONGEST_HEARD = 200


@dataclass(frozen=True, slots=True)
class WalkUpWish:
    """Who came, what they said, and where they were sent; the number as it was typed."""

    name: str
    words: str
    sent_to: SentTo
    phone: str = ""
    practice_id: int | None = None


def is_hub_desk(by: Actor) -> bool:
    """Whether this desk is a hub's: it has no list of its own."""
    return not by.reach.own


def open_arrivals(*, just: str = "", by: Actor, at: datetime) -> Arrivals:
    """My house's day, and a line that says who looked at it; `just` is whom I said something of."""
    house = by.organisation_id or 0
    served = practices_served(house, on=local_day(at)) if is_hub_desk(by) else ()
    named = Practice.objects.filter(pk__in=served).order_by("organisation__name", "pk")
    practices = tuple(named.values_list("pk", "organisation__name"))
    found = arrivals(house=house, practices=practices, just=just, by_id=by.user_id, at=at)
    log_seen(found.patient_ids, page="arrivals", by=by, at=at)
    return found


def note_walk_up(*, wish: WalkUpWish, by: Actor, at: datetime) -> WalkUp:
    """It is kept who came to the hub; a practice that is told of them answers for them.

    Who needs help now has every clinician called to the desk, and so has who said words that may
    mean a red flag, wherever they were to be sent on: a clinician has read them first.
    """
    if by.user_id is None or not is_hub_desk(by):
        raise Forbidden("Only a hub's desk does this. At a practice, take down the request.")
    if not any(letter.isalnum() for letter in wish.words):
        raise Refused("Enter what they said", code="required", field="words")
    hits = [hit.code for hit in scan(wish.words, card_for(by.organisation_id))]
    is_emergency = wish.sent_to is SentTo.EMERGENCY
    is_call = bool(hits) or is_emergency
    wish = _with_number(wish, is_call=is_call)
    if wish.sent_to is SentTo.PRACTICE:
        wish = _for_practice(wish, is_hit=bool(hits), hub_id=by.organisation_id or 0, at=at)
    made = WalkUp.objects.create(
        hub_id=by.organisation_id,
        practice_id=wish.practice_id if wish.sent_to is SentTo.PRACTICE else None,
        name=wish.name,
        phone=wish.phone,
        words=wish.words,
        scan_hits=hits,
        sent_to=wish.sent_to,
        on=local_day(at),
        at=at,
        by_id=by.user_id,
    )
    facts = {"sent_to": wish.sent_to.value, "practice": made.practice_id, "flags": hits}
    audit.write("walk_up.noted", entity="walk_up", entity_id=made.pk, by=by, at=at, **facts)
    if is_call:
        _call_to_desk(made, is_words=not is_emergency, by=by, at=at)
    return made


def _with_number(wish: WalkUpWish, *, is_call: bool) -> WalkUpWish:
    """With the number as it is rung; one that cannot be read holds up no call, and is kept."""
    if not wish.phone:
        return wish
    try:
        return replace(wish, phone=parse_phone(wish.phone, training=settings.TRAINING))
    except BadInput:
        if not is_call:
            raise
        return replace(wish, phone="", words=with_heard(wish.words, wish.phone[:LONGEST_HEARD]))


def _call_to_desk(came: WalkUp, *, is_words: bool, by: Actor, at: datetime) -> None:
    """Every clinician of the hub is called to them, until one has them."""
    raise_emergency(
        phone=came.phone,
        where="their words may mean a red flag" if is_words else "",
        walk_up_id=came.pk,
        is_here=True,
        is_words=is_words,
        by=by,
        at=at,
    )


def answer_walk_up(*, public_id: str, by: Actor, at: datetime) -> WalkUp:
    """The practice has called them; twice is no trouble."""
    row = _sent_to_us(public_id, by=by)
    if row.answered_at is None:
        row.answered_at, row.answered_by_id = at, by.user_id
        row.save(update_fields=["answered_at", "answered_by"])
        audit.write("walk_up.answered", entity="walk_up", entity_id=row.pk, by=by, at=at)
    return row


def undo_answer(*, public_id: str, by: Actor, at: datetime) -> WalkUp:
    """It was said beside the wrong name: our practice still has to call them."""
    row = _sent_to_us(public_id, by=by)
    check_mark(row.answered_by_id, row.answered_at or at, by_id=by.user_id, now=at)
    row.answered_at = row.answered_by_id = None
    row.save(update_fields=["answered_at", "answered_by"])
    audit.write("walk_up.not_answered", entity="walk_up", entity_id=row.pk, by=by, at=at)
    return row


def _sent_to_us(public_id: str, *, by: Actor) -> WalkUp:
    """Who stood at the hub's desk, if our practice is to call them."""
    row = WalkUp.objects.select_for_update().filter(public_id=public_id).first()
    if row is None:
        raise Absent
    if not by.is_one_of(PRACTICE_ROLES) or row.practice_id != by.organisation_id:
        raise Forbidden("Only the practice they were sent to can say so.")
    return row


def _for_practice(wish: WalkUpWish, *, is_hit: bool, hub_id: int, at: datetime) -> WalkUpWish:
    """As it was said, where their practice can call them; a red flag waits for no such details.

    Without a name or a number their practice looks them up; without a practice they stay at the
    desk, with the clinician who was called.
    """
    if not is_hit:
        _check_can_call(wish, hub_id=hub_id, at=at)
    if wish.practice_id in practices_served(hub_id, on=local_day(at)):
        return wish
    return replace(wish, sent_to=SentTo.EMERGENCY, practice_id=None)


def _check_can_call(wish: WalkUpWish, *, hub_id: int, at: datetime) -> None:
    """The practice is one we serve, and has a name and a number to call."""
    if wish.practice_id not in practices_served(hub_id, on=local_day(at)):
        raise Refused("Choose their practice", code="required", field="practice")
    if not wish.name:
        raise Refused("Enter their name", code="required", field="name")
    if not wish.phone:
        raise Refused("Enter a number the practice can call", code="required", field="phone")
