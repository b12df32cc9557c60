"""Why: what a practice promised and no open case holds: calls, messages, second looks."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hubs.models import WalkUp
from hubs.rules.walk_ups import SentTo
from practices.clock import local_day
from practices.queries import still_to_tell
from practices.rules.message_words import News
from practices.rules.reach import Actor
from triage.queries.second_looks import second_looks


@dataclass(frozen=True, slots=True)
class ToCall:
    """Somebody who stood at the hub's desk, and was told that their practice calls them today.

    `flagged` is what they said where it may mean a red flag.
    """

    public_id: UUID
    at: datetime
    name: str
    phone: str
    hub: str
    flagged: str


@dataclass(frozen=True, slots=True)
class Untold:
    """A message that did not get through, and that nobody has told the patient yet."""

    kind: str
    since: datetime
    taken_by: str


@dataclass(frozen=True, slots=True)
class LookDue:
    """A case to be looked at again by today, and who answers for that."""

    reference: str
    look_by: date
    owner: str


@dataclass(frozen=True, slots=True)
class StillOwed:
    """What keeps a practice's day from being clear although every case has an end or an owner."""

    to_call: tuple[ToCall, ...]
    untold: tuple[Untold, ...]
    looks: tuple[LookDue, ...]

    @property
    def count(self) -> int:
        """How many things are left to do."""
        return len(self.to_call) + len(self.untold) + len(self.looks)


def still_owed(*, by: Actor, at: datetime) -> StillOwed:
    """What this practice owes beside its cases, the longest waiting first. Three statements."""
    return StillOwed(
        to_call=people_to_call(by=by, at=at),
        untold=_untold(at=at),
        looks=tuple(
            LookDue(one.row.reference, one.look_by, one.owner)
            for one in second_looks(at=at)
            if one.look_by <= local_day(at) and one.row.practice_id in by.reach.own
        ),
    )


def _untold(*, at: datetime) -> tuple[Untold, ...]:
    """What somebody of ours has to say; who knows the appointment need not be reminded."""
    found = still_to_tell(at=at).exclude(kind=News.REMINDER).order_by("to_tell_since", "id")
    return tuple(
        Untold(row.kind, row.to_tell_since, row.taken_by.name if row.taken_by else "")
        for row in found
        if row.to_tell_since is not None
    )


def people_to_call(*, by: Actor, at: datetime) -> tuple[ToCall, ...]:
    """Who was sent back to this practice by then and has not been called. One statement.

    Who said what may mean a red flag comes first, then who waits longest.
    """
    found = WalkUp.objects.filter(
        practice_id__in=by.reach.own, sent_to=SentTo.PRACTICE, answered_at=None, at__lte=at
    ).select_related("hub__organisation")
    rows = [
        ToCall(
            public_id=row.public_id,
            at=row.at,
            name=row.name,
            phone=row.phone,
            hub=row.hub.organisation.name,
            flagged=row.words if row.scan_hits else "",
        )
        for row in found.order_by("at", "id")
    ]
    return tuple(sorted(rows, key=lambda row: not row.flagged))
