"""Setting safe working limits: dated, with an owner, a reason and a basis."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import QuerySet

from practices import audit
from practices.clock import local_day
from practices.models import Clinician, Practice, WorkingLimit
from practices.outbox import look_again
from practices.queries.limit_book import limits_aimed, mark_of
from practices.queries.safe_limits import limits_between
from practices.rules.limit_wishes import (
    LimitWish,
    Span,
    check_seen,
    check_wish,
    is_touched,
    left_of,
)
from practices.rules.limits import Cause, Layer, check_may_set
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Forbidden
from practices.rules.roles import Role


@dataclass(frozen=True, slots=True)
class Aim:
    """Whose limit it is: a person's, or that of an organisation's people, as a layer says it."""

    layer: Layer
    organisation_id: int | None = None
    clinician_id: int | None = None


def set_limit(
    *,
    layer: str,
    points: int,
    from_on: date,
    basis: str,
    organisation_id: int | None = None,
    clinician_id: int | None = None,
    until_on: date | None = None,
    cause: Cause = Cause.AGREED,
    reason: str = "",
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
        cause=cause,
        reason=reason,
        basis=basis,
        set_by_id=by.user_id,
        set_at=at,
    )
    audit.write(
        "limit.set", entity="limit", entity_id=limit.pk, by=by, at=at, layer=layer, points=points
    )
    _look_again(limit, at=at)
    return limit


def set_practice_limit(*, wish: LimitWish, by: Actor, at: datetime) -> WorkingLimit:
    """The wish is the limit of everybody at home in the practice who has no own one."""
    if by.role is not Role.PRACTICE_MANAGER or by.organisation_id is None:
        raise Forbidden("Only the practice manager sets the practice’s limit.")
    check_wish(wish, today=local_day(at))
    aim = Aim(Layer.PRACTICE, organisation_id=by.organisation_id)
    check_still_so(aim, wish, at=at)
    return replace_limit(aim, wish, by=by, at=at)


def set_persons_limit(
    *, clinician_id: int, wish: LimitWish, by: Actor, at: datetime
) -> WorkingLimit:
    """The wish is the person's limit. Oneself only lowers it, beside whatever stands already."""
    person = Clinician.objects.filter(pk=clinician_id).first()
    if person is None:
        raise Absent
    check_wish(wish, today=local_day(at))
    current = _lowest_outranked(clinician_id, Span(wish.from_on, wish.until_on))
    answers = answers_for(person.home_id, by=by)
    check_may_set(current, wish.points, own=clinician_id == by.clinician_id, for_practice=answers)
    aim = Aim(Layer.PERSON, clinician_id=clinician_id)
    check_still_so(aim, wish, at=at)
    return (replace_limit if answers else _add_limit)(aim, wish, by=by, at=at)


def end_limit(*, limit_id: int, by: Actor, at: datetime) -> WorkingLimit:
    """From today on the limit holds no more; twice is told once."""
    limit = WorkingLimit.objects.select_for_update().filter(pk=limit_id).first()
    if limit is None or limit.layer == Layer.NETWORK or not answers_for(_home_of(limit), by=by):
        raise Absent
    _end_today(limit, by=by, at=at)
    return limit


def end_limits_of(aim: Aim, *, by: Actor, at: datetime) -> None:
    """Nothing of this layer and aim holds from today on."""
    for row in _standing(aim).select_for_update().order_by("pk"):
        _end_today(row, by=by, at=at)


def answers_for(home_id: int | None, *, by: Actor) -> bool:
    """Whether the person answers for the organisation's people: its manager, a hub's supervisor."""
    return by.is_one_of(frozenset({Role.PRACTICE_MANAGER, Role.SUPERVISOR})) and (
        home_id == by.organisation_id
    )


def check_still_so(aim: Aim, wish: LimitWish, *, at: datetime) -> None:
    """Nobody has changed these limits since the wish was written; who asks as well waits for us."""
    _wait_in_turn(aim)
    found = limits_aimed(
        aim.layer,
        organisation_id=aim.organisation_id,
        clinician_id=aim.clinician_id,
        on=local_day(at),
    )
    check_seen(wish, now=mark_of(found))


def _wait_in_turn(aim: Aim) -> None:
    """Until we are done nobody else changes the limit, whether or not one stands yet."""
    whose = aim.clinician_id or aim.organisation_id
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [f"limit {aim.layer}", whose]
        )


