"""How people behave on an ordinary day: what they come for, who stays away, who says no.

Nothing here is random: `dice` is a number from 0 up to 1 that somebody else has drawn. Figures
name the section of the domain they are from; (A) is an assumption of ours, open to change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp
from statistics import NormalDist
from typing import TypeVar

from hubs.rules.needs import Need, Urgency

T = TypeVar("T")

# Section 6 (A), per cent.
CLASS_MIX: tuple[tuple[Urgency, float], ...] = (
    (Urgency.P0, 0.4),
    (Urgency.P1, 3),
    (Urgency.P2, 7),
    (Urgency.P3, 15),
    (Urgency.P4, 20),
    (Urgency.P5, 25),
    (Urgency.P6, 29.6),
)
# What people of a class come for (A): needs that start in it; paperwork is 1 in 7.5 (section 6).
NEEDS_OF: Mapping[Urgency, tuple[tuple[Need, float], ...]] = {
    Urgency.P0: ((Need.OTHER, 1),),
    Urgency.P1: ((Need.COUGH_BREATHING, 6), (Need.ABDOMINAL, 4)),
    Urgency.P2: ((Need.FEVER_CHILD, 8), (Need.WOUND_INJURY, 2)),
    Urgency.P3: (
        (Need.COUGH_BREATHING, 40),
        (Need.ABDOMINAL, 18),
        (Need.MENTAL_HEALTH, 14),
        (Need.WOUND_INJURY, 12),
        (Need.HEADACHE, 8),
        (Need.EYE, 8),
    ),
    Urgency.P4: (
        (Need.SKIN_RASH, 24),
        (Need.BACK_JOINT, 22),
        (Need.SORE_THROAT, 16),
        (Need.URINARY, 14),
        (Need.EAR_PAIN, 10),
        (Need.WOMENS_HEALTH, 8),
        (Need.OTHER, 6),
    ),
    Urgency.P5: ((Need.MEDICATION, 1),),
    Urgency.P6: ((Need.ADMIN, 13.3), (Need.FOLLOW_UP, 10.3), (Need.LONG_TERM_CONDITION, 6)),
}
# NHS 111 sends people with a code: an hour, two hours, six hours, today (A).
CODES_111: tuple[tuple[str, float], ...] = (("Dx11", 1), ("Dx05", 3), ("Dx06", 4), ("Dx07", 4))
# Who does not come, per cent, by days between booking and appointment (section 6, 2018).
STAYS_AWAY: tuple[tuple[int, float], ...] = ((0, 1.9), (1, 5.0), (7, 6.8))
STAYS_AWAY_LATER = 8.5
# Shares (A).
CANCELS = 0.03
DECLINES_HUB = 0.05
DECLINES_MOVE = 0.20
CALLS_AGAIN = 0.03
NOT_REACHED = 0.04
PRACTICE_REFUSES = 0.15
CLASS_LOWERED = 0.08
# What a triaging clinician does with a case, if nothing else is called for (A).
SETTLED_ON_PHONE = 0.25
SENT_TO_PHARMACY = 0.05
HANDED_BACK = 0.03
PHARMACY_NEEDS = frozenset({Need.SORE_THROAT, Need.EAR_PAIN, Need.URINARY, Need.SKIN_RASH})
# A GP's day has 37 contacts where the appointment book has 26 (section 1): the rest are brief.
BRIEF_CONTACTS = 11
# Minutes: reading and calling (A); a phone consultation and one in person (section 6).
TRIAGE, PHONE, IN_PERSON = 4.0, 5.3, 9.2
SPREAD = 0.45
# A practice's book at eight, per cent of the limit: 45 % of contacts are of the same day.
BOOKED_AT_EIGHT = 55


def pick(weights: Sequence[tuple[T, float]], dice: float) -> T:
    """The one whose share of the weights the dice falls into."""
    left = dice * sum(weight for _, weight in weights)
    for one, weight in weights:
        left -= weight
        if left < 0:
            return one
    return weights[-1][0]


def how_many(mean: float, dice: float) -> int:
    """So many come when `mean` come on average, each for themselves (Poisson)."""
    if mean > 500:
        return max(0, round(NormalDist(mean, mean**0.5).inv_cdf(min(max(dice, 1e-9), 1 - 1e-9))))
    number, chance = 0, exp(-mean)
    total = chance
    while total < dice and number < 10 * mean + 20:
        number += 1
        chance *= mean / number
        total += chance
    return number


def minutes_of(mean: float, dice: float, *, most: float = 14) -> float:
    """How long it takes when it takes `mean` in the middle (lognormal), never longer than most."""
    z = NormalDist().inv_cdf(min(max(dice, 1e-6), 1 - 1e-6))
    return min(most, mean * exp(SPREAD * z))


def stays_away(days_ahead: int, dice: float) -> bool:
    """Whether a patient who booked so many days ahead does not come."""
    share = next((share for days, share in STAYS_AWAY if days_ahead <= days), STAYS_AWAY_LATER)
    return dice * 100 < share
