"""Taking a place of a slot and giving it back, with its points and its share."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from appointments.actions.audiences import kept_for_others
from appointments.actions.changes import note_change
from appointments.actions.ledger import charge, shift
from appointments.actions.locks import lock_places
from appointments.actions.overriding import About, OverrideWish, keep_override
from appointments.actions.shares import release_share, use_share
from appointments.actions.stretches import Stretch
from appointments.models import Booking, Override, Slot
from appointments.rules.slotting import HOLD, lowest_free_place
from practices import audit
from practices.doors import everywhere
from practices.queries import limits_on
from practices.rules.limits import LimitMode
from practices.rules.london import clock_words, midnight
from practices.rules.reach import Actor, clockwork
from practices.rules.refusals import Conflict, Refused

# Whoever comes by ends a hold that ran out; on record it is nobody's wish.
TIDIER = clockwork("holds that ran out")
# The ledger's column a state's points stand in.
COLUMN_OF = {"held": "held", "booked": "booked", "arrived": "booked", "attended": "logged"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """For whom a place is taken, and what it will cost. `points` are tenths."""

    patient_id: int
    practice_id: int
    person_key: str
    case_ref: str
    need: str
    points: int
    is_urgent: bool
    is_double: bool = False
    asked_by: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a place is taken: as a hold or at once, past which rules, and why not at home.

    `meter` is the own practice's meter, kept with what somebody else sees for it. `made_at` is
    when it was made on paper.
    """

    state: str = "held"
    override: OverrideWish | None = None
    overlap: OverrideWish | None = None
    never_past_limit: bool = False
    overflow_reason: str = ""
    method: str = "phone"
    made_at: datetime | None = None
    meter: dict[str, object] = field(default_factory=dict)


class LimitReached(Conflict):
    """The clinician's safe limit would be passed; nothing was taken."""

    def __init__(self, text: str, *, clinician_id: int) -> None:
        super().__init__(text, code="limit_reached")
        self.clinician_id = clinician_id


class SlotTaken(Conflict):
    """No place of the slot is left; `since` is when the last one went."""

    def __init__(self, since: datetime) -> None:
        super().__init__(f"Taken at {clock_words(since)}.", code="slot_taken")


def take_place(
    stretch: Stretch, wanted: Wanted, terms: Terms, *, by: Actor, at: datetime
) -> Booking:
    """A place of the locked slots, the same in both, is the patient's; points and share charged."""
    slot = stretch.first
    place = _free_place(stretch, wanted, terms, at=at)
    share = _use_share(stretch, wanted, terms, at=at)
    passed = _charge_limit(slot, wanted, terms, by=by, at=at)
    note_change(slot, at=at)
    return Booking.objects.create(
        slot=slot,
        second_slot=stretch.second,
        place=place,
        starts_at=slot.starts_at,
        turns_at=stretch.turns_at,
        ends_at=stretch.slots[-1].ends_at,
        clinician_id=slot.clinician_id,
        hub_id=slot.hub_id,
        practice_id=wanted.practice_id,
        patient_id=wanted.patient_id,
        person_key=wanted.person_key,
        case_ref=wanted.case_ref,
        state=terms.state,
        mode=slot.mode,
        day=slot.day,
        points=wanted.points,
        held_at=at,
        expires_at=at + HOLD if terms.state == "held" else None,
        booked_at=(terms.made_at or at) if terms.state == "booked" else None,
        overflow_reason=terms.overflow_reason if slot.hub_id else "",
        by_id=by.user_id,
        method=terms.method,
        meter=terms.meter,
        reason=wanted.need,
        share=share,
        limit_override=passed,
        overlap_override=overlap_override(terms, stretch, wanted.case_ref, by=by, at=at),
    )


def _use_share(stretch: Stretch, wanted: Wanted, terms: Terms, *, at: datetime) -> str:
    """Out of which share the place is; a practice's own slot needs none."""
    slot = stretch.first
    if slot.hub_id is None:
        return ""
    return use_share(
        practice_id=wanted.practice_id,
        hub_id=slot.hub_id,
        day=slot.day,
        places=len(stretch.slots),
        is_urgent=wanted.is_urgent or terms.override is not None,
        at=at,
    )


def overlap_override(
    terms: Terms, stretch: Stretch, case_ref: str, *, by: Actor, at: datetime
) -> Override | None:
    """On record: the patient may be in two places until then, because somebody says so."""
    if terms.overlap is None or by.user_id is None:
        return None
    house, until = stretch.first.provider_id, stretch.slots[-1].ends_at
    about = About("overlap", house, until=until, case_ref=case_ref)
    return keep_override(about, terms.overlap, by=by, at=at)


