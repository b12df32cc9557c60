"""The simulator's tables in lines for a terminal, and as plain values for JSON."""

from collections.abc import Iterator, Sequence
from math import isfinite

from networks.rules.simulation.experiments import HEADROOM
from networks.rules.simulation.intervals import Interval
from networks.rules.simulation.marks import MOST_MOVES_PER_100, Held
from networks.rules.simulation.published.measured import Agreement
from networks.rules.simulation.tables import COLUMNS, Row, Table

Plain = dict[str, object]
WIDTH = 27


def table_lines(table: Table) -> Iterator[str]:
    """A line for each figure, a column for each policy: the mean of a day and its 95 % interval."""
    rows = table.rows
    yield from _headed("a day, mean ± 95 % interval", rows)
    for name in COLUMNS:
        yield f"{name:<24}" + "".join(f"{_plus_minus(row.figures[name]):>{WIDTH}}" for row in rows)
    everybody, urgent = (_plus_minus(one) for one in table.unavoidable)
    yield f"breaches no policy could avoid: {everybody}, urgent ones: {urgent}"
    others = [row for row in rows if row.differences and row.policy != HEADROOM]
    if others:
        yield ""
        yield from _headed("Headroom less the other", others)
        for name in COLUMNS:
            cells = (f"{_plus_minus(row.differences[name]):>{WIDTH}}" for row in others)
            yield f"{name:<24}" + "".join(cells)


def mark_lines(marks: Sequence[Held], table: Table) -> Iterator[str]:
    """Each mark, what was found and whether it is reached; then the moves."""
    yield "Headroom against the marks, at equal routine admission"
    for one in marks:
        unit = "" if one.mark.in_points else " %"
        wanted = "shown" if one.mark.wanted is None else f"{one.mark.wanted:+g}{unit}"
        found = "nothing to lower" if one.found is None else f"{_plus_minus(one.found)}{unit}"
        name = f"against {one.mark.against:<9}{one.mark.measure:<20}"
        yield f"  {name}{wanted:>8}{found:>20}  {_said(is_reached=one.is_reached)}"
    for row in table.rows:
        if row.policy == HEADROOM:
            moves = row.figures["moves per 100 patients"]
            is_reached = moves.mean <= MOST_MOVES_PER_100 and row.most_moves <= 1
            yield (
                f"  moves per 100 patients: {_plus_minus(moves)} (mark {MOST_MOVES_PER_100:g}),"
                f" of one patient at most {row.most_moves}  {_said(is_reached=is_reached)}"
            )


def agreement_lines(found: Sequence[Agreement]) -> Iterator[str]:
    """A published model's means beside ours, and how many agree."""
    yield f"{'':<34}{'published':>11}{'ours':>24}"
    for one in found:
        ours = f"{one.found.mean:.3f} ± {one.found.half:.3f}"
        said = "agrees" if one.is_met else "DIFFERS"
        yield f"{one.measure:<34}{one.published:>11.3f}{ours:>24}  {said}"
    yield f"{sum(one.is_met for one in found)} of {len(found)} agree."


def as_plain(table: Table, marks: Sequence[Held]) -> Plain:
    """All figures, ready for JSON."""
    everybody, urgent = (_pair(one) for one in table.unavoidable)
    return {
        "unavoidable_breaches": everybody,
        "unavoidable_urgent_breaches": urgent,
        "rows": [
            {
                "policy": row.policy,
                "most_moves_of_one_patient": row.most_moves,
                "figures": {name: _pair(one) for name, one in row.figures.items()},
                "headroom_less_this": {name: _pair(one) for name, one in row.differences.items()},
            }
            for row in table.rows
        ],
        "marks": [
            {
                "against": one.mark.against,
                "measure": one.mark.measure,
                "wanted": one.mark.wanted,
                "unit": "points" if one.mark.in_points else "per cent",
                "found": None if one.found is None else _pair(one.found),
                "reached": one.is_reached,
            }
            for one in marks
        ],
    }


def _headed(title: str, rows: Sequence[Row]) -> Iterator[str]:
    yield f"{title:<24}" + "".join(f"{_short(row.policy):>{WIDTH}}" for row in rows)


def _short(policy: str) -> str:
    return policy.replace(", routine as Headroom", " (routine alike)")


def _said(*, is_reached: bool | None) -> str:
    return {True: "reached", False: "MISSED", None: ""}[is_reached]


def _plus_minus(one: Interval) -> str:
    half = f"{one.half:.2f}" if isfinite(one.half) else "?"
    return f"{one.mean:.2f} ± {half}"


def _pair(one: Interval) -> Plain:
    half = round(one.half, 4) if isfinite(one.half) else None
    return {"mean": round(one.mean, 4), "half_of_95_percent_interval": half}
