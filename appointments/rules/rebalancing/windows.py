"""Hall's windows: no window of a timeline may hold more stretches than slots."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from appointments.rules.rebalancing.ceilings import HourAtSite
from appointments.rules.rebalancing.program import Row
from appointments.rules.rebalancing.survey import Survey
from appointments.rules.rebalancing.timelines import Stretch, Timeline

Window = tuple[int, int]


@dataclass(frozen=True, slots=True)
class HallRows:
    """The rows that make every whole choice of stretches fit, and how many use columns they need.

    A use column says how far a slot of a short-supervised hour is used, from 0 to 1.
    """

    rows: list[Row]
    use_columns: int


def rows(
    survey: Survey,
    lines: tuple[Timeline, ...],
    ways: list[Stretch],
    *,
    first_use_column: int,
) -> HallRows:
    """Rows for all windows that some choice of stretches could overfill."""
    short = _short_hours(survey, lines)
    use: dict[tuple[int, int], int] = {}
    for hour in sorted(short):
        for cell in short[hour]:
            use[cell] = first_use_column + len(use)
    found = [
        Row(tuple(use[cell] for cell in cells), (1,) * len(cells), survey.supervised_room(hour))
        for hour, cells in sorted(short.items())
    ]
    by_line: dict[int, dict[Window, list[int]]] = defaultdict(lambda: defaultdict(list))
    for column, way in enumerate(ways):
        by_line[way.timeline][way.first, way.last].append(column)
    for t, by_window in sorted(by_line.items()):
        used = {i: use[t, i] for i in range(len(lines[t].slots)) if (t, i) in use}
        found.extend(_windows_of_line(by_window, ways, used))
    return HallRows(found, len(use))


def _short_hours(
    survey: Survey, lines: tuple[Timeline, ...]
) -> dict[HourAtSite, list[tuple[int, int]]]:
    """The hours with more usable slots than supervision allows, and those slots."""
    cells: dict[HourAtSite, list[tuple[int, int]]] = defaultdict(list)
    for t, line in enumerate(lines):
        for i, slot_id in enumerate(line.slots):
            hour = survey.supervised_hour(survey.slots[slot_id])
            if hour is not None:
                cells[hour].append((t, i))
    return {
        hour: places for hour, places in cells.items() if len(places) > survey.supervised_room(hour)
    }


def _windows_of_line(
    by_window: dict[Window, list[int]], ways: list[Stretch], used: dict[int, int]
) -> Iterator[Row]:
    for first in sorted({first for first, _ in by_window}):
        for last in sorted({last for _, last in by_window if last >= first}):
            inside = [w for w in by_window if first <= w[0] and w[1] <= last]
            touches = any(w[0] == first for w in inside) and any(w[1] == last for w in inside)
            columns = [column for w in sorted(inside) for column in by_window[w]]
            shared = [used[i] for i in range(first, last + 1) if i in used]
            free = last + 1 - first - len(shared)
            if touches and len({ways[column].case.id for column in columns}) > free:
                yield Row((*columns, *shared), (1,) * len(columns) + (-1,) * len(shared), free)
