"""Pressure, level 1 to 4, calculated from evidence: nobody declares it, nobody forgets to.

The level is the worst of its signs. It goes up at once and down only after half an hour, so that
it does not flicker. A person may set another level for at most four hours, with a reason.
The steps between levels are assumptions to be tuned (domain section 8); Kent calls fewer than
70 % of the clinical staff level 4.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from practices.rules.refusals import BadInput

CALM_AFTER = timedelta(minutes=30)
LONGEST_OVERRIDE = timedelta(hours=4)
NO_RESPONSE_AFTER = timedelta(minutes=30)


class Level(IntEnum):
    """OPEL-like levels; the word stands beside the number, never a colour alone."""

    USUAL = 1
    BUSY = 2
    STRUGGLING = 3
    UNSAFE = 4

    @property
    def label(self) -> str:
        """The level for people: "Level 4 - unsafe"."""
        return f"Level {int(self)} - {_WORDS[self]}"


_WORDS = {
    Level.USUAL: "usual",
    Level.BUSY: "busier, coping",
    Level.STRUGGLING: "struggling",
    Level.UNSAFE: "unsafe without help",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one practice or hub looks like now; whole numbers, no patients."""

    clinicians: int = 0
    over_85: int = 0
    over_100: int = 0
    over_140: int = 0
    staff_expected: int = 0
    staff_present: int = 0
    breached: int = 0
    unowned: int = 0
    unplaced_today: int = 0
    free_places: int = 0
    hub_places: int = 0
    hub_used: int = 0


@dataclass(frozen=True, slots=True)
class Sign:
    """One piece of evidence and the level it speaks for."""

    code: str
    level: Level
    text: str


@dataclass(frozen=True, slots=True)
class Pressure:
    """The level in force, since when, and the signs of this moment, worst first.

    While the evidence is below the level, `calm_since` is when that began and `calm_worst` the
    worst seen since then: what the level will fall to.
    """

    level: Level
    since: datetime
    signs: tuple[Sign, ...]
    calm_since: datetime | None = None
    calm_worst: Level = Level.USUAL


@dataclass(frozen=True, slots=True)
class SetByHand:
    """A level a person set, from a moment up to another, with a reason."""

    level: Level
    reason: str
    from_at: datetime
    until_at: datetime


def signs_of(evidence: Evidence) -> tuple[Sign, ...]:
    """Every sign of more pressure than usual, worst first."""
    found = [sign for read in _READERS if (sign := read(evidence))]
    return tuple(sorted(found, key=lambda sign: (-sign.level, sign.code)))


def level_of(evidence: Evidence) -> Level:
    """The worst sign; without any sign it is the usual."""
    return max((sign.level for sign in signs_of(evidence)), default=Level.USUAL)


def next_pressure(before: Pressure | None, evidence: Evidence, at: datetime) -> Pressure:
    """The pressure after one more look: up at once, down after half an hour of calm."""
    signs = signs_of(evidence)
    now = level_of(evidence)
    if before is None or now > before.level:
        return Pressure(now, at, signs)
    if now == before.level:
        return Pressure(now, before.since, signs)
    calm_since = before.calm_since or at
    worst = max(now, before.calm_worst)
    if at - calm_since < CALM_AFTER:
        return Pressure(before.level, before.since, signs, calm_since, worst)
    if worst > now:
        return Pressure(worst, at, signs, at, now)
    return Pressure(now, at, signs)


def check_by_hand(level: Level, reason: str, *, at: datetime, until: datetime) -> SetByHand:
    """A level set by a person: with a reason, for four hours at most."""
    if not any(letter.isalnum() for letter in reason):
        raise BadInput("Enter why the level is set by hand", field="reason")
    if not at < until <= at + LONGEST_OVERRIDE:
        raise BadInput("A level set by hand lasts four hours at most", field="until")
    return SetByHand(level, reason.strip(), at, until)


