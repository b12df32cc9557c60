"""Clinicians who triage: the next case, a signed class, and what becomes of it."""

from datetime import datetime, timedelta
from functools import partial

from appointments.actions import log_contact
from appointments.rules.codes import ContactKind
from appointments.rules.safe_working import POINTS
from networks.actions.invented.requests import SAFETY_NET
from networks.actions.simulated.agenda import Day, Triager
from networks.actions.simulated.placing import place
from networks.actions.simulated.returning import answer_back
from networks.rules.behaviour import (
    CLASS_LOWERED,
    HANDED_BACK,
    IN_PERSON,
    NOT_REACHED,
    PHARMACY_NEEDS,
    PHONE,
    SENT_TO_PHARMACY,
    SETTLED_ON_PHONE,
    TRIAGE,
    minutes_of,
    pick,
)
from triage.actions import (
    OutcomeWish,
    change_class,
    close,
    hand_back,
    heartbeat,
    keep_booking,
    record_attempt,
    take_next,
)
from triage.actions.sending_help import send_help
from triage.models import Case
from triage.rules.attempts import APART, Contact, Met, TriedBy
from triage.rules.closing import Record
from triage.rules.codes import Need, Outcome, Urgency
from triage.rules.unreached import SentHelp

# A clinician who finds nothing to do looks again when something comes, or after so long.
LOOKS_AGAIN = 5.0
SAME_DAY = Urgency.P4.rank
ATTEMPTS = (TriedBy.PHONE, TriedBy.TEXT, TriedBy.OTHER_PHONE)
AHEAD = timedelta(seconds=20)
SPOKEN_TO = Contact(Met.PATIENT, TriedBy.PHONE)


def wake(day: Day, practice_id: int, at: datetime) -> None:
    """One idle clinician who may take the practice's cases takes the next one."""
    for triager in day.triagers:
        is_fit = triager.practice_id in (None, practice_id)
        if triager.is_idle and is_fit and triager.is_on(at):
            triager.is_idle = False
            day.agenda.put(at + AHEAD, partial(take, day, triager))
            return


def take(day: Day, triager: Triager, at: datetime) -> None:
    """The most urgent case is theirs for some minutes; where there is none, they wait."""
    if not triager.is_on(at):
        triager.is_idle = True
        return
    case = day.wish(take_next, hub_id=day.stage.hub_id, by=triager.actor, at=at)
    if case is None:
        triager.is_idle = True
        return
    day.counted["taken"] += 1
    minutes = minutes_of(TRIAGE, day.dice())
    day.later(at, minutes, partial(_decide, day, triager, case))


def look_again(day: Day, at: datetime) -> None:
    """Whoever is idle looks at the queue once more: leases and holds run out by themselves."""
    for triager in day.triagers:
        if triager.is_idle and triager.is_on(at):
            triager.is_idle = False
            day.agenda.put(at, partial(take, day, triager))
    if at < max(one.ends_at for one in day.triagers):
        day.later(at, LOOKS_AGAIN, partial(look_again, day))


def _decide(day: Day, triager: Triager, case: Case, at: datetime) -> None:
    """The class is signed and the case goes its way; then the next one is taken."""
    busy = _go_its_way(day, triager, case, at)
    if busy is not None:
        day.later(at, busy, partial(take, day, triager))


def _go_its_way(day: Day, triager: Triager, case: Case, at: datetime) -> float | None:
    """How many minutes the clinician is busy with it still; None when they come back to it."""
    booking = case.booking
    is_expected = booking is not None and booking.state in ("booked", "arrived")
    if booking is not None and is_expected and booking.ends_at > at:
        day.wish(keep_booking, reference=case.reference, by=triager.actor, at=at)
        return 0
    urgency = _sign(day, triager, case, at)
    if urgency is Urgency.P0:
        _close(day, triager, case, Outcome.AMBULANCE, at)
        return 0
    if day.dice() < NOT_REACHED:
        _try_to_reach(day, triager, case, 0, at)
        return None
    return _WAYS[pick(_weights(triager, case), day.dice())](day, triager, case, at)


def _weights(triager: Triager, case: Case) -> tuple[tuple[str, float], ...]:
    """The ways open to the case; most end in an appointment.

    Past their own safe day a clinician settles only what cannot wait: the rest is booked.
    """
    has_room = triager.room >= POINTS[ContactKind.PHONE] or case.urgency <= SAME_DAY
    phone = SETTLED_ON_PHONE if has_room else 0.0
    pharmacy = SENT_TO_PHARMACY if Need(case.need) in PHARMACY_NEEDS else 0.0
    back = HANDED_BACK if triager.practice_id is None and case.urgency >= 4 else 0.0
    rest = 1 - phone - pharmacy - back
    return (
        ("phone", phone),
        ("pharmacy", pharmacy),
        ("back", back),
        ("book", rest),
    )


