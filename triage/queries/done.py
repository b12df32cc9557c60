"""Why: what was finished, so that it is found again, and what is not written in the record yet."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from practices.clock import local_day
from practices.rules.london import midnight
from practices.rules.reach import Actor
from practices.rules.roles import HUB_ROLES
from triage.models import CaseOutcome
from triage.queries.ends import standing
from triage.queries.queue_rows import QueueRow, row_of
from triage.rules.codes import Outcome
from triage.rules.states import State

SHOWN = 200
# A hub sees a patient for a fortnight after the end; by then it is written, or the practice asks.
OWED_FOR = timedelta(days=14)
# These say nothing of the patient's health and are still written down: somebody tried.
TRIED = (Outcome.NO_CONTACT.value, Outcome.NOT_BROUGHT.value)


@dataclass(frozen=True, slots=True)
class DoneRow:
    """One end of a case: how, by whom, and who wrote it into the record."""

    row: QueueRow
    outcome: Outcome
    by: str
    at: datetime
    written_by: str
    written_at: datetime | None


@dataclass(frozen=True, slots=True)
class DonePage:
    """A day's ends, and mine of the last fortnight that nobody has written down yet.

    A case that was opened again is written down when it closes, with every end it had.
    """

    done: tuple[DoneRow, ...]
    owed: tuple[DoneRow, ...]

    @property
    def patient_ids(self) -> list[int]:
        """Every patient the page shows."""
        return [one.row.patient_id for one in (*self.done, *self.owed)]


def done_page(*, day: date, is_mine: bool, by: Actor, at: datetime) -> DonePage:
    """What I, or everybody in reach, ended on the day, newest first. Two statements."""
    starts, ends = midnight(day), midnight(day + timedelta(days=1))
    done = _named().filter(at__gte=starts, at__lt=ends)
    if is_mine:
        done = done.filter(by_id=by.user_id)
    return DonePage(
        done=tuple(_row(one, at=at) for one in done.order_by("-at", "-pk")[:SHOWN]),
        owed=unwritten(by=by, at=at),
    )


def unwritten(*, by: Actor, at: datetime) -> tuple[DoneRow, ...]:
    """My ends of the last fortnight that nobody has written into the record. One statement."""
    return _unwritten(Q(by_id=by.user_id), at=at)


def unwritten_at_hub(hub_id: int, *, at: datetime) -> tuple[DoneRow, ...]:
    """The same of everybody at the hub: who ended it may have gone home. One statement."""
    return _unwritten(Q(case__hub_id=hub_id, step__role__in=sorted(HUB_ROLES)), at=at)


def unwritten_by_hub(hub_ids: Collection[int], *, at: datetime) -> dict[int, int]:
    """How many each of the hubs has. One statement."""
    found = _ends_owed(Q(case__hub_id__in=hub_ids, step__role__in=sorted(HUB_ROLES)), at=at)
    return Counter(found.values_list("case__hub_id", flat=True))


def unwritten_of(practice_ids: Collection[int], *, at: datetime) -> tuple[DoneRow, ...]:
    """The same of these practices' patients, whoever ended it. One statement."""
    return _unwritten(Q(case__practice_id__in=practice_ids), at=at)


def _unwritten(which: Q, *, at: datetime) -> tuple[DoneRow, ...]:
    owed = _ends_owed(which, at=at).order_by("at", "pk")
    return tuple(_row(one, at=at) for one in owed[:SHOWN])


def _ends_owed(which: Q, *, at: datetime) -> QuerySet[CaseOutcome]:
    clinical = ~Q(record_viewed="") | Q(code__in=TRIED)
    since = midnight(local_day(at - OWED_FOR))
    return _named().filter(
        which, clinical, entry__isnull=True, case__state=State.CLOSED, at__gte=since
    )


def _named() -> QuerySet[CaseOutcome]:
    """The ends that hold, with every name a row shows."""
    return standing().select_related(
        "by",
        "entry__by",
        "case__patient",
        "case__practice__organisation",
        "case__hub__organisation",
        "case__claimed_by__user",
        "case__taken_by",
    )


def _row(one: CaseOutcome, *, at: datetime) -> DoneRow:
    entry = getattr(one, "entry", None)
    return DoneRow(
        row=row_of(one.case, at=at),
        outcome=Outcome(one.code),
        by=one.by.name if one.by else "",
        at=one.at,
        written_by=entry.by.name if entry else "",
        written_at=entry.at if entry else None,
    )