def give_back(booking: Booking, *, state: str, because: str, at: datetime) -> Booking:
    """The place, its points and its share are free again; the booking stays as `state`."""
    if booking.share and booking.hub_id is not None:
        release_share(
            practice_id=booking.practice_id,
            hub_id=booking.hub_id,
            day=booking.day,
            own=booking.own_places,
            borrowed=booking.slots_used - booking.own_places,
        )
    shift(
        clinician_id=booking.clinician_id,
        day=booking.day,
        points=booking.points,
        start=COLUMN_OF[booking.state],
        to=None,
    )
    booking.state, booking.ended_because, booking.version = state, because, booking.version + 1
    booking.save(update_fields=["state", "ended_because", "version"])
    note_change(booking.slot, at=at)
    return booking


def expire_holds(slot: Slot, *, at: datetime) -> int:
    """Holds of the locked slot that ran out are over, whoever's they were; how many.

    Of a double only one slot may be locked here, so its row is: nobody else ends it as well.
    """
    here = Q(slot=slot) | Q(second_slot=slot)
    with everywhere(because="holds that ran out", at=at):
        late = list(
            Booking.objects.select_for_update(of=("self",))
            .select_related("slot")
            .filter(here, state="held", expires_at__lte=at)
            .order_by("pk")
        )
        for booking in late:
            give_back(booking, state="expired", because="hold_ended", at=at)
            audit.write("hold.expired", entity="booking", entity_id=booking.pk, by=TIDIER, at=at)
    return len(late)


def _free_place(stretch: Stretch, wanted: Wanted, terms: Terms, *, at: datetime) -> int:
    """The place to take of every locked slot; one kept for others only past a rule, on record."""
    slots = stretch.slots
    kept = kept_for_others(slots, practice_id=wanted.practice_id, asked_by=wanted.asked_by, at=at)
    if terms.override is not None:
        kept = {}
    had = _taken_places(stretch, wanted.practice_id, at=at)
    taken = had.keys()
    places = min(slot.places for slot in slots)
    free = lowest_free_place(places, taken | kept.keys())
    if free is not None:
        return free
    if lowest_free_place(places, taken) is None:
        raise SlotTaken(max(had.values(), default=at))
    until = clock_words(min(kept.values()))
    raise Refused(f"Kept for another practice until {until}", code="embargo", field="slot")


def _taken_places(stretch: Stretch, practice_id: int, *, at: datetime) -> dict[int, datetime]:
    """The places somebody has of the locked slots, and since when.

    What holds that ran out took is free again.
    """
    ids = [slot.pk for slot in stretch.slots]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT place, taken_at, state = 'held' AND expires_at <= %s FROM appointments_place"
            " WHERE slot_id = ANY (%s)",
            [at, ids],
        )
        rows = cursor.fetchall()
    if any(ran_out for _, _, ran_out in rows):
        lock_places(ids, practice_ids=[practice_id], at=at)
        for slot in stretch.slots:
            expire_holds(slot, at=at)
    return {place: since for place, since, ran_out in rows if not ran_out}


def _charge_limit(
    slot: Slot, wanted: Wanted, terms: Terms, *, by: Actor, at: datetime
) -> Override | None:
    """The points are charged; past an enforced limit only by an override that is on record."""
    limit = limits_on([slot.clinician_id], on=slot.day)[slot.clinician_id]
    binds = terms.never_past_limit or limit.mode is LimitMode.ENFORCE
    most = limit.effective.points if binds else None
    if _charge(slot, wanted, terms, limit=most):
        return None
    reason = terms.override
    if reason is None and wanted.is_urgent and not terms.never_past_limit:
        reason = OverrideWish("clinical_need", "Urgent need is never stopped by a limit")
    if reason is None or by.user_id is None:
        raise LimitReached(
            "This would take the clinician past the safe working limit.",
            clinician_id=slot.clinician_id,
        )
    _charge(slot, wanted, terms, limit=None)
    # A limit is of one local day.
    until = midnight(slot.day + timedelta(days=1))
    about = About("limit", slot.provider_id, until=until, case_ref=wanted.case_ref)
    return keep_override(about, reason, by=by, at=at)


def _charge(slot: Slot, wanted: Wanted, terms: Terms, *, limit: int | None) -> bool:
    return charge(
        clinician_id=slot.clinician_id,
        day=slot.day,
        column=COLUMN_OF[terms.state],
        points=wanted.points,
        limit=limit,
    )
