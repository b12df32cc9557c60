"""The cover table: naming who answers for a queue, and leaving no gap in it unnoticed."""

import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection

from appointments.actions.overriding import About, OverrideWish, keep_override
from appointments.models import NamedCover
from appointments.queries.cover import Queue, gaps_on, may_cover, queues_of
from appointments.queries.ratio import crowds_on
from appointments.rules.cover import gap_words, new_gaps
from appointments.rules.rota import check_may_change_rota
from hubs.rules.opening import Period
from hubs.rules.supervision import SUPERVISED_BY_ONE
from practices import audit
from practices.clock import local_day
from practices.rules.london import midnight
from practices.rules.phones import parse_callback
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, BadInput, Conflict
from practices.rules.roles import Role

RULE = "cover"
RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class CoverWish:
    """Who answers for which queue, from when until when, and under which number."""

    organisation_id: int
    clinician_id: int
    phone: str
    starts_at: datetime
    ends_at: datetime


class CoverGap(Conflict):
    """The change would leave a queue without anybody; it needs a reason."""

    def __init__(self, queue: Queue, found: Collection[Period]) -> None:
        who = "no GP" if queue.is_hub else "nobody who may triage"
        super().__init__(
            f"{queue.name} would have {who} from {gap_words(list(found))}. Name somebody for that"
            " time, or say why it may be so.",
            code=RULE,
            field="override",
        )


class TooMany(Conflict):
    """The change would leave supervisors with too many people; it needs a reason."""

    def __init__(self, queue: Queue, found: Collection[Period]) -> None:
        super().__init__(
            f"{queue.name} would have too many people for its supervisors, who may have"
            f" {SUPERVISED_BY_ONE} each, from {gap_words(list(found))}. Publish another GP for"
            " that time, or say why it may be so.",
            code=RATIO,
            field="override",
        )


def name_cover(*, wish: CoverWish, by: Actor, at: datetime) -> NamedCover:
    """The clinician stands in the cover table for that time."""
    queue = _mine(wish.organisation_id, by)
    if wish.ends_at <= wish.starts_at:
        raise BadInput("End time must be after start time", field="ends")
    if wish.ends_at <= at:
        raise BadInput("The time must not be over already.", field="ends")
    if wish.clinician_id not in {pk for pk, _ in may_cover(queue, on=local_day(wish.starts_at))}:
        raise BadInput("Choose somebody who may answer for this queue.", field="clinician")
    made = NamedCover.objects.create(
        organisation_id=queue.organisation_id,
        clinician_id=wish.clinician_id,
        phone=parse_callback(wish.phone, training=settings.TRAINING),
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        named_at=at,
        named_by_id=by.user_id,
    )
    _record("cover.named", made, by=by, at=at)
    return made


def withdraw_cover(
    *, public_id: uuid.UUID, override: OverrideWish | None = None, by: Actor, at: datetime
) -> NamedCover:
    """The row counts no more; a gap that this leaves needs a reason."""
    found = NamedCover.objects.filter(public_id=public_id).first()
    if found is None:
        raise Absent
    queue = _mine(found.organisation_id, by)
    with no_new_gap(queue, [local_day(found.starts_at)], override, by=by, at=at):
        changed = NamedCover.objects.filter(pk=found.pk, withdrawn_at=None).update(
            withdrawn_at=at, withdrawn_by_id=by.user_id
        )
        if not changed:
            raise Conflict("This line was withdrawn already.")
    _record("cover.withdrawn", found, by=by, at=at)
    return found


def end_cover_of(
    *, clinician_id: int, organisation_id: int, from_at: datetime, by: Actor, at: datetime
) -> dict[int, datetime]:
    """Whoever has left answers for the queue no more today; each row's end as it was.

    The gap is a fact, so it needs no reason, and the table shows it.
    """
    lock_cover(organisation_id)
    found = NamedCover.objects.select_for_update().filter(
        clinician_id=clinician_id,
        organisation_id=organisation_id,
        withdrawn_at=None,
        ends_at__gt=from_at,
        starts_at__lt=midnight(local_day(at) + timedelta(days=1)),
    )
    rows = list(found.order_by("pk"))
    ends = {row.pk: row.ends_at for row in rows}
    for row in rows:
        if row.starts_at < from_at:
            row.ends_at = from_at
        else:
            row.withdrawn_at, row.withdrawn_by_id = at, by.user_id
        row.save(update_fields=["ends_at", "withdrawn_at", "withdrawn_by"])
        _record("cover.ended", row, by=by, at=at)
    return ends


