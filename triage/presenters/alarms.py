"""What stands above every clinician's page until somebody has it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from practices.presenters import minutes_words, time_words
from practices.rules.phones import spoken
from triage.queries.asked import Asked
from triage.queries.emergencies import Alarms


@dataclass(frozen=True, slots=True)
class AlarmLine:
    """One alarm: what, since when, and what to do about it."""

    what: str
    since: str
    emergency: str = ""
    case: str = ""
    sign: str = "Emergency"
    level: str = "emergency"


def asked_lines(asked: Iterable[Asked], *, now: datetime) -> tuple[AlarmLine, ...]:
    """What stands above a supervisor's page until somebody has answered, oldest first."""
    return tuple(
        AlarmLine(
            what=f"{one.by} asks the supervisor now, case {one.reference}",
            since=_since(one.at, now=now),
            case=one.reference,
            sign="Asked",
            level="urgent",
        )
        for one in asked
    )


def alarm_lines(alarms: Alarms, *, now: datetime) -> tuple[AlarmLine, ...]:
    """Calls for help first, then P0 cases that nobody has; the oldest of each first."""
    calls = tuple(
        AlarmLine(
            what=", ".join(
                filter(None, [f"Emergency: ring {spoken(one.phone)}", one.where, one.practice])
            ),
            since=_since(one.at, now=now),
            emergency=one.reference,
        )
        for one in alarms.emergencies
    )
    cases = tuple(
        AlarmLine(
            what=f"P0: nobody has this emergency case of {one.practice}",
            since=_since(one.submitted_at, now=now),
            case=one.reference,
        )
        for one in alarms.cases
    )
    return (*calls, *cases)


def _since(at: datetime, *, now: datetime) -> str:
    minutes = max(0, int((now - at).total_seconds() // 60))
    since = f"since {time_words(at)}"
    return f"{since}, for {minutes_words(minutes)}" if minutes else since
