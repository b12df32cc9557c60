"""Who: the limit that holds for each clinician on a day, and how strictly."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from practices.models import Clinician, Practice, WorkingLimit
from practices.rules.limits import Effective, Layer, LimitMode, LimitRow, effective
from practices.rules.professions import DEFAULTS, Profession


@dataclass(frozen=True, slots=True)
class LimitNow:
    """A clinician's limit of a day: tenths of a point, its origin, and the mode it binds in."""

    clinician_id: int
    effective: Effective
    mode: LimitMode


def limits_on(clinician_ids: Collection[int], *, on: date) -> dict[int, LimitNow]:
    """The limit of each clinician in reach on the day. Three statements, whatever the number.

    The mode is the home practice's; a hub enforces, because it has no list to fall back on.
    """
    people = list(Clinician.objects.filter(pk__in=clinician_ids).order_by("pk"))
    homes = {person.home_id for person in people}
    in_force = Q(from_on__lte=on) & (Q(until_on__isnull=True) | Q(until_on__gt=on))
    rows = list(
        WorkingLimit.objects.filter(in_force)
        .filter(Q(clinician_id__in=clinician_ids) | Q(organisation_id__in=homes))
        .select_related("set_by")
        .order_by("pk")
    )
    modes = dict(Practice.objects.filter(pk__in=homes).values_list("pk", "limit_mode"))
    return {
        person.pk: LimitNow(
            clinician_id=person.pk,
            effective=effective(
                [
                    _fact(row)
                    for row in rows
                    if person.pk == row.clinician_id or person.home_id == row.organisation_id
                ],
                on,
                default=DEFAULTS[Profession(person.profession)].limit,
            ),
            mode=LimitMode(modes.get(person.home_id, LimitMode.ENFORCE)),
        )
        for person in people
    }


def _fact(row: WorkingLimit) -> LimitRow:
    return LimitRow(
        layer=Layer(row.layer),
        points=row.points,
        from_on=row.from_on,
        until_on=row.until_on,
        basis=row.basis,
        set_by=row.set_by.name if row.set_by else "",
    )
