"""Capacity and demand by hour: the picture's series, and the finding that is its title."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from practices.rules.london import time_words

CORE = range(8, 19)


@dataclass(frozen=True, slots=True)
class Hours:
    """What the hourly chart draws; `note` says what an hour that is not over means."""

    title: str
    hours: tuple[str, ...]
    series: tuple[dict[str, object], ...]
    note: str


def hours_page(demand: Mapping[int, int], capacity: Mapping[int, int], *, now_hour: int) -> Hours:
    """Requests sent in beside places to be seen, hour by hour of the wall clock."""
    busy = [hour for hour in range(24) if demand.get(hour) or capacity.get(hour)]
    shown = range(min([*busy, CORE.start]), max([*busy, CORE.stop - 1]) + 1)
    return Hours(
        title=finding(demand, capacity, now_hour=now_hour),
        hours=tuple(time_words(time(hour)) for hour in shown),
        series=(
            {"name": "Requests sent in", "values": [demand.get(hour, 0) for hour in shown]},
            {"name": "Places to be seen", "values": [capacity.get(hour, 0) for hour in shown]},
        ),
        note=f"The hour from {time_words(time(now_hour))} is not over; later requests are to come.",
    )


def finding(demand: Mapping[int, int], capacity: Mapping[int, int], *, now_hour: int) -> str:
    """What the picture shows, in one sentence."""
    asked = {hour: number for hour, number in demand.items() if number and hour <= now_hour}
    if not asked:
        return f"No requests yet today; {sum(capacity.values())} places in all"
    peak = max(asked, key=lambda hour: (asked[hour], -hour))
    most = f"{_requests(asked[peak])} in the hour from {time_words(time(peak))}"
    short = [hour for hour in sorted(asked) if asked[hour] > capacity.get(hour, 0)]
    if not short:
        return f"Places kept up with requests; the most were {most}"
    if len(short) == 1:
        when = f"in the hour from {time_words(time(short[0]))}"
    else:
        when = f"in {len(short)} hours of the day so far"
    places = capacity.get(peak, 0)
    if peak in short and len(short) == 1:
        return f"{_requests(asked[peak])} {when}, for {_places(places)}"
    busiest = f"the busiest, from {time_words(time(peak))}, had {_requests(asked[peak])}"
    return f"More requests than places {when}; {busiest} for {_places(places)}"


def _requests(number: int) -> str:
    return f"{number} request{'' if number == 1 else 's'}"


def _places(number: int) -> str:
    return f"{number} place{'' if number == 1 else 's'}"
