"""What the open moves would do to each clinician's day, as a picture with its table."""

from collections.abc import Iterable
from dataclasses import dataclass

from triage.queries.proposals import ProposalRow

TENTHS = 10


@dataclass(frozen=True, slots=True)
class Picture:
    """Bars for each clinician, in points, as the chart component takes them."""

    title: str
    names: tuple[str, ...]
    series: tuple[dict[str, object], ...]


def picture(rows: Iterable[ProposalRow]) -> Picture | None:
    """Each day before and after all open moves together; None where nothing is proposed."""
    loads: dict[str, list[float]] = {}
    moves = [row for row in rows if row.state == "open"]
    for row in moves:
        giving, taking = row.effects["giving"], row.effects["taking"]
        for name, effect in ((row.from_clinician, giving), (row.to_clinician, taking)):
            before, limit = effect["before"] / TENTHS, effect["limit"] / TENTHS
            load = loads.setdefault(name, [before, before, limit])
            load[1] += (effect["after"] - effect["before"]) / TENTHS
    if not moves:
        return None
    over = sum(after > limit for _, after, limit in loads.values())
    were = sum(before > limit for before, _, limit in loads.values())
    parts = zip(("Before", "After", "Safe limit"), zip(*loads.values(), strict=True), strict=True)
    return Picture(
        title=f"Over the safe limit: {were} before these moves, {over} after",
        names=tuple(loads),
        series=tuple({"name": name, "values": list(values)} for name, values in parts),
    )
