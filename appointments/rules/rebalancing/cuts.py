"""What whole solutions say beyond a limit's row: mixed-integer rounding by small divisors.

A row that weighs cases in half contacts leaves room that no whole case can use; rounding takes
that room away and brings the relaxed optimum close to the true one.
"""

from collections.abc import Iterator

from appointments.rules.rebalancing.program import Row

DIVISORS = (2, 3, 4, 5)


def with_cuts(row: Row, *, spare: int | None, stays: frozenset[int]) -> Iterator[Row]:
    """The row and what follows from it for whole columns.

    `spare` is the one column that may take fractions (an excess, with factor -1); `stays` are
    columns better seen from the other side, as cases that leave.
    """
    yield row
    seen = {row}
    for turned in {frozenset(), stays & set(row.columns)}:
        for divisor in DIVISORS:
            cut = _rounded(row, divisor, spare, turned)
            if cut is not None and cut not in seen:
                seen.add(cut)
                yield cut


def _rounded(row: Row, divisor: int, spare: int | None, turned: frozenset[int]) -> Row | None:
    """The rounding of `row` over `divisor`, with the `turned` columns read as one minus them.

    From sum(a x) - s <= b: sum((d - r_b) * floor(a / d) + max(0, r_a - r_b)) x) - s
    <= (d - r_b) * floor(b / d), where r is the remainder over the divisor d.
    """
    pairs = dict(zip(row.columns, row.factors, strict=True))
    bound = row.bound - sum(pairs[column] for column in turned)
    remainder = bound % divisor
    if not remainder:
        return None
    factors: dict[int, int] = {}
    total = (divisor - remainder) * (bound // divisor)
    for column, factor in pairs.items():
        if column == spare:
            factors[column] = -1
            continue
        seen = -factor if column in turned else factor
        rounded = (divisor - remainder) * (seen // divisor) + max(0, seen % divisor - remainder)
        factors[column] = -rounded if column in turned else rounded
        total += -rounded if column in turned else 0
    kept = {column: factor for column, factor in factors.items() if factor}
    if sum(max(0, factor) for factor in kept.values()) <= total:
        return None
    return Row(tuple(kept), tuple(kept.values()), total)
