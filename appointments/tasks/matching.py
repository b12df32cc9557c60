"""The matcher behind flow mode: scipy's sparse Jonker-Volgenant, deterministic, one thread."""

from collections.abc import Sequence
from itertools import chain

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from appointments.rules.rebalancing.flow import Arcs


def match(rows: Sequence[Arcs], width: int) -> Sequence[int] | None:
    """The cheapest column for each row, no column twice; None if the rows cannot all have one."""
    if not rows:
        return []
    sizes = [len(row.columns) for row in rows]
    starts = np.cumsum([0, *sizes])
    matrix = csr_matrix(
        (
            np.fromiter(chain.from_iterable(row.costs for row in rows), float, starts[-1]),
            np.fromiter(chain.from_iterable(row.columns for row in rows), np.int32, starts[-1]),
            starts,
        ),
        shape=(len(rows), width),
    )
    try:
        _, columns = min_weight_full_bipartite_matching(matrix)
    except ValueError:  # "no full matching exists"
        return None
    return columns.tolist()
