"""How well: the clinicians of the day against their limits, by organisation."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from appointments.queries import DayMeter, meters_on
from appointments.rules.safe_working import Level
from networks.queries.day_facts import rows
from networks.rules.figures import Staff

# Who works where today; somebody who only logged contacts counts where they are at home.
PEOPLE = """
SELECT coalesce(hub_id, practice_id) AS organisation, clinician_id,
       bool_or(status = 'published'),
       bool_or(status = 'published' AND starts_at <= %(at)s AND ends_at > %(attended_from)s)
FROM appointments_session
WHERE status IN ('published', 'cancelled')
  AND starts_at >= %(start)s AND starts_at < %(end)s
  AND (practice_id = ANY(%(pool)s) OR hub_id = ANY(%(pool)s))
GROUP BY organisation, clinician_id
UNION ALL
SELECT person.home_id, person.id, true, false
FROM appointments_dayload load
JOIN practices_clinician person ON person.id = load.clinician_id
WHERE load.day = %(day)s AND load.held + load.booked + load.logged > 0
  AND person.home_id = ANY(%(pool)s)
  AND NOT EXISTS (
    SELECT 1 FROM appointments_session session
    WHERE session.clinician_id = person.id AND session.status IN ('published', 'cancelled')
      AND session.starts_at >= %(start)s AND session.starts_at < %(end)s)
ORDER BY 1, 2
"""


@dataclass(slots=True)
class Rota:
    """The clinicians one organisation expected and has today, and whether one is there now."""

    expected: set[int] = field(default_factory=set)
    present: set[int] = field(default_factory=set)
    is_attended: bool = False


def rota(facts: dict[str, Any]) -> dict[int, Rota]:
    """Every organisation's people; the network's id stands for all of them. One statement."""
    found = {pk: Rota() for pk in (*facts["pool"], facts["network"])}
    for organisation_id, clinician_id, is_present, is_now in rows(PEOPLE, facts):
        for pk in (organisation_id, facts["network"]):
            found[pk].expected.add(clinician_id)
            if is_present:
                found[pk].present.add(clinician_id)
            found[pk].is_attended |= is_now
    return found


def meters_of(clinician_ids: Collection[int], *, day: date, at: datetime) -> dict[int, DayMeter]:
    """The meters of clinicians by their id, with what the day may still bring. Six statements."""
    return {one.clinician_id: one for one in meters_on(clinician_ids, day=day, at=at)}


def staff_of(people: Rota, meters: dict[int, DayMeter]) -> Staff:
    """The people's day against their limits."""
    here = [meters[pk] for pk in sorted(people.present)]
    levels = Counter(one.level for one in here)
    breaches = [one.breach_forecast_at for one in here if one.level is Level.GREEN]
    return Staff(
        expected=len(people.expected),
        present=len(people.present),
        clinicians=len(here),
        green=levels[Level.GREEN],
        amber=levels[Level.AMBER],
        red=levels[Level.RED],
        used=sum(one.meter.used for one in here),
        limit=sum(one.meter.limit for one in here),
        near=_by_profession(one for one in here if is_near(one)),
        over=_by_profession(one for one in here if one.level is not Level.GREEN),
        next_breach_at=min((at for at in breaches if at), default=None),
    )


def is_near(one: DayMeter) -> bool:
    """Whether the clinician is close to the limit, but not past it."""
    return one.meter.is_near and one.level is Level.GREEN


def _by_profession(chosen: Iterable[DayMeter]) -> dict[str, int]:
    return dict(sorted(Counter(one.profession for one in chosen).items()))
