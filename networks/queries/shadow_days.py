"""How well: what enforced limits would have done on a practice's days, from what is on record."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from appointments.rules.shadow import Charge, Shadow, shadow_of
from networks.models import CapacitySnapshot
from networks.queries.workforce import workforce_of
from networks.rules.figures import figures_from
from networks.rules.plausible import doubts
from practices.models import Practice
from practices.queries.safe_limits import limits_between
from practices.rules.limits import LimitMode
from practices.rules.london import day_of
from triage.models import Proposal

OVER = timedelta(days=28)
# Of one instant the booking made first comes first. One that ended unseen gave its points back;
# when, says the audit as far as it is ours.
CHARGES = """
WITH ends AS (
  SELECT entity_id, min(at) AS at FROM practices_auditentry
  WHERE entity = 'booking' AND verb IN
    ('booking.cancelled', 'booking.missed', 'booking.moved', 'hold.expired', 'hold.released')
  GROUP BY entity_id
)
SELECT booking.clinician_id, booking.day, booking.held_at, booking.points, true,
       coalesce(asked.urgency <= 3, false),
       CASE WHEN booking.state NOT IN ('held', 'booked', 'arrived', 'attended')
            THEN coalesce(ends.at, booking.held_at) END,
       booking.id
FROM appointments_booking booking
JOIN practices_clinician person
  ON person.id = booking.clinician_id AND person.home_id = %(practice)s
LEFT JOIN triage_case asked ON asked.reference = booking.case_ref
LEFT JOIN ends ON ends.entity_id = booking.id::text
WHERE booking.day > %(since)s AND booking.day <= %(until)s
UNION ALL
SELECT contact.clinician_id, contact.day, contact.at, contact.points, false, false, NULL, contact.id
FROM appointments_contactevent contact
JOIN practices_clinician person
  ON person.id = contact.clinician_id AND person.home_id = %(practice)s
LEFT JOIN appointments_undonecontact undone ON undone.contact_id = contact.id
WHERE contact.booking_id IS NULL AND undone.id IS NULL
  AND contact.day > %(since)s AND contact.day <= %(until)s
ORDER BY 1, 2, 3, 8
"""


@dataclass(frozen=True, slots=True)
class ShadowDay:
    """One day: what a limit would have done, moves proposed and accepted, who was left over."""

    day: date
    shadow: Shadow
    proposed: int
    accepted: int
    left_over: int | None


@dataclass(frozen=True, slots=True)
class ShadowReport:
    """A practice's days, newest first; `doubts` are figures on record that cannot be right."""

    mode: LimitMode
    days: tuple[ShadowDay, ...]
    doubts: tuple[str, ...]


def shadow_report(practice_id: int, *, until: date) -> ShadowReport:
    """The four weeks up to and with the day. Six statements, whatever the number of days."""
    since = until - OVER
    shadows = _shadows(practice_id, since=since, until=until)
    moves = _moves(practice_id, since=since, until=until)
    left = _left_over(practice_id, since=since, until=until)
    practice = Practice.objects.get(pk=practice_id)
    workforce = workforce_of([practice_id], on=until).get(practice_id)
    return ShadowReport(
        mode=LimitMode(practice.limit_mode),
        days=tuple(
            ShadowDay(day, shadows.get(day, Shadow()), *moves.get(day, (0, 0)), left.get(day))
            for day in sorted({*shadows, *moves, *left}, reverse=True)
        ),
        doubts=doubts(workforce) if workforce else (),
    )


def _shadows(practice_id: int, *, since: date, until: date) -> dict[date, Shadow]:
    """Each day's shadow, over the practice's own clinicians. Two statements."""
    charges: dict[tuple[date, int], list[Charge]] = defaultdict(list)
    facts: dict[str, Any] = {"practice": practice_id, "since": since, "until": until}
    with connection.cursor() as cursor:
        cursor.execute(CHARGES, facts)
        for clinician_id, day, *charge, _ in cursor.fetchall():
            charges[day, clinician_id].append(Charge(*charge))
    limits = limits_between({pk for _, pk in charges}, since=since, until=until)
    found: dict[date, Shadow] = {}
    for (day, clinician_id), listed in charges.items():
        limit = limits[clinician_id].on(day).effective.points
        found[day] = found.get(day, Shadow()) + shadow_of(limit, listed)
    return found


def _moves(practice_id: int, *, since: date, until: date) -> dict[date, tuple[int, int]]:
    """Bookings a move was proposed for, and those with one accepted. One statement.

    A plan made again proposes the same move again: each booking counts once.
    """
    rows = (
        Proposal.objects.filter(practice_id=practice_id, run__day__gt=since, run__day__lte=until)
        .values("run__day")
        .annotate(
            proposed=Count("booking", distinct=True),
            accepted=Count("booking", distinct=True, filter=Q(state="accepted")),
        )
        .order_by("run__day")
    )
    return {row["run__day"]: (row["proposed"], row["accepted"]) for row in rows}


def _left_over(practice_id: int, *, since: date, until: date) -> dict[date, int]:
    """Cases for the day without a place when it was last counted. One statement."""
    rows = (
        CapacitySnapshot.objects.filter(organisation_id=practice_id, day__gt=since, day__lte=until)
        .order_by("day", "-at")
        .distinct("day")
    )
    return {day_of(row.at): figures_from(row.figures).waiting.for_today for row in rows}
