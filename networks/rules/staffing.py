"""Staff and rotas of believable size, from the number of patients on a list.

Figures: 0.44 qualified full-time GPs per 1,000 patients (domain section 6), a full-time GP works
nine half-days, a session has three hours of consulting in slots of 15 minutes (BMA handbook).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from appointments.rules.codes import Mode
from practices.rules.professions import DEFAULTS, Profession

GP_SESSIONS_PER_10000 = 396
PATIENTS_PER_NURSE = 5000
MOST_GP_SESSIONS_EACH = 6
NURSE_SESSIONS = 8
SATURDAY = 5
MORNING = (time(8, 30), time(11, 30))
AFTERNOON = (time(14), time(17))
EARLY, NOON = (time(8), time(12)), (time(13), time(16))
LATE, EVENING = (time(12), time(16)), (time(16, 30), time(20))
SATURDAY_MORNING = (time(9), time(13))
# A week's demand by weekday, per cent (domain section 6: Monday has 28).
DEMAND = (28, 20, 17, 16, 19)
# A practice without a published list is taken to be a common one (domain section 6).
USUAL_LIST = 8000


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch of a weekday (Monday is 0) in wall time, and how patients are met in it."""

    weekday: int
    starts: time
    ends: time
    mode: Mode = Mode.FACE_TO_FACE


@dataclass(frozen=True, slots=True)
class Post:
    """One person's week."""

    profession: Profession
    week: tuple[Shift, ...]
    supervises: bool = False
    # Who in the team answers for this person, by place in it.
    supervisor: int = 0

    @property
    def slot_minutes(self) -> int:
        """How long the profession's slots are to start with."""
        return DEFAULTS[self.profession].slot_minutes


def practice_posts(list_size: int) -> tuple[Post, ...]:
    """The GPs and nurses of a practice of this size, each with a week."""
    sessions = max(2, round(list_size * GP_SESSIONS_PER_10000 / 100_000))
    gps = -(-sessions // MOST_GP_SESSIONS_EACH)
    nurses = max(1, round(list_size / PATIENTS_PER_NURSE))
    spread = [sessions // gps + (1 if person < sessions % gps else 0) for person in range(gps)]
    return (
        *(Post(Profession.GP, week) for week in _gp_weeks(spread)),
        *(Post(Profession.NURSE, tuple(_nurse_week(person))) for person in range(nurses)),
    )


def hub_posts() -> tuple[Post, ...]:
    """A hub's team of ten: two GPs who supervise, and never more at once than one may."""
    weekdays = range(5)
    return (
        Post(Profession.GP, _shifts(weekdays, EARLY), supervises=True),
        Post(
            Profession.GP,
            (*_shifts(weekdays, EVENING), *_shifts((SATURDAY,), SATURDAY_MORNING)),
            supervises=True,
        ),
        Post(Profession.ANP, _shifts((0, 1, 2, 3), EARLY, NOON)),
        Post(Profession.ANP, _shifts((0, 1, 3, 4), LATE, EVENING)),
        Post(
            Profession.ANP,
            (*_shifts((0, 4), LATE), *_shifts((SATURDAY,), SATURDAY_MORNING)),
            supervisor=1,
        ),
        Post(Profession.PARAMEDIC, _shifts(weekdays, EARLY, NOON)),
        Post(Profession.PHARMACIST, _shifts(weekdays, EARLY, mode=Mode.PHONE)),
        Post(Profession.PHYSIO, _shifts((0, 2, 4), EARLY)),
        Post(Profession.MENTAL_HEALTH, _shifts((0, 1, 3), LATE)),
        Post(Profession.NURSE, _shifts(weekdays, NOON), supervisor=1),
    )


def hub_week() -> Mapping[int, tuple[tuple[time, time], ...]]:
    """The hours in which somebody of the hub's team is there."""
    weekday = ((EARLY[0], EVENING[1]),)
    return {**dict.fromkeys(range(5), weekday), SATURDAY: (SATURDAY_MORNING,)}


def places_a_day(posts: Sequence[Post]) -> int:
    """The slots of an average weekday, rounded down."""
    slots = sum((_minutes(shift) // post.slot_minutes) for post in posts for shift in post.week)
    return slots // 5


def name_of(place: int) -> str:
    """The invented name of the n-th practice: Practice A … Z, AA, AB …"""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"Practice {letters}"


def _minutes(shift: Shift) -> int:
    start, end = shift.starts, shift.ends
    return (end.hour - start.hour) * 60 + end.minute - start.minute


def _gp_weeks(spread: Sequence[int]) -> Iterator[tuple[Shift, ...]]:
    """Each GP's sessions, as whole days and at most one half, laid where demand needs them."""
    cover = [0] * len(DEMAND)
    for person, sessions in enumerate(spread):
        wanted = sorted(range(len(DEMAND)), key=lambda day: (-DEMAND[day] / (cover[day] + 1), day))
        whole, half = wanted[: sessions // 2], wanted[sessions // 2 : (sessions + 1) // 2]
        for day in whole:
            cover[day] += 2
        for day in half:
            cover[day] += 1
        yield tuple(_gp_week(person, sorted(whole), half))


def _gp_week(person: int, whole: Sequence[int], half: Sequence[int]) -> Iterator[Shift]:
    for weekday in whole:
        yield Shift(weekday, *MORNING)
        yield Shift(weekday, *AFTERNOON, _afternoon_mode(person, weekday))
    for weekday in half:
        yield Shift(weekday, *MORNING)


def _afternoon_mode(person: int, weekday: int) -> Mode:
    """About every second afternoon is by phone: a quarter of all contacts are."""
    return Mode.PHONE if (person + weekday) % 2 else Mode.FACE_TO_FACE


def _nurse_week(person: int) -> Iterator[Shift]:
    off = (person * 2 + 2) % 5
    days = [day for day in range(5) if day != off][: NURSE_SESSIONS // 2]
    for weekday in days:
        yield Shift(weekday, *MORNING)
        yield Shift(weekday, *AFTERNOON)


def _shifts(
    weekdays: Sequence[int], *stretches: tuple[time, time], mode: Mode = Mode.FACE_TO_FACE
) -> tuple[Shift, ...]:
    return tuple(Shift(day, *stretch, mode) for day in weekdays for stretch in stretches)
