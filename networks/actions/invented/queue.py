"""The hub's morning: cases come in, are signed, booked, seen, claimed and handed back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from appointments.queries import FreeSlot, free_slots
from hubs.rules.needs import Urgency
from networks.actions.invented.desks import Cast
from networks.actions.invented.locality import Locality
from networks.actions.invented.making import Making
from networks.actions.invented.needs import GROWN_UP, OVERFLOW, fits, need_for, words_for
from networks.actions.invented.requests import SAFETY_NET, WAITING, Asked, Then
from networks.actions.invented.weeks import Deck
from practices.actions import Listed
from practices.rules.london import instant
from practices.rules.person_names import age_on
from practices.rules.professions import Profession
from practices.rules.reach import Actor
from practices.rules.refusals import Refused
from triage.actions import (
    CaseWish,
    OutcomeWish,
    acknowledge_emergency,
    book,
    change_class,
    claim,
    close,
    end_emergency,
    hand_back,
    raise_emergency,
    release,
    submit,
)
from triage.models import Case
from triage.rules.attempts import Contact, Met, TriedBy
from triage.rules.closing import Record
from triage.rules.codes import CallEnd, Channel, Need, Outcome
from triage.rules.second_looks import Again

# With what was booked ahead this makes the hub half full.
EVERY = 3
# Patients wait at least this long between the call and the hub's appointment.
NOTICE = timedelta(minutes=15)
CALLS_BEFORE = (timedelta(minutes=20), timedelta(minutes=95))


@dataclass(frozen=True, slots=True)
class Queue:
    """What the morning is played with."""

    making: Making
    locality: Locality
    cast: Cast
    decks: Mapping[int, Deck]

    def desk(self, practice: str) -> Actor:
        """The practice's receptionist."""
        suffix = "" if practice == "alder" else f"_{practice}"
        return self.cast[f"receptionist{suffix}"]

    def patient(self, practice: str, fitting: Callable[[Listed], bool]) -> Listed | None:
        """Somebody of the practice whom it fits and who has no other part today."""
        deck = self.decks[self.locality.surgeries[practice].id]
        while (patient := deck.deal()) is not None:
            if fitting(patient):
                return patient
        return None


def play(queue: Queue) -> tuple[int, int]:
    """The cases of the morning stand as they would; how many wait or were, and how many booked."""
    _emergencies(queue)
    asked = sum(1 for one in WAITING if _ask(queue, one) is not None)
    booked = sum(1 for slot in _some_of(queue) if _book(queue, slot))
    return asked, booked


def _emergencies(queue: Queue) -> None:
    """Two callers who needed help at once; both had a clinician within two minutes, and 999."""
    by = queue.cast["supervisor"]
    for ago, practice, phone in ((23, "bracken", "07700 900117"), (64, "alder", "07700 900642")):
        at = queue.making.at - timedelta(minutes=ago)
        call = raise_emergency(phone=phone, where="At home", by=queue.desk(practice), at=at)
        acknowledge_emergency(reference=call.reference, by=by, at=at + timedelta(seconds=50))
        end_emergency(
            reference=call.reference,
            ended_as=CallEnd.AMBULANCE,
            case="",
            by=by,
            at=at + timedelta(minutes=6),
        )


def _ask(queue: Queue, one: Asked) -> Case | None:
    """The request is a case, and what has happened to it since has happened."""
    at = queue.making.at - timedelta(minutes=one.ago)
    today = queue.making.today

    def could_say(person: Listed) -> bool:
        """Words that are written down are a grown-up's."""
        is_grown_up = age_on(person.born_on, today) >= GROWN_UP
        return fits(person, one.need, None, today) and (is_grown_up or not one.words)

    patient = queue.patient(one.practice, could_say)
    if patient is None:
        return None
    age = age_on(patient.born_on, today)
    wish = CaseWish(
        patient_id=patient.id,
        need=one.need,
        channel=one.channel,
        words=one.words or words_for(one.need, queue.making.rng, age=age),
        red_flags=one.flags,
        red_flags_asked=one.channel is not Channel.ONLINE,
        external_code=one.code,
    )
    case = submit(wish=wish, by=queue.desk(one.practice), at=at)
    AFTERWARDS[one.then](queue, case, at)
    return case


def _wait(_: Queue, __: Case, ___: datetime) -> None:
    """Nobody has looked yet."""


def _sign(queue: Queue, case: Case, at: datetime) -> None:
    """A hub clinician has read it, signed the class and let it go."""
    by, read_at = queue.cast["clinician"], at + timedelta(minutes=2)
    _read(case, by=by, at=read_at)
    release(reference=case.reference, by=by, at=read_at + timedelta(seconds=30))


def _keep(queue: Queue, case: Case, _: datetime) -> None:
    """A hub clinician is on it right now."""
    at = queue.making.at - timedelta(minutes=4)
    claim(reference=case.reference, by=queue.cast["clinician_anp"], at=at)


