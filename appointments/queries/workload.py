"""When: how full each clinician's day is, against the limit that holds for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from appointments.models import Booking, ContactEvent, DayLoad
from appointments.queries.day_rest import Rest, rests_of
from appointments.rules.codes import ContactKind
from appointments.rules.forecast import DaySoFar, Forecast, forecast
from appointments.rules.safe_working import (
    COUNTED_APART,
    Level,
    Meter,
    Planned,
)
from practices.models import Clinician
from practices.queries import LimitNow, limits_on
from practices.rules.london import midnight

AHEAD = ("held", "booked", "arrived")


@dataclass(frozen=True, slots=True)
class DayMeter:
    """One clinician's day: the meter, where its limit comes from, and what is still to come."""

    clinician_id: int
    name: str
    profession: str
    home_id: int
    meter: Meter
    limit: LimitNow
    by_kind: dict[str, int]
    forecast: Forecast

    @property
    def breach_forecast_at(self) -> datetime | None:
        """When the limit will be passed if the day goes on as such days go; None: it will not."""
        return self.forecast.as_expected

    @property
    def level(self) -> Level:
        return self.meter.level


@dataclass(frozen=True, slots=True)
class PracticeMeter:
    """A practice's clinicians of a day in sum, as kept with every overflow booking."""

    used: int
    limit: int
    clinicians: int
    over: int

    def as_facts(self) -> dict[str, object]:
        return {
            "used": self.used,
            "limit": self.limit,
            "clinicians": self.clinicians,
            "over": self.over,
        }


def meters_on(
    clinician_ids: Collection[int], *, day: date, at: datetime | None = None
) -> list[DayMeter]:
    """The meters of clinicians in reach, by name. Five statements, whatever the number.

    With the instant the forecast also knows the usual rest of a day, for one statement more.
    """
    people = list(
        Clinician.objects.filter(pk__in=clinician_ids)
        .select_related("user")
        .order_by("user__name", "pk")
    )
    limits = limits_on(clinician_ids, on=day)
    loads = {row.clinician_id: row for row in _loads(clinician_ids, day)}
    kinds = _kinds(clinician_ids, day)
    ahead = _ahead(clinician_ids, day)
    rests = rests_of(clinician_ids, day=day, at=at) if at is not None else {}
    start = at or midnight(day)
    return [
        _meter(
            person,
            limits[person.pk],
            loads.get(person.pk),
            _Known(
                by_kind=kinds.get(person.pk, {}),
                ahead=tuple(ahead.get(person.pk, ())),
                rest=rests.get(person.pk, Rest()),
            ),
            start,
        )
        for person in people
    ]


def meter_of(clinician_id: int, *, day: date, at: datetime | None = None) -> DayMeter | None:
    """One clinician's meter; None when not in reach. Six statements at most."""
    return next(iter(meters_on([clinician_id], day=day, at=at)), None)


def practice_meter(practice_id: int, *, day: date) -> PracticeMeter:
    """The practice's own clinicians who have anything on that day, in sum. Two statements."""
    staff = list(
        DayLoad.objects.filter(day=day, clinician__home_id=practice_id)
        .exclude(held=0, booked=0, logged=0)
        .order_by("clinician_id")
        .values_list("clinician_id", "held", "booked", "logged")
    )
    limits = limits_on([row[0] for row in staff], on=day)
    pairs = [(sum(row[1:]), limits[row[0]].effective.points) for row in staff]
    return PracticeMeter(
        used=sum(used for used, _ in pairs),
        limit=sum(limit for _, limit in pairs),
        clinicians=len(pairs),
        over=sum(1 for used, limit in pairs if used > limit),
    )


def _loads(clinician_ids: Collection[int], day: date) -> list[DayLoad]:
    return list(DayLoad.objects.filter(clinician_id__in=clinician_ids, day=day).order_by("pk"))


def _kinds(clinician_ids: Collection[int], day: date) -> dict[int, dict[str, int]]:
    counted: dict[int, dict[str, int]] = {}
    rows = (
        ContactEvent.objects.counted()
        .filter(clinician_id__in=clinician_ids, day=day)
        .values("clinician_id", "kind")
        .annotate(number=Count("pk"))
        .order_by("clinician_id", "kind")
    )
    for row in rows:
        counted.setdefault(row["clinician_id"], {})[row["kind"]] = row["number"]
    return counted


def _ahead(clinician_ids: Collection[int], day: date) -> dict[int, list[Planned]]:
    coming: dict[int, list[Planned]] = {}
    rows = (
        Booking.objects.filter(clinician_id__in=clinician_ids, day=day, state__in=AHEAD)
        .order_by("starts_at", "pk")
        .values_list("clinician_id", "starts_at", "points")
    )
    for clinician_id, starts_at, points in rows:
        coming.setdefault(clinician_id, []).append(Planned(at=starts_at, points=points))
    return coming


@dataclass(frozen=True, slots=True)
class _Known:
    """What the statements found out about one clinician's day."""

    by_kind: dict[str, int]
    ahead: tuple[Planned, ...]
    rest: Rest


def _meter(
    person: Clinician, limit: LimitNow, load: DayLoad | None, known: _Known, at: datetime
) -> DayMeter:
    seen = sum(n for kind, n in known.by_kind.items() if ContactKind(kind) not in COUNTED_APART)
    meter = Meter(
        limit=limit.effective.points,
        held=load.held if load else 0,
        booked=load.booked if load else 0,
        logged=load.logged if load else 0,
        contacts=seen + len(known.ahead),
    )
    rest = known.rest
    so_far = DaySoFar(
        limit=meter.limit,
        counted=meter.logged,
        planned=known.ahead,
        brief=rest.brief,
        opens_at=rest.opens_at,
        closes_at=rest.closes_at,
        free=rest.free,
        taken_last_hour=rest.taken_last_hour,
    )
    return DayMeter(
        clinician_id=person.pk,
        name=person.user.name,
        profession=person.profession,
        home_id=person.home_id,
        meter=meter,
        limit=limit,
        by_kind=known.by_kind,
        forecast=forecast(so_far, at),
    )
