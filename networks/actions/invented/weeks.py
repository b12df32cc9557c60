"""The practices' books: a week that was, today, and the days already filling up."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

from appointments.actions.past_days import PlannedBooking
from appointments.models import Slot
from appointments.rules.codes import Mode, OverflowReason
from appointments.rules.safe_working import kind_for, points_for
from networks.actions.invented.making import Making
from networks.actions.invented.needs import OVERFLOW, PLANNED, PLANNED_HUB, fits, need_for
from practices.actions import Listed
from practices.rules.access import AccessNeed
from practices.rules.professions import Profession
from triage.rules.codes import Need
from triage.rules.need_defaults import NEED_DEFAULTS

# Booking lag in days, its share, and the share of those who do not come (domain section 6).
LAGS = ((0, 45, 1.9), (1, 12, 5.0), (4, 25, 6.8), (10, 18, 8.5))
# How full a practice's day is, by how many days it lies ahead; percent of the limit.
AHEAD = (78, 52, 40, 34, 28, 24, 20, 16, 13, 10)
PAST = (72, 99)
SLOT_USED = 0.96
LEAST_POINTS = 10
MORNING = 400
HUB_USED, HUB_AHEAD = 66, 33
REASONS = [reason.value for reason in OverflowReason]


@dataclass(slots=True)
class Deck:
    """One practice's patients, dealt one at a time, so that nobody is in two places."""

    patients: Sequence[Listed]
    dealt: int = 0

    def deal(self, *, leaving: int = 0) -> Listed | None:
        """The next patient; None when only `leaving` are left for others to deal."""
        if self.dealt >= len(self.patients) - leaving:
            return None
        self.dealt += 1
        return self.patients[self.dealt - 1]

    @property
    def for_this_morning(self) -> int:
        """How many the morning's requests need; half of a very small list."""
        return min(MORNING, len(self.patients) // 2)


@dataclass(frozen=True, slots=True)
class Books:
    """Who may be booked where: patients by practice, professions and limits by clinician."""

    decks: Mapping[int, Deck]
    professions: Mapping[int, Profession]
    limit_of: Callable[[int, date], int]
    # A clinician's points for today, in tenths, where the day is not a usual one.
    today: Mapping[int, int] = field(default_factory=dict)


def planned_bookings(making: Making, books: Books) -> Iterator[PlannedBooking]:
    """Bookings for every practice slot worth filling, at most the day's points for each person."""
    slots = Slot.objects.filter(practice_id__in=books.decks, status=Slot.Status.OPEN)
    by_day = groupby(
        slots.order_by("day", "clinician_id", "starts_at", "id"),
        key=lambda slot: (slot.day, slot.clinician_id),
    )
    for (day, clinician_id), day_slots in by_day:
        points = _points_of_day(making, books, clinician_id, day)
        slots_of_day = list(day_slots)
        places = [(place, slot) for place in (1, 2) for slot in slots_of_day]
        for place, slot in places:
            if place > slot.places or points < LEAST_POINTS:
                continue
            wish = _booking(making, books, slot, place)
            if wish is not None and wish.points <= points:
                points -= wish.points
                yield wish


def _points_of_day(making: Making, books: Books, clinician_id: int, day: date) -> int:
    limit = books.limit_of(clinician_id, day)
    if day == making.today:
        usual = limit * (AHEAD[0] + making.rng.randint(-22, 12)) // 100
        return books.today.get(clinician_id, usual)
    if day < making.today:
        return limit * making.rng.randint(*PAST) // 100
    ahead = min((day - making.today).days, len(AHEAD) - 1)
    return limit * AHEAD[ahead] // 100


def _booking(making: Making, books: Books, slot: Slot, place: int) -> PlannedBooking | None:
    """A patient for the slot, or None where it stays free."""
    rng = making.rng
    practice_id = slot.practice_id
    if practice_id is None or rng.random() > SLOT_USED:
        return None
    if slot.day < making.today:
        patient: Listed | None = rng.choice(books.decks[practice_id].patients)
    else:
        deck = books.decks[practice_id]
        patient = deck.deal(leaving=deck.for_this_morning)
    if patient is None or not _can_be_met(patient, slot):
        return None
    profession = books.professions[slot.clinician_id]
    need = need_for(patient, profession, PLANNED[profession], slot.day, rng)
    kind = NEED_DEFAULTS[need].kind
    days, missed = _lag(making, slot)
    return PlannedBooking(
        slot=slot,
        patient=patient,
        need=need.value,
        kind=kind,
        points=points_for(
            kind_for(kind, Mode(slot.mode)), [AccessNeed(n) for n in patient.access_needs]
        ),
        booked_at=_booked_at(making, slot, days),
        place=place,
        state=("missed" if missed else "attended") if slot.day < making.today else "booked",
        told=rng.random() < 0.5,
    )


def _can_be_met(patient: Listed, slot: Slot) -> bool:
    """Nobody can call who has given no number."""
    return bool(patient.phone) or not Mode(slot.mode).is_remote


def _lag(making: Making, slot: Slot) -> tuple[int, bool]:
    """How many days ahead the appointment was made, and whether the patient stayed away."""
    shares = [share for _, share, _ in LAGS]
    days, _, missed = making.rng.choices(LAGS, shares)[0]
    if slot.day >= making.today:
        days = max(days, (slot.day - making.today).days + 1)
    return days, making.rng.random() * 100 < missed


def _booked_at(making: Making, slot: Slot, days: int) -> datetime:
    """When the call was: on a past day some time in the morning, always before the slot."""
    if days == 0:
        return slot.starts_at - timedelta(minutes=making.rng.randint(20, 50))
    called = slot.starts_at - timedelta(days=days, minutes=making.rng.randint(0, 60))
    return min(called, making.at - timedelta(hours=14))


def hub_bookings(making: Making, books: Books, hub_id: int) -> Iterator[PlannedBooking]:
    """The hub's past week, and what is booked there ahead, by practices as their lists.

    Two thirds of its places were used (domain section 2); a third are booked ahead. Nobody's day is
    past their limit.
    """
    rng = making.rng
    practices = sorted(books.decks)
    weights = [len(books.decks[practice].patients) for practice in practices]
    used: Counter[tuple[int, date]] = Counter()
    slots = Slot.objects.filter(hub_id=hub_id).order_by("starts_at", "id")
    for slot in slots:
        is_past = slot.day < making.today
        if rng.randrange(100) >= (HUB_USED if is_past else HUB_AHEAD):
            continue
        deck = books.decks[rng.choices(practices, weights)[0]]
        leaving = deck.for_this_morning
        patient = rng.choice(deck.patients) if is_past else deck.deal(leaving=leaving)
        profession = books.professions[slot.clinician_id]
        if patient is None or (patient.declines_hub and not is_past):
            continue
        if not _can_be_met(patient, slot):
            continue
        need = need_for(patient, profession, OVERFLOW if is_past else PLANNED_HUB, slot.day, rng)
        if not fits(patient, need, profession, slot.day):
            continue
        booking = _at_hub(making, slot, patient, need)
        person_day = (slot.clinician_id, slot.day)
        if used[person_day] + booking.points <= books.limit_of(*person_day):
            used[person_day] += booking.points
            yield booking


def _at_hub(making: Making, slot: Slot, patient: Listed, need: Need) -> PlannedBooking:
    rng, kind = making.rng, NEED_DEFAULTS[need].kind
    is_past = slot.day < making.today
    missed = rng.random() * 100 < LAGS[0][2]
    before = timedelta(minutes=rng.randint(20, 200)) if is_past else timedelta(days=2)
    return PlannedBooking(
        slot=slot,
        patient=patient,
        need=need.value,
        kind=kind,
        points=points_for(
            kind_for(kind, Mode(slot.mode)), [AccessNeed(n) for n in patient.access_needs]
        ),
        booked_at=min(slot.starts_at - before, making.at - timedelta(hours=14)),
        state=("missed" if missed else "attended") if is_past else "booked",
        overflow_reason=rng.choices(REASONS, (60, 20, 15, 5))[0],
        share="own",
        told=True,
    )
