"""Shares used evenly: the nearer a practice is to its share of a site, the dearer the next case."""

from collections.abc import Iterator

from appointments.rules.rebalancing.program import Row
from appointments.rules.rebalancing.survey import Survey
from appointments.rules.rebalancing.timelines import Stretch, Timeline

# What one case more costs, by the part of the share that is used before it: a convex cost.
SEGMENTS = ((0.5, 0.0), (0.8, 3.0), (1.0, 10.0))


def next_case(used: int, ceiling: int) -> float:
    """The comfort cost of one case more on a share of `ceiling` cases."""
    for part, cost in SEGMENTS:
        if used < part * ceiling:
            return cost
    return SEGMENTS[-1][1]


def segments(ceiling: int) -> list[tuple[int, float]]:
    """How many cases of a share cost how much each, the cheapest first."""
    costs = [next_case(used, ceiling) for used in range(ceiling)]
    return [(costs.count(cost), cost) for _, cost in SEGMENTS]


def rows(
    survey: Survey, lines: tuple[Timeline, ...], ways: list[Stretch], *, first_column: int
) -> Iterator[tuple[Row, list[tuple[int, float]]]]:
    """By share: the row that fills its segments, and the segments' sizes and costs."""
    settled = [
        survey.share_of(survey.cases[case_id], survey.slots[slot_id])
        for case_id, slot_id in survey.settled().items()
    ]
    for (practice, site), ceiling in sorted(survey.share_ceilings.items()):
        columns = [
            column
            for column, way in enumerate(ways)
            if way.case.practice == practice and lines[way.timeline].clinician.site == site
        ]
        parts = segments(ceiling)
        filled = range(first_column, first_column + len(parts))
        first_column += len(parts)
        factors = (1,) * len(columns) + (-1,) * len(parts)
        yield Row((*columns, *filled), factors, -settled.count((practice, site))), parts
