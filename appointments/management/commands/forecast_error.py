"""`manage forecast_error`: how wrong the breach forecast was on the days that were lived."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time

from django.core.management.base import BaseCommand, CommandError

from appointments.queries.lived_days import days_with_contacts, lived_days
from appointments.rules.forecast import Forecast, forecast
from appointments.rules.forecast_error import (
    ForecastError,
    LivedDay,
    Said,
    error_of,
    known_at,
    passed_at,
)
from practices.clock import now
from practices.doors import opened
from practices.rules.london import instant
from practices.rules.reach import clockwork

BY = clockwork("forecast_error")
HOURS = (time(9), time(11), time(13), time(15))
KINDS: dict[str, Callable[[Forecast], datetime | None]] = {
    "as booked": lambda found: found.as_booked,
    "with the expected rest": lambda found: found.as_expected,
}


class Command(BaseCommand):
    help = (
        "Replay the days on record: what each clinician's breach forecast said at an hour, knowing"
        " only what was known then, against when the limit was passed. Writes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", type=date.fromisoformat, required=True, metavar="DAY")
        parser.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="else one day")

    def handle(self, *args: object, since: date, until: date | None, **options: object) -> None:
        with opened(BY.reach, at=now()):
            days = days_with_contacts(since=since, until=until or since)
            lived = [(day, one) for day in days for one in lived_days(day).values()]
        if not lived:
            raise CommandError("No contact is on record on those days.")
        self.stdout.write(f"{len(lived)} clinicians' days on {len(days)} days.")
        for hour in HOURS:
            for kind, pick in KINDS.items():
                found = error_of([*_said(lived, hour, pick)])
                self.stdout.write(f"At {hour:%H:%M}, {kind}: {_words(found)}")


def _said(
    lived: Sequence[tuple[date, LivedDay]],
    hour: time,
    pick: Callable[[Forecast], datetime | None],
) -> Iterable[Said]:
    """What was said at the hour of each day that had not passed its limit by then."""
    for day, one in lived:
        at = instant(day, hour)
        passed = passed_at(one.limit, one.contacts())
        if passed is None or passed > at:
            yield Said(foreseen=pick(forecast(known_at(one, at), at)), passed=passed)


def _words(found: ForecastError) -> str:
    if not found.breaches:
        return f"no breach came; {found.false_alarms} false alarms of {found.days} days."
    wrong = "no error to measure" if found.minutes is None else f"{found.minutes} minutes out"
    return (
        f"{found.foreseen} of {found.breaches} breaches foreseen ({found.percent_foreseen} %),"
        f" {wrong} on average; {found.false_alarms} false alarms of {found.days} days."
    )