def resume_cover(
    ends: Mapping[int, datetime], *, from_at: datetime, ended_at: datetime, by: Actor, at: datetime
) -> int:
    """The rows that `end_cover_of` ended go on as they were; how many.

    A row that somebody has withdrawn since stays so.
    """
    found = NamedCover.objects.select_for_update().filter(pk__in=ends).order_by("pk")
    back = [row for row in found if row.withdrawn_at == ended_at or _ended_early(row, from_at)]
    for row in back:
        row.ends_at, row.withdrawn_at, row.withdrawn_by_id = ends[row.pk], None, None
        row.save(update_fields=["ends_at", "withdrawn_at", "withdrawn_by"])
        _record("cover.resumed", row, by=by, at=at)
    return len(back)


def _ended_early(row: NamedCover, from_at: datetime) -> bool:
    return row.withdrawn_at is None and row.ends_at == from_at


@contextmanager
def no_new_gap(
    queue: Queue, days: Collection[date], override: OverrideWish | None, *, by: Actor, at: datetime
) -> Iterator[None]:
    """What is done inside opens no gap in the cover of these days, or a person says why it may.

    Nor does it leave supervisors with more people than they may answer for.

    One change of a queue's cover at a time: two people who each leave see one another.
    """
    lock_cover(queue.organisation_id)
    before = {day: (gaps_on(queue, day), crowds_on(queue, day)) for day in sorted(set(days))}
    yield
    for day, (gaps, crowds) in before.items():
        if gap := new_gaps(gaps, gaps_on(queue, day), at=at):
            accept(CoverGap(queue, gap), gap, queue, override, by=by, at=at)
        if crowd := new_gaps(crowds, crowds_on(queue, day), at=at):
            accept(TooMany(queue, crowd), crowd, queue, override, by=by, at=at)


def accept(
    refusal: CoverGap | TooMany,
    found: Collection[Period],
    queue: Queue,
    override: OverrideWish | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Somebody answers for it with a reason that is kept, or the change is refused."""
    if override is None or by.user_id is None:
        raise refusal
    rule = refusal.code
    about = About(rule, queue.organisation_id, until=max(one.closes_at for one in found))
    made = keep_override(about, override, by=by, at=at)
    audit.write(
        "rule.passed_over",
        entity="organisation",
        entity_id=queue.organisation_id,
        by=by,
        at=at,
        rule=rule,
        code=override.code,
        override=made.pk,
        gaps=[[one.opens_at.isoformat(), one.closes_at.isoformat()] for one in found],
    )


def queue_of(organisation_id: int) -> Queue:
    """The queue of a hub or a practice in reach."""
    found = queues_of((organisation_id,))
    if not found:
        raise Absent
    return found[0]


def lock_cover(organisation_id: int) -> None:
    """Until the transaction ends nobody else changes who answers for this queue."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cover'), %s)", [organisation_id])


def _mine(organisation_id: int, by: Actor) -> Queue:
    """The queue, if it is this person's to arrange; beyond reach it is absent."""
    if by.role is not None and organisation_id not in (*by.reach.own, *by.reach.providers):
        raise Absent
    queue = queue_of(organisation_id)
    duty = by.role is Role.DUTY and organisation_id in by.reach.own
    if not duty:
        check_may_change_rota(
            by,
            practice_id=None if queue.is_hub else organisation_id,
            hub_id=organisation_id if queue.is_hub else None,
        )
    return queue


def _record(verb: str, row: NamedCover, *, by: Actor, at: datetime) -> None:
    audit.write(
        verb,
        entity="cover",
        entity_id=row.pk,
        by=by,
        at=at,
        organisation=row.organisation_id,
        clinician=row.clinician_id,
    )