def _sign(day: Day, triager: Triager, case: Case, at: datetime) -> Urgency:
    """The class has the clinician's name; now and then it is one lower, with a reason."""
    urgency = Urgency(f"P{case.urgency}")
    is_lower = case.urgency in (3, 4) and day.dice() < CLASS_LOWERED
    signed = Urgency(f"P{case.urgency + 1}") if is_lower else urgency
    reason = "Well in themselves, no alarm signs on the phone." if is_lower else ""
    done = day.wish(
        change_class,
        reference=case.reference,
        urgency=signed,
        reason=reason,
        by=triager.actor,
        at=at,
    )
    return signed if done is not None else urgency


def _settle(day: Day, triager: Triager, case: Case, at: datetime) -> float:
    """Advice on the phone: a contact of the clinician's own day, then closed."""
    minutes = minutes_of(PHONE, day.dice())
    _see(day, triager, case, ContactKind.PHONE, minutes, at)
    return minutes


def _to_pharmacy(day: Day, triager: Triager, case: Case, at: datetime) -> float:
    _close(day, triager, case, Outcome.PHARMACY, at)
    return 0


def _back(day: Day, triager: Triager, case: Case, at: datetime) -> float:
    """The practice is asked to take it; a second time somebody is named."""
    house = day.house(case.practice_id)
    named = house.triagers[0].clinician_id if case.bounces else None
    done = day.wish(
        hand_back,
        reference=case.reference,
        reason="Needs somebody who knows the record.",
        to_clinician_id=named,
        by=triager.actor,
        at=at,
    )
    if done is not None:
        answer_back(day, house, case.reference, at)
    return 0


def _book(day: Day, triager: Triager, case: Case, at: datetime) -> float:
    """A place in time; else the clinician sees a same-day case, and hands a later one back."""
    urgency = case.urgency
    if place(day, case.reference, by=triager.actor, at=at, in_time=urgency <= SAME_DAY):
        return 0
    if urgency <= SAME_DAY:
        minutes = minutes_of(IN_PERSON, day.dice())
        day.counted["squeezed_in"] += 1
        _see(day, triager, case, ContactKind.FACE_TO_FACE, minutes, at)
        return minutes
    return _back(day, triager, case, at)


_WAYS = {"phone": _settle, "pharmacy": _to_pharmacy, "back": _back, "book": _book}


def _see(
    day: Day, triager: Triager, case: Case, kind: ContactKind, minutes: float, begins_at: datetime
) -> None:
    """Once the time is over the contact is logged on the clinician's day and the case closed."""
    day.wish(heartbeat, reference=case.reference, by=triager.actor, at=begins_at)
    day.later(begins_at, minutes, partial(_seen, day, triager, case, kind))


def _seen(day: Day, triager: Triager, case: Case, kind: ContactKind, at: datetime) -> None:
    done = _close(day, triager, case, Outcome.ADVICE, at)
    if done is not None:
        triager.room -= POINTS[kind]
        day.wish(
            log_contact,
            clinician_id=triager.actor.clinician_id,
            organisation_id=triager.actor.organisation_id,
            kind=kind,
            contact_at=at,
            by=triager.actor,
            at=at,
        )


def _close(day: Day, triager: Triager, case: Case, code: Outcome, at: datetime) -> Case | None:
    wish = OutcomeWish(
        code,
        note="Spoken to by phone.",
        taken_by="The ambulance crew" if code is Outcome.AMBULANCE else "",
        safety_net=SAFETY_NET,
        record_viewed=Record.SHARED,
        contact=None if code is Outcome.NO_CONTACT else SPOKEN_TO,
    )
    return day.wish(close, reference=case.reference, wish=wish, by=triager.actor, at=at)


def _try_to_reach(day: Day, triager: Triager, case: Case, tried: int, at: datetime) -> None:
    """Three attempts a quarter of an hour apart, then a clinician ends it; others are seen between.

    The lease is kept alive, so that nobody else calls the same patient meanwhile.
    """
    attempt = day.wish(
        record_attempt,
        reference=case.reference,
        channel=ATTEMPTS[tried].value,
        answered=False,
        by=triager.actor,
        at=at,
    )
    day.wish(heartbeat, reference=case.reference, by=triager.actor, at=at)
    if attempt is None:
        pass
    elif tried + 1 < len(ATTEMPTS):
        again = partial(_try_to_reach, day, triager, case, tried + 1)
        day.agenda.put(at + APART - timedelta(seconds=30), partial(_keep, day, triager, case))
        day.agenda.put(at + APART, again)
    else:
        _send_somebody(day, triager, case, at)
        _close(day, triager, case, Outcome.NO_CONTACT, at)
    if tried == 0:
        day.later(at, 1, partial(take, day, triager))


def _send_somebody(day: Day, triager: Triager, case: Case, at: datetime) -> None:
    """Whom nobody reaches though it is most urgent, somebody looks after at home."""
    if case.urgency > Urgency.P1.rank:
        return
    sent = {"sent": SentHelp.WELFARE_CHECK, "words": "Asked the police"}
    day.wish(send_help, reference=case.reference, by=triager.actor, at=at, **sent)


def _keep(day: Day, triager: Triager, case: Case, at: datetime) -> None:
    day.wish(heartbeat, reference=case.reference, by=triager.actor, at=at)
