"""Which slot of its stretch each case gets: a small assignment that never touches a level."""

from collections import defaultdict
from collections.abc import Iterator

from appointments.rules.rebalancing.ceilings import HourAtSite
from appointments.rules.rebalancing.comfort import comfort
from appointments.rules.rebalancing.program import Program, Row, Solver
from appointments.rules.rebalancing.survey import Survey
from appointments.rules.rebalancing.timelines import Stretch, Timeline

Seat = tuple[int, int]  # timeline, position


def seat(
    survey: Survey, lines: tuple[Timeline, ...], chosen: list[Stretch], solver: Solver
) -> dict[str, str] | None:
    """Slots for the chosen stretches, the most comfortable way; None if the solver gives up."""
    columns = [
        (number, (way.timeline, i))
        for number, way in enumerate(chosen)
        for i in range(way.first, way.last + 1)
    ]
    if not columns:
        return {}
    weigh = comfort(survey)
    costs = [weigh.of_place(chosen[number].case, lines[t].slots[i]) for number, (t, i) in columns]
    program = Program(
        uppers=(1,) * len(columns),
        whole=(True,) * len(columns),
        rows=tuple(_rows(survey, lines, columns)),
    )
    found = solver.search(program, costs)
    if found.values is None:
        return None
    return {
        chosen[number].case.id: lines[t].slots[i]
        for column, (number, (t, i)) in enumerate(columns)
        if found.values[column]
    }


def _rows(
    survey: Survey, lines: tuple[Timeline, ...], columns: list[tuple[int, Seat]]
) -> Iterator[Row]:
    by_stretch: dict[int, list[int]] = defaultdict(list)
    by_seat: dict[Seat, list[int]] = defaultdict(list)
    by_hour: dict[HourAtSite, list[int]] = defaultdict(list)
    for column, (number, (t, i)) in enumerate(columns):
        by_stretch[number].append(column)
        by_seat[t, i].append(column)
        hour = survey.supervised_hour(survey.slots[lines[t].slots[i]])
        if hour is not None:
            by_hour[hour].append(column)
    for members in by_stretch.values():
        yield Row(tuple(members), (1,) * len(members), 1, is_equality=True)
    for members in by_seat.values():
        if len(members) > 1:
            yield Row(tuple(members), (1,) * len(members), 1)
    for hour, members in sorted(by_hour.items()):
        room = survey.supervised_room(hour)
        if len(members) > room:
            yield Row(tuple(members), (1,) * len(members), room)