def _back(queue: Queue, case: Case, at: datetime) -> None:
    """The hub asks the practice to take it; the practice has not answered yet."""
    by = queue.cast["clinician_anp"]
    _read(case, by=by, at=at + timedelta(minutes=9))
    hand_back(
        reference=case.reference,
        reason="Needs the practice's own record of doses before anybody changes them.",
        by=by,
        at=at + timedelta(minutes=12),
    )


def _advise(queue: Queue, case: Case, at: datetime) -> None:
    """Settled on the phone, with a safety net."""
    by = queue.cast["clinician"]
    _read(case, by=by, at=at + timedelta(minutes=6))
    close(
        reference=case.reference,
        wish=OutcomeWish(
            Outcome.ADVICE,
            note="Self-care agreed.",
            safety_net=SAFETY_NET,
            record_viewed=Record.SHARED,
            contact=Contact(Met.PATIENT, TriedBy.PHONE),
            again=Again.TWO_DAYS,
        ),
        by=by,
        at=at + timedelta(minutes=13),
    )


AFTERWARDS: Mapping[Then, Callable[[Queue, Case, datetime], None]] = {
    Then.WAITS: _wait,
    Then.SIGNED: _sign,
    Then.CLAIMED: _keep,
    Then.HANDED_BACK: _back,
    Then.ADVISED: _advise,
}


def _read(case: Case, *, by: Actor, at: datetime) -> None:
    """The clinician has claimed the case and put a name to its class."""
    claim(reference=case.reference, by=by, at=at)
    urgency = Urgency(f"P{case.urgency}")
    change_class(reference=case.reference, urgency=urgency, reason="", by=by, at=at)


def _some_of(queue: Queue) -> Iterator[FreeSlot]:
    """Every third place the hub still has today, in no regular pattern."""
    day = queue.making.today
    start = instant(day, time(0))
    slots = free_slots(
        at=start,
        start=start,
        end=instant(day + timedelta(days=1), time(0)),
        most=1000,
        hub_id=queue.locality.hub_id,
    )
    return (slot for slot in slots if queue.making.rng.randrange(EVERY) == 0)


def _book(queue: Queue, slot: FreeSlot) -> bool:
    """A case that called earlier this morning has the slot; False where nobody fits or may."""
    making, rng = queue.making, queue.making.rng
    latest = min(making.at - timedelta(minutes=2), slot.starts_at - NOTICE)
    earliest = making.at - CALLS_BEFORE[1]
    spread = max(0, int((latest - earliest).total_seconds()))
    at = earliest + timedelta(seconds=rng.randint(0, spread)) if spread else latest
    practice = rng.choices(*_by_size(queue))[0]
    found = _who(queue, practice, Profession(slot.profession))
    if found is None:
        return False
    patient, need = found
    desk, reader = queue.desk(practice), queue.cast["clinician"]
    wish = CaseWish(
        patient_id=patient.id,
        need=need,
        words=words_for(need, rng, age=age_on(patient.born_on, making.today)),
        red_flags_asked=True,
    )
    case = submit(wish=wish, by=desk, at=at)
    by = desk
    if not case.bookable_now:
        at, by = at + timedelta(minutes=1), reader
        _read(case, by=by, at=at)
    try:
        book(reference=case.reference, slot_id=slot.id, by=by, at=at + timedelta(seconds=70))
    except Refused:
        # The clinician's day or the practice's share is full: the case waits like any other.
        if by is reader:
            release(reference=case.reference, by=by, at=at + timedelta(seconds=90))
        return False
    if slot.ends_at <= making.at:
        _see(queue, case, slot)
    return True


def _see(queue: Queue, case: Case, slot: FreeSlot) -> None:
    wish = OutcomeWish(
        Outcome.BOOKED_HUB,
        note="Seen at the hub.",
        safety_net=SAFETY_NET,
        record_viewed=Record.SHARED,
    )
    close(
        reference=case.reference,
        wish=wish,
        by=queue.cast["clinician"],
        at=min(queue.making.at, slot.ends_at + timedelta(minutes=1)),
    )


def _by_size(queue: Queue) -> tuple[Sequence[str], Sequence[int]]:
    surgeries = queue.locality.surgeries
    return list(surgeries), [surgery.plan.list_size for surgery in surgeries.values()]


def _who(queue: Queue, practice: str, profession: Profession) -> tuple[Listed, Need] | None:
    """A patient the profession may see, with a need in its scope."""
    today = queue.making.today
    patient = queue.patient(
        practice, lambda person: not person.declines_hub and _age_fits(person, profession, queue)
    )
    if patient is None:
        return None
    need = need_for(patient, profession, OVERFLOW, today, queue.making.rng)
    return (patient, need) if fits(patient, need, profession, today) else None


def _age_fits(patient: Listed, profession: Profession, queue: Queue) -> bool:
    """Whether some need of the overflow is within the profession's scope for the patient."""
    return any(fits(patient, need, profession, queue.making.today) for need, _ in OVERFLOW)