def replace_limit(aim: Aim, wish: LimitWish, *, by: Actor, at: datetime) -> WorkingLimit:
    """The wish holds on its days instead of what stood there; what stood resumes after it."""
    new = Span(wish.from_on, wish.until_on)
    for row in _standing(aim).select_for_update().order_by("pk"):
        span = Span(row.from_on, row.until_on)
        if not span.is_empty and is_touched(span, new):
            _make_room(row, left_of(span, new), by=by, at=at)
    return _add_limit(aim, wish, by=by, at=at)


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


def set_own_mode(*, mode: str, by: Actor, at: datetime) -> Practice:
    """The practice itself, and nobody else, says how strictly its limits bind."""
    if by.role is not Role.PRACTICE_MANAGER or by.organisation_id is None:
        raise Forbidden("Only the practice manager says how strictly limits bind.")
    return set_limit_mode(practice_id=by.organisation_id, mode=mode, by=by, at=at)


def _lowest_outranked(clinician_id: int, span: Span) -> int:
    """The lowest limit of the person that a new one of theirs would stand before in the span."""
    last = date.max if span.until_on is None else span.until_on - timedelta(days=1)
    people = limits_between([clinician_id], since=span.from_on, until=last)
    return people[clinician_id].lowest_outranked(span)


def _standing(aim: Aim) -> QuerySet[WorkingLimit]:
    """Every row of the layer with the same aim."""
    rows = WorkingLimit.objects.filter(layer=aim.layer)
    if aim.clinician_id is not None:
        return rows.filter(clinician_id=aim.clinician_id)
    assert aim.organisation_id is not None, "a limit is a person's or an organisation's"
    return rows.filter(organisation_id=aim.organisation_id)


def _add_limit(aim: Aim, wish: LimitWish, *, by: Actor, at: datetime) -> WorkingLimit:
    return set_limit(
        layer=aim.layer,
        organisation_id=aim.organisation_id,
        clinician_id=aim.clinician_id,
        points=wish.points,
        from_on=wish.from_on,
        until_on=wish.until_on,
        cause=wish.cause,
        reason=wish.reason.strip(),
        basis=wish.basis.strip(),
        by=by,
        at=at,
    )


def _make_room(row: WorkingLimit, left: tuple[Span, ...], *, by: Actor, at: datetime) -> None:
    """Of the row only these days are left; its days after the new limit are a row of their own."""
    before = [span for span in left if span.from_on == row.from_on]
    after = [span for span in left if span.from_on != row.from_on]
    until_on = before[0].until_on if before else row.from_on
    assert until_on is not None, "a touched limit ends somewhere"
    _shorten(row, until_on, by=by, at=at)
    for span in after:
        rest = WorkingLimit.objects.create(
            layer=row.layer,
            organisation_id=row.organisation_id,
            clinician_id=row.clinician_id,
            points=row.points,
            from_on=span.from_on,
            until_on=span.until_on,
            cause=row.cause,
            reason=row.reason,
            basis=row.basis,
            set_by_id=row.set_by_id,
            set_at=row.set_at,
        )
        audit.write("limit.resumes", entity="limit", entity_id=rest.pk, by=by, at=at, of=row.pk)


def _home_of(limit: WorkingLimit) -> int | None:
    return limit.clinician.home_id if limit.clinician else limit.organisation_id


def _end_today(row: WorkingLimit, *, by: Actor, at: datetime) -> None:
    today = local_day(at)
    if row.until_on is None or row.until_on > max(today, row.from_on):
        _shorten(row, max(today, row.from_on), by=by, at=at)


def _shorten(row: WorkingLimit, until_on: date, *, by: Actor, at: datetime) -> None:
    row.until_on = until_on
    row.save(update_fields=["until_on"])
    audit.write(
        "limit.ended", entity="limit", entity_id=row.pk, by=by, at=at, until=until_on.isoformat()
    )
    _look_again(row, at=at)


def _look_again(limit: WorkingLimit, *, at: datetime) -> None:
    """Whoever is over, or no longer over, is found soon."""
    person = limit.clinician
    changed = person.home_id if person else limit.organisation_id
    if changed is not None:
        look_again(organisation_id=changed, at=at)
