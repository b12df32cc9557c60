"""Who looks at the answers: a practice at its own, a lead at all, with small counts hidden."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from networks.queries.membership import member_ids
from networks.queries.none_said import names_of, none_said
from networks.rules.none_said import Counts, added, as_counted, as_shown, filled, mondays
from practices.clock import local_day
from practices.doors import everywhere
from practices.rules.reach import Actor
from practices.rules.refusals import Forbidden
from practices.rules.roles import Role

READERS = frozenset({Role.CLINICAL_LEAD, Role.PRACTICE_MANAGER})
BECAUSE = "how often no red flag was said is counted over a network, without patients"


@dataclass(frozen=True, slots=True)
class Answers:
    """By week, and by practice over all weeks; a practice sees its own numbers as they are."""

    is_own: bool
    mondays: tuple[date, ...]
    weeks: tuple[Counts, ...]
    practices: Mapping[str, Counts]


def look_at_answers(*, by: Actor, at: datetime) -> Answers:
    """The last eight weeks. Two statements of counting, whatever the number of practices."""
    if not by.is_one_of(READERS) or by.organisation_id is None:
        raise Forbidden("A clinical lead or a practice manager looks at these.")
    days = mondays(local_day(at))
    if by.role is Role.PRACTICE_MANAGER:
        own = none_said([by.organisation_id], since=days[0], until=at)[by.organisation_id]
        weeks = tuple(as_counted(week) for week in filled(own, days))
        return Answers(is_own=True, mondays=days, weeks=weeks, practices={})
    members = member_ids(by.organisation_id, on=local_day(at))
    with everywhere(because=BECAUSE, at=at):
        names = names_of(members)
        found = none_said(members, since=days[0], until=at)
    cells = {pk: filled(found[pk], days) for pk in names}
    return Answers(
        is_own=False,
        mondays=days,
        weeks=tuple(
            as_shown(added(day, (rows[place] for rows in cells.values())))
            for place, day in enumerate(days)
        ),
        practices={names[pk]: as_shown(added(days[0], rows)) for pk, rows in cells.items()},
    )
