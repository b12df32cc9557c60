"""Why: who answers for each queue today and in the days ahead, and where nobody does."""

from dataclasses import dataclass
from datetime import date, timedelta

from appointments.queries.cover import (
    NamedRow,
    Queue,
    gaps_on,
    hours_of,
    may_cover,
    named_on,
    queues_of,
    stretches_on,
)
from appointments.rules.cover import CoverHour, table
from hubs.rules.opening import Period
from practices.rules.reach import Actor

DAYS_AHEAD = 7


@dataclass(frozen=True, slots=True)
class QueueCover:
    """The cover of one queue: the day by the hour, its dated rows, and the gaps of the week."""

    queue: Queue
    hours: tuple[CoverHour, ...]
    named: tuple[NamedRow, ...]
    people: tuple[tuple[int, str], ...]
    ahead: tuple[Period, ...]


def cover_page(*, day: date, by: Actor) -> tuple[QueueCover, ...]:
    """Every queue this person answers for or sends to; some statements for each queue and day."""
    ids = tuple(dict.fromkeys((*by.reach.own, *by.reach.providers)))
    return tuple(_cover(queue, day) for queue in queues_of(ids))


def _cover(queue: Queue, day: date) -> QueueCover:
    open_ = hours_of(queue.organisation_id, is_hub=queue.is_hub).periods_on(day)
    return QueueCover(
        queue=queue,
        hours=table(open_, stretches_on(queue, day)),
        named=named_on(queue, day),
        people=may_cover(queue, on=day),
        ahead=tuple(
            gap
            for ahead in range(1, DAYS_AHEAD)
            for gap in gaps_on(queue, day + timedelta(days=ahead))
        ),
    )


def hubs_of(*, hub_ids: tuple[int, ...]) -> tuple[Queue, ...]:
    """These hubs by name. One statement."""
    return tuple(one for one in queues_of(hub_ids) if one.is_hub)