def in_force(calculated: Pressure, by_hand: SetByHand | None, at: datetime) -> Level:
    """The level people see: the one set by hand while it lasts, else the calculated one."""
    if by_hand and by_hand.from_at <= at < by_hand.until_at:
        return by_hand.level
    return calculated.level


def is_unanswered(pressure: Pressure, answered_at: datetime | None, at: datetime) -> bool:
    """Whether level 3 or 4 has had no response for half an hour: a breach of the system."""
    if pressure.level < Level.STRUGGLING:
        return False
    answered = answered_at is not None and answered_at >= pressure.since
    return not answered and at - pressure.since >= NO_RESPONSE_AFTER


def _share(part: int, whole: int) -> int:
    return 100 * part // whole if whole else 0


def _number(number: int, what: str) -> str:
    """ "1 case", "2 cases"."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def _step(value: int, steps: Sequence[tuple[int, Level]]) -> Level | None:
    """The level of the highest step reached; steps run from the worst down."""
    return next((level for least, level in steps if value >= least), None)


def _clinicians(evidence: Evidence) -> Sign | None:
    unsafe = _share(evidence.over_140, evidence.clinicians)
    over = _share(evidence.over_100, evidence.clinicians)
    near = _share(evidence.over_85, evidence.clinicians)
    level = (
        _step(unsafe, ((50, Level.UNSAFE), (1, Level.STRUGGLING)))
        or _step(over, ((75, Level.UNSAFE), (40, Level.STRUGGLING), (1, Level.BUSY)))
        or _step(near, ((50, Level.BUSY),))
    )
    if level is None:
        return None
    of_all = f"of {_number(evidence.clinicians, 'clinician')}"
    words = f"{evidence.over_85} {of_all} close to the safe limit"
    if evidence.over_100:
        words = f"{evidence.over_100} {of_all} over the safe limit"
    if evidence.over_140:
        words += f", {evidence.over_140} far over"
    return Sign("clinicians", level, words)


def _staff(evidence: Evidence) -> Sign | None:
    if not evidence.staff_expected:
        return None
    missing = 100 - _share(evidence.staff_present, evidence.staff_expected)
    level = _step(missing, ((31, Level.UNSAFE), (21, Level.STRUGGLING), (11, Level.BUSY)))
    words = f"{evidence.staff_present} of {evidence.staff_expected} clinical staff are here"
    return Sign("staff", level, words) if level else None


def _breached(evidence: Evidence) -> Sign | None:
    level = _step(evidence.breached, ((5, Level.UNSAFE), (2, Level.STRUGGLING), (1, Level.BUSY)))
    words = f"{_number(evidence.breached, 'urgent case')} late"
    return Sign("breached", level, words) if level else None


def _unowned(evidence: Evidence) -> Sign | None:
    words = f"{_number(evidence.unowned, 'urgent case')} with nobody at the queue"
    return Sign("unowned", Level.STRUGGLING, words) if evidence.unowned else None


def _unplaced(evidence: Evidence) -> Sign | None:
    over = evidence.unplaced_today - evidence.free_places
    if over <= 0:
        return None
    level = Level.STRUGGLING if over >= 10 else Level.BUSY
    cases, places = evidence.unplaced_today, evidence.free_places
    words = f"{_number(cases, 'case')} for today and {_number(places, 'place')} left"
    return Sign("unplaced", level, words)


def _hub(evidence: Evidence) -> Sign | None:
    level = _step(
        _share(evidence.hub_used, evidence.hub_places),
        ((100, Level.STRUGGLING), (85, Level.BUSY)),
    )
    words = f"The hub has used {evidence.hub_used} of {evidence.hub_places} places"
    return Sign("hub", level, words) if level else None


_READERS: tuple[Callable[[Evidence], Sign | None], ...] = (
    _clinicians,
    _staff,
    _breached,
    _unowned,
    _unplaced,
    _hub,
)
