"""Who may still ask today, and what is left for them: prices and places kept (Poisson)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp

from practices.rules.london import LONDON, day_of
from practices.rules.professions import Profession
from triage.rules.candidates import Candidate, Where
from triage.rules.codes import OptionKind, Urgency
from triage.rules.weights import Weights

GENERALISTS = frozenset({Profession.GP, Profession.ANP, Profession.REGISTRAR})
# A place nobody urgent took is for everybody so long before it begins (A).
RELEASED_BEFORE = timedelta(minutes=45)
# A probability that no rounded per cent can tell from none.
NEVER = 1e-12
# Per cent of a day's requests by hour: 34 before nine, 18 before ten (rebalancing design), then
# as on a Monday (domain section 6).
HOURS: tuple[tuple[int, float], ...] = (
    (8, 34.0),
    (9, 18.0),
    (10, 10.6),
    (11, 8.1),
    (12, 5.7),
    (13, 5.7),
    (14, 6.5),
    (15, 5.3),
    (16, 3.7),
    (17, 2.4),
)


@dataclass(frozen=True, slots=True)
class Outlook:
    """The rest of a hub's day: who may still ask on average, and what is left for them.

    The risks are in per cent: that the urgent still to come need every generalist's place, and
    that those only a GP may see need every GP's.
    """

    urgent: float = 0.0
    same_day: float = 0.0
    generalists: int = 0
    urgent_risk: int = 0
    gp_risk: int = 0

    def keeps(self, urgency: Urgency, weights: Weights) -> bool:
        """Whether the generalists' places left are for those more urgent than this class."""
        if urgency.is_urgent or not weights.kept_percent:
            return False
        mean = self.urgent + (0.0 if urgency.is_same_day else self.same_day)
        return self.generalists <= enough_for(mean, weights.kept_percent / 100)


NOTHING_EXPECTED = Outlook()


def outlook_of(weights: Weights, free: Iterable[tuple[Profession, int]], now: datetime) -> Outlook:
    """The rest of a hub's day by the network's figures and its free places of today."""
    generalists = gps = 0
    for who, count in free:
        if who in GENERALISTS:
            generalists += count
            gps += count if who is Profession.GP else 0
    to_come = rest_of_day(now)
    return Outlook(
        urgent=weights.urgent_a_day * to_come,
        same_day=weights.same_day_a_day * to_come,
        generalists=generalists,
        urgent_risk=risk(weights.urgent_a_day * to_come, generalists),
        gp_risk=risk(weights.gp_only_a_day * to_come, gps),
    )


def is_for_generalists(place: Candidate) -> bool:
    """Whether a hub's place can be kept for whoever is urgent, with whatever."""
    return (
        place.kind is OptionKind.SLOT
        and place.where is Where.HUB
        and place.profession in GENERALISTS
    )


def is_kept(place: Candidate, now: datetime) -> bool:
    """Whether this is a place of today that is kept, where the day keeps any."""
    if not is_for_generalists(place) or not is_today(place, now) or place.starts_at is None:
        return False
    return place.starts_at > now + RELEASED_BEFORE


def is_today(place: Candidate, now: datetime) -> bool:
    """Whether the place is still to come on the London day of now."""
    starts_at = place.starts_at
    return starts_at is not None and starts_at > now and day_of(starts_at) == day_of(now)


def rest_of_day(now: datetime) -> float:
    """The part of a day's requests that is still to come."""
    wall = now.astimezone(LONDON)
    minute = 60 * wall.hour + wall.minute
    to_come = sum(share * min(60, max(0, 60 * hour + 60 - minute)) / 60 for hour, share in HOURS)
    return to_come / 100


def enough_for(mean: float, level: float) -> int:
    """As many as suffice with this probability for Poisson demand of this mean."""
    chance = total = exp(-mean)
    count = 0
    while total < level:
        count += 1
        chance *= mean / count
        total += chance
    return count


def risk(mean: float, places: int) -> int:
    """The probability, in per cent, that at least as many ask as there are places."""
    chance = exp(-mean)
    fewer = 0.0
    for count in range(places):
        fewer += chance
        chance *= mean / (count + 1)
        if chance < NEVER and count > mean:
            break
    return round(100 * max(0.0, 1.0 - fewer))
