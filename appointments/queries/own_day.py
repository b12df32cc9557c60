"""When: one clinician's own day, session by session, with what is counted apart from points."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from appointments.models import Booking, ContactEvent, Session
from appointments.models.bookings import LIVE
from appointments.queries.workload import DayMeter, meter_of
from appointments.rules.codes import ContactKind
from appointments.rules.safe_working import COUNTED_APART, Planned
from appointments.rules.working_day import (
    Consulting,
    Debriefs,
    Pause,
    Stint,
    StintLoad,
    loads_of,
    longest_stretch,
    next_break,
    second_shift,
    squeezed_admin,
)
from practices.rules.london import midnight
from practices.rules.professions import Profession


@dataclass(frozen=True, slots=True)
class OwnDay:
    """One clinician's day as they see it themselves.

    `stretch` are minutes, `squeezed` the too short minutes between two sessions, `elsewhere` an
    earlier and a later session in two places.
    """

    meter: DayMeter
    sessions: tuple[StintLoad, ...] = ()
    stretch: int = 0
    pause: Pause | None = None
    squeezed: int | None = None
    elsewhere: tuple[Stint, Stint] | None = None
    apart: dict[ContactKind, int] = field(default_factory=dict)
    debriefs: Debriefs = field(default_factory=Debriefs)


def own_day(clinician_id: int, *, day: date, at: datetime) -> OwnDay | None:
    """The day of one clinician in reach; None for nobody. Ten statements."""
    meter = meter_of(clinician_id, day=day, at=at)
    if meter is None:
        return None
    stints = stints_of(clinician_id, day)
    booked = list(
        Booking.objects.filter(clinician_id=clinician_id, day=day, state__in=LIVE)
        .order_by("starts_at", "pk")
        .values_list("starts_at", "ends_at", "points")
    )
    contacts = [Planned(starts_at, points) for starts_at, _, points in booked]
    patients = [Consulting(starts_at, ends_at) for starts_at, ends_at, _ in booked]
    return OwnDay(
        meter=meter,
        sessions=loads_of(
            stints, [*contacts, *_unbooked(clinician_id, day)], day_limit=meter.meter.limit
        ),
        stretch=longest_stretch(patients),
        pause=next_break(patients, at),
        squeezed=squeezed_admin(stints),
        elsewhere=second_shift(stints, at),
        apart={
            kind: meter.by_kind[kind] for kind in sorted(COUNTED_APART) if kind in meter.by_kind
        },
        debriefs=_debriefs(clinician_id, day),
    )


def stints_of(clinician_id: int, day: date) -> Sequence[Stint]:
    """The sessions of this clinician that day, by time. One statement."""
    found = (
        Session.objects.filter(
            clinician_id=clinician_id,
            status=Session.Status.PUBLISHED,
            starts_at__gte=midnight(day),
            starts_at__lt=midnight(day + timedelta(days=1)),
        )
        .select_related("site__organisation")
        .order_by("starts_at", "pk")
    )
    return [
        Stint(one.provider_id, one.site.organisation.name, one.starts_at, one.ends_at)
        for one in found
    ]


def _unbooked(clinician_id: int, day: date) -> list[Planned]:
    mine = ContactEvent.objects.counted().filter(clinician_id=clinician_id, day=day)
    found = mine.filter(booking__isnull=True)
    return [Planned(at, points) for at, points in found.order_by("pk").values_list("at", "points")]


def _debriefs(clinician_id: int, day: date) -> Debriefs:
    """The patients of the registrars who name this clinician as their supervisor."""
    seen = Booking.objects.filter(
        day=day,
        state__in=LIVE,
        clinician__supervisor_id=clinician_id,
        clinician__profession=Profession.REGISTRAR,
    )
    trainees = list(seen.order_by("pk").values_list("clinician_id", flat=True))
    return Debriefs(trainees=len(set(trainees)), patients=len(trainees))
