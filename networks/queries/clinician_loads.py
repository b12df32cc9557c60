"""How well: each clinician's day in points against the limit, over some organisations."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from appointments.models import DayLoad, Move
from practices.models import Clinician
from practices.queries import limits_on
from practices.rules.limits import LimitMode


@dataclass(frozen=True, slots=True)
class ClinicianDay:
    """One day in tenths of a point. `moved_on` is what accepted moves took away, net."""

    clinician_id: int
    used: int
    limit: int
    mode: LimitMode
    moved_on: int

    @property
    def is_over(self) -> bool:
        """Past the safe limit, whatever its mode."""
        return self.used > self.limit

    @property
    def over_without_moves(self) -> bool:
        """Whether it would be past the limit had nobody been moved."""
        return self.used + self.moved_on > self.limit


def loads_of(organisation_ids: Collection[int], *, day: date) -> list[ClinicianDay]:
    """The days of everybody at home in the organisations. Five statements."""
    ids = list(
        Clinician.objects.filter(home_id__in=organisation_ids)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    limits = limits_on(ids, on=day)
    loads = {row.clinician_id: row for row in DayLoad.objects.filter(clinician__in=ids, day=day)}
    moved = _moved_on(day)
    return [
        ClinicianDay(
            clinician_id=pk,
            used=_used(loads.get(pk)),
            limit=limits[pk].effective.points,
            mode=limits[pk].mode,
            moved_on=moved.get(pk, 0),
        )
        for pk in ids
    ]


def _used(load: DayLoad | None) -> int:
    return load.held + load.booked + load.logged if load else 0


def _moved_on(day: date) -> dict[int, int]:
    """Points by clinician that rebalancing took off the day, less what it brought."""
    net: dict[int, int] = {}
    moves = Move.objects.filter(because="rebalanced").order_by("pk")
    gone = moves.filter(from_booking__day=day)
    for pk, points in gone.values_list("from_booking__clinician_id", "from_booking__points"):
        net[pk] = net.get(pk, 0) + points
    came = moves.filter(to_booking__day=day)
    for pk, points in came.values_list("to_booking__clinician_id", "to_booking__points"):
        net[pk] = net.get(pk, 0) - points
    return net
