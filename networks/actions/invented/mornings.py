"""The practices' morning: limits lowered, a colleague off sick, and the patients seen so far."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta

from appointments.actions import (
    OverrideWish,
    cancel_session,
    log_contact,
    mark_arrived,
    mark_attended,
    mark_missed,
    move,
)
from appointments.models import Booking, Session
from appointments.queries import free_slots
from appointments.rules.codes import ContactKind
from networks.actions.invented.desks import Cast
from networks.actions.invented.locality import Locality
from networks.actions.invented.making import Making
from practices.actions import set_limit
from practices.rules.london import instant

EARLY = time(7, 40)
SICK = ("elm", 0)
STANDING_IN = (("elm", 2), ("elm", 3))
LOWERED, PHASED = ("alder", 1), ("alder", 2)
# Tenths of a point already booked for today, where the day is not a usual one.
TODAY = {
    LOWERED: 250,
    PHASED: 110,
    ("alder", 3): 230,
    SICK: 210,
    STANDING_IN[0]: 200,
    STANDING_IN[1]: 290,
    ("bracken", 0): 225,
    ("quern", 0): 300,
    ("thorn", 0): 280,
}
DOUBLE = (*STANDING_IN, ("quern", 0), ("thorn", 0))
MISSED_PERCENT = 5
BRIEF = (ContactKind.BRIEF_ADVICE, ContactKind.RESULTS_CALL, ContactKind.DOCUMENT)


Who = tuple[str, int]


def present(making: Making, locality: Locality, wanted: Iterable[Who]) -> dict[Who, int]:
    """The clinician ids of those who work today: the n-th GP of a practice who is in all day."""
    weekday = making.today.weekday()
    teams = {short: one.gps_on(weekday) for short, one in locality.surgeries.items()}
    return {
        who: teams[who[0]][who[1]].clinician_id for who in wanted if who[1] < len(teams[who[0]])
    }


def points_today(making: Making, locality: Locality) -> Mapping[int, int]:
    """How much of today is booked for those whose day is not a usual one."""
    return {pk: TODAY[who] for who, pk in present(making, locality, TODAY).items()}


def double_today(making: Making, locality: Locality) -> list[int]:
    """Who sees two people a slot today."""
    return list(present(making, locality, DOUBLE).values())


def set_limits(making: Making, locality: Locality, cast: Cast) -> None:
    """One GP's limit is lowered for today, one is on a phased return, one practice set its own."""
    today = making.today
    in_today = present(making, locality, (LOWERED, PHASED))
    if LOWERED in in_today:
        set_limit(
            layer="person",
            points=150,
            from_on=today,
            until_on=today + timedelta(days=1),
            basis="Migraine this morning; agreed with the duty doctor",
            clinician_id=in_today[LOWERED],
            by=cast["practice_manager"],
            at=_early(making),
        )
    if PHASED in in_today:
        set_limit(
            layer="person",
            points=120,
            from_on=making.monday - timedelta(weeks=2),
            until_on=making.monday + timedelta(weeks=4),
            basis="Phased return, occupational health letter",
            clinician_id=in_today[PHASED],
            by=cast["practice_manager"],
            at=making.at - timedelta(weeks=2),
        )
    set_limit(
        layer="practice",
        points=240,
        from_on=making.since,
        basis="Partners' meeting: 24 until the vacancy is filled",
        organisation_id=locality.surgeries["bracken"].id,
        by=cast["supervisor"],
        at=making.at - timedelta(weeks=8),
    )


def spread_the_sick_list(making: Making, locality: Locality, cast: Cast) -> int:
    """The sick GP's patients of today are with two colleagues; how many, past which limits."""
    in_today = present(making, locality, (SICK, *STANDING_IN))
    if len(in_today) < 1 + len(STANDING_IN):
        return 0
    by, at = cast["practice_manager_elm"], _early(making)
    sick, elm = in_today.pop(SICK), locality.surgeries["elm"]
    helpers = list(in_today.values())
    end = instant(making.today + timedelta(days=1), time(0))
    free = {
        helper: [
            slot
            for slot in free_slots(at=at, start=at, end=end, most=1000, practice_id=elm.id)
            if slot.clinician_id == helper
        ]
        for helper in helpers
    }
    theirs = Booking.objects.filter(clinician_id=sick, day=making.today, state="booked")
    moved = 0
    for booking in theirs.filter(starts_at__gt=at).order_by("starts_at", "id"):
        places = free[helpers[moved % len(helpers)]]
        if not places:
            break
        move(
            booking_id=booking.pk,
            to_slot_id=places.pop(0).id,
            because="leave",
            is_urgent=False,
            override=OverrideWish("service_failure", "A colleague is off sick today"),
            by=by,
            at=at,
        )
        moved += 1
    sessions = Session.objects.filter(clinician_id=sick, slots__day=making.today)
    for session_id in set(sessions.values_list("pk", flat=True)):
        cancel_session(session_id=session_id, reason="sick leave", by=by, at=at)
    return moved


def see_patients(making: Making, locality: Locality, cast: Cast) -> int:
    """Whoever's time has passed was seen or did not come; how many."""
    by = cast["duty"]
    practices = [surgery.id for surgery in locality.surgeries.values()]
    due = Booking.objects.filter(
        practice_id__in=practices, day=making.today, state="booked", starts_at__lt=making.at
    )
    seen = 0
    for booking in due.order_by("starts_at", "id"):
        seen += 1
        if booking.ends_at > making.at:
            mark_arrived(booking_id=booking.pk, by=by, at=booking.starts_at)
        elif making.rng.randrange(100) < MISSED_PERCENT:
            mark_missed(booking_id=booking.pk, by=by, at=booking.ends_at)
        else:
            mark_attended(booking_id=booking.pk, by=by, at=booking.ends_at)
    return seen


def log_brief_contacts(making: Making, locality: Locality, cast: Cast) -> None:
    """About every second GP has logged what no appointment stands for."""
    for surgery in locality.surgeries.values():
        for person in surgery.gps_on(making.today.weekday())[::2]:
            ago = timedelta(minutes=making.rng.randint(3, 70))
            log_contact(
                clinician_id=person.clinician_id,
                organisation_id=surgery.id,
                kind=making.rng.choice(BRIEF),
                contact_at=making.at - ago,
                by=cast["duty"],
                at=making.at - ago,
            )


def _early(making: Making) -> datetime:
    """Before the doors open today, or now where it is earlier still."""
    return min(making.at, instant(making.today, EARLY))
