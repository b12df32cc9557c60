"""Who: the limit that holds for each clinician on a day, and how strictly."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from practices.rules.limit_wishes import Span
from practices.rules.limits import (
    Cause,
    Effective,
    Layer,
    LimitMode,
    LimitRow,
    effective,
    mode_of,
)
from practices.rules.professions import Profession, basis_of, starting_point

# The mode is the home practice's; a hub enforces, because it has no list to fall back on.
SQL = """
SELECT clinician.id, clinician.profession, clinician.stage,
       coalesce(home.limit_mode, 'enforce'),
       given.layer, given.points, given.from_on, given.until_on, given.basis,
       coalesce(setter.name, ''), given.cause, given.reason
FROM practices_clinician clinician
LEFT JOIN practices_practice home ON home.organisation_id = clinician.home_id
LEFT JOIN practices_workinglimit given
  ON (given.clinician_id = clinician.id OR given.organisation_id = clinician.home_id)
 AND given.from_on <= %(until)s AND (given.until_on IS NULL OR given.until_on > %(since)s)
LEFT JOIN practices_user setter ON setter.id = given.set_by_id
WHERE clinician.id = ANY (%(clinicians)s)
ORDER BY clinician.id, given.id
"""


@dataclass(frozen=True, slots=True)
class LimitNow:
    """A clinician's limit of a day: tenths of a point, its origin, and the mode it binds in."""

    clinician_id: int
    effective: Effective
    mode: LimitMode


@dataclass(slots=True)
class PersonLimits:
    """A clinician with the limits that were set for them, their practice or network."""

    clinician_id: int
    profession: Profession
    stage: str
    mode: LimitMode
    given: list[LimitRow] = field(default_factory=list)

    def on(self, day: date) -> LimitNow:
        """The limit that holds on a day of the stretch that was asked for."""
        found = effective(
            self.given,
            day,
            default=starting_point(self.profession, self.stage).limit,
            default_basis=basis_of(self.profession, self.stage),
        )
        return LimitNow(self.clinician_id, effective=found, mode=mode_of(found, self.mode))

    def lowest_outranked(self, span: Span) -> int:
        """The lowest limit that one of the person's own would stand before in the span.

        Another own one that comes later stands beside it, and the lower of the two holds.
        """
        turns = (day for row in self.given for day in (row.from_on, row.until_on) if day)
        later = (self.on(day).effective for day in turns if span.holds(day))
        outranked = [found.points for found in later if found.layer is not Layer.PERSON]
        return min([self.on(span.from_on).effective.points, *outranked])


def limits_on(clinician_ids: Collection[int], *, on: date) -> dict[int, LimitNow]:
    """The limit of each clinician in reach on the day. One statement, whatever the number."""
    found = limits_between(clinician_ids, since=on, until=on)
    return {clinician_id: person.on(on) for clinician_id, person in found.items()}


def limits_between(
    clinician_ids: Collection[int], *, since: date, until: date
) -> dict[int, PersonLimits]:
    """Each clinician in reach with every limit of those days. One statement."""
    people: dict[int, PersonLimits] = {}
    with connection.cursor() as cursor:
        cursor.execute(SQL, {"clinicians": list(clinician_ids), "since": since, "until": until})
        for clinician_id, profession, stage, mode, *given in cursor.fetchall():
            person = people.setdefault(
                clinician_id,
                PersonLimits(clinician_id, Profession(profession), stage, LimitMode(mode)),
            )
            if given[0] is not None:
                person.given.append(_fact(given))
    return people


def _fact(given: Sequence[Any]) -> LimitRow:
    layer, points, from_on, until_on, basis, set_by, cause, reason = given
    return LimitRow(
        layer=Layer(layer),
        points=points,
        from_on=from_on,
        until_on=until_on,
        basis=basis,
        set_by=set_by,
        cause=Cause(cause),
        reason=reason,
    )
