"""The solver behind the rules: HiGHS by way of scipy, one thread, the clock only as a brake."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix

from appointments.rules.rebalancing.program import Program, Relaxed, Searched

BRAKE_SECONDS = 30.0
OPTIMAL, INFEASIBLE = 0, 2  # scipy's status codes


@dataclass(frozen=True, slots=True)
class Highs:
    """A `Solver`. HiGHS runs on one thread with a fixed seed, so equal programs give equal answers.

    `brake_seconds` bounds one search; whatever it stops is reported with its honest bound.
    """

    brake_seconds: float = BRAKE_SECONDS

    def relax(self, program: Program, costs: Sequence[float]) -> Relaxed | None:
        """The linear optimum with reduced costs."""
        if not program.uppers:
            return Relaxed(0.0, (), ())
        matrix, bounds, equal = _matrix(program)
        answer = linprog(
            costs,
            A_ub=matrix[~equal],
            b_ub=bounds[~equal],
            A_eq=matrix[equal],
            b_eq=bounds[equal],
            bounds=np.column_stack([np.zeros(len(program.uppers)), program.uppers]),
            method="highs",
            options={"time_limit": self.brake_seconds},
        )
        if answer.status != OPTIMAL:
            return None
        return Relaxed(answer.fun, answer.x.tolist(), answer.lower.marginals.tolist())

    def search(self, program: Program, costs: Sequence[float], *, gap: float = 0.0) -> Searched:
        """The best whole solution HiGHS finds, with its dual bound."""
        if not program.uppers:
            return Searched((), 0.0, is_finished=True)
        matrix, bounds, equal = _matrix(program)
        answer = milp(
            costs,
            integrality=np.array(program.whole, dtype=int),
            bounds=Bounds(0, np.array(program.uppers)),
            constraints=LinearConstraint(matrix, np.where(equal, bounds, -np.inf), bounds)
            if program.rows
            else None,
            options={"time_limit": self.brake_seconds, "mip_rel_gap": gap},
        )
        is_finished = answer.status in (OPTIMAL, INFEASIBLE)
        if answer.x is None:
            return Searched(None, -np.inf, is_finished=is_finished)
        bound = answer.fun if answer.mip_dual_bound is None else answer.mip_dual_bound
        values = np.rint(answer.x).astype(int).tolist()
        return Searched(values, float(bound), is_finished=is_finished)


def _matrix(program: Program) -> tuple[csr_matrix, np.ndarray, np.ndarray]:
    starts = np.cumsum([0, *(len(row.columns) for row in program.rows)])
    columns = [column for row in program.rows for column in row.columns]
    factors = [factor for row in program.rows for factor in row.factors]
    matrix = csr_matrix(
        (np.array(factors, dtype=float), np.array(columns, dtype=np.int32), starts),
        shape=(len(program.rows), len(program.uppers)),
    )
    bounds = np.array([row.bound for row in program.rows], dtype=float)
    return matrix, bounds, np.array([row.is_equality for row in program.rows], dtype=bool)
