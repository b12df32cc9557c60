"""Setting safe working limits: dated, with an owner and a basis."""

from datetime import date, datetime

from practices import audit
from practices.models import Practice, WorkingLimit
from practices.rules.reach import Actor


def set_limit(
    *,
    layer: str,
    points: int,
    from_on: date,
    basis: str,
    organisation_id: int | None = None,
    clinician_id: int | None = None,
    until_on: date | None = None,
    by: Actor,
    at: datetime,
) -> WorkingLimit:
    """A limit of `points` tenths a day holds from the day on, for a person or an organisation."""
    limit = WorkingLimit.objects.create(
        layer=layer,
        organisation_id=organisation_id,
        clinician_id=clinician_id,
        points=points,
        from_on=from_on,
        until_on=until_on,
        basis=basis,
        set_by_id=by.user_id,
        set_at=at,
    )
    audit.write(
        "limit.set", entity="limit", entity_id=limit.pk, by=by, at=at, layer=layer, points=points
    )
    return limit


def set_limit_mode(*, practice_id: int, mode: str, by: Actor, at: datetime) -> Practice:
    """The practice's limits are shown only, warned of, or enforced."""
    practice = Practice.objects.select_for_update().get(pk=practice_id)
    before, practice.limit_mode = practice.limit_mode, mode
    practice.save(update_fields=["limit_mode"])
    audit.write(
        "limit_mode.set",
        entity="practice",
        entity_id=practice_id,
        by=by,
        at=at,
        before=before,
        after=mode,
    )
    return practice
