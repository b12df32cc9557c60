"""Who: the limits an organisation's people have today, and every dated one that stands or comes."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from practices.models import Clinician, Practice, WorkingLimit
from practices.queries.safe_limits import LimitNow, limits_on
from practices.rules.limits import Cause, Layer, LimitMode
from practices.rules.professions import Profession


@dataclass(frozen=True, slots=True)
class PersonLimit:
    """A clinician with the limit of the day."""

    clinician_id: int
    name: str
    profession: Profession
    stage: str
    home_id: int
    now: LimitNow


@dataclass(frozen=True, slots=True)
class DatedLimit:
    """A limit somebody set: for whom, how much, on which days, why and on what basis."""

    id: int
    layer: Layer
    whose: str
    points: int
    from_on: date
    until_on: date | None
    cause: Cause
    reason: str
    basis: str
    set_by: str


@dataclass(frozen=True, slots=True)
class LimitBook:
    """An organisation's limits; `mode` is None where limits are not a practice's own choice."""

    people: tuple[PersonLimit, ...]
    dated: tuple[DatedLimit, ...]
    mode: LimitMode | None


def limit_book(
    *, organisation_id: int, on: date, only_clinician_id: int | None = None
) -> LimitBook:
    """The limits of those at home there, or of one person alone. Four statements."""
    wanted = (
        Q(pk=only_clinician_id) if only_clinician_id is not None else Q(home_id=organisation_id)
    )
    people = _people(wanted, on=on)
    standing = WorkingLimit.objects.filter(
        Q(organisation_id=organisation_id)
        | Q(clinician_id__in=[one.clinician_id for one in people]),
        Q(until_on__isnull=True) | Q(until_on__gt=on),
    )
    practice = Practice.objects.filter(pk=organisation_id).first()
    return LimitBook(
        people=people,
        dated=dated_limits(standing),
        mode=LimitMode(practice.limit_mode) if practice else None,
    )


def person_limit(clinician_id: int, *, on: date) -> PersonLimit | None:
    """One person in reach with the limit of the day; None for nobody. Two statements."""
    return next(iter(_people(Q(pk=clinician_id), on=on)), None)


def limits_aimed(
    layer: Layer, *, on: date, organisation_id: int | None = None, clinician_id: int | None = None
) -> tuple[DatedLimit, ...]:
    """What stands or comes for that person, or of that layer for the organisation."""
    whose = {"clinician_id": clinician_id} if clinician_id else {"organisation_id": organisation_id}
    return dated_limits(
        WorkingLimit.objects.filter(
            Q(until_on__isnull=True) | Q(until_on__gt=on), layer=layer, **whose
        )
    )


def mark_of(found: tuple[DatedLimit, ...]) -> str:
    """Another one as soon as a limit is set, shortened or ended."""
    facts = repr([(one.id, one.until_on) for one in found])
    return hashlib.sha256(facts.encode()).hexdigest()[:16]


def dated_limits(found: QuerySet[WorkingLimit]) -> tuple[DatedLimit, ...]:
    """The rows as facts, the general before the specific. One statement.

    A limit that ended before it began is none: a later one took its days.
    """
    rows = (
        found.exclude(until_on__lte=F("from_on"))
        .select_related("organisation", "clinician__user", "set_by")
        .order_by("clinician__user__name", "from_on", "pk")
    )
    facts = [
        DatedLimit(
            id=row.pk,
            layer=Layer(row.layer),
            whose=row.clinician.user.name if row.clinician else f"Everybody at {row.organisation}",
            points=row.points,
            from_on=row.from_on,
            until_on=row.until_on,
            cause=Cause(row.cause),
            reason=row.reason,
            basis=row.basis,
            set_by=row.set_by.name if row.set_by else "",
        )
        for row in rows
    ]
    return tuple(sorted(facts, key=lambda fact: fact.layer.rank))


def _people(wanted: Q, *, on: date) -> tuple[PersonLimit, ...]:
    found = list(
        Clinician.objects.filter(wanted).select_related("user").order_by("user__name", "pk")
    )
    limits = limits_on([person.pk for person in found], on=on)
    return tuple(
        PersonLimit(
            clinician_id=person.pk,
            name=person.user.name,
            profession=Profession(person.profession),
            stage=person.stage,
            home_id=person.home_id,
            now=limits[person.pk],
        )
        for person in found
    )
