"""The generalised assignment problem, on which the world has measured solvers for thirty years.

Jobs go to agents at least cost, each agent within its capacity: our own problem without a clock.
Read from OR-Library's files, so that the solver behind the plans can be compared in public.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from appointments.rules.rebalancing.climb import ROUNDING
from appointments.rules.rebalancing.fields import InstanceError
from appointments.rules.rebalancing.program import Program, Row, Solver


@dataclass(frozen=True, slots=True)
class Assignment:
    """Costs and needs by agent and job, capacities by agent."""

    costs: tuple[tuple[int, ...], ...]
    needs: tuple[tuple[int, ...], ...]
    capacities: tuple[int, ...]

    @property
    def jobs(self) -> int:
        return len(self.costs[0])

    def flat_costs(self) -> list[float]:
        return [float(cost) for row in self.costs for cost in row]

    def program(self) -> Program:
        """A column per agent and job, agent by agent."""
        width = len(self.capacities) * self.jobs
        return Program(
            uppers=(1,) * width,
            whole=(True,) * width,
            rows=(*self._one_agent_each(), *self._room()),
        )

    def _one_agent_each(self) -> Iterator[Row]:
        for job in range(self.jobs):
            columns = range(job, len(self.capacities) * self.jobs, self.jobs)
            yield Row(tuple(columns), (1,) * len(columns), 1, is_equality=True)

    def _room(self) -> Iterator[Row]:
        for agent, capacity in enumerate(self.capacities):
            columns = range(agent * self.jobs, (agent + 1) * self.jobs)
            yield Row(tuple(columns), self.needs[agent], capacity)

    def value(self, agents: Sequence[int]) -> int | None:
        """What it costs to give each job to its agent; None where an agent is overfull."""
        used = [0] * len(self.capacities)
        for job, agent in enumerate(agents):
            used[agent] += self.needs[agent][job]
        if any(load > room for load, room in zip(used, self.capacities, strict=True)):
            return None
        return sum(self.costs[agent][job] for job, agent in enumerate(agents))


@dataclass(frozen=True, slots=True)
class Assigned:
    """An agent for each job, what that costs, and the cost nothing can be below."""

    agents: tuple[int, ...]
    value: int
    bound: int

    @property
    def is_proved(self) -> bool:
        return self.bound >= self.value


def assign(assignment: Assignment, solver: Solver) -> Assigned | None:
    """The cheapest lawful assignment and its bound; None if none was found."""
    found = solver.search(assignment.program(), assignment.flat_costs())
    if found.values is None:
        return None
    chosen = [column for column, is_used in enumerate(found.values) if is_used]
    by_job = sorted((column % assignment.jobs, column // assignment.jobs) for column in chosen)
    agents = tuple(agent for _, agent in by_job)
    value = assignment.value(agents)
    if value is None:
        return None
    return Assigned(agents, value, min(value, ceil(found.bound - ROUNDING)))


def read_assignment(name: str, text: str) -> Assignment:
    """Agents and jobs, costs, needs, capacities, as OR-Library writes them."""
    try:
        numbers = [int(word) for word in text.split()]
    except ValueError:
        raise InstanceError(f"The file {name} must hold whole numbers only.") from None
    agents, jobs = [*numbers, 0, 0][:2]
    cells = agents * jobs
    if agents < 1 or jobs < 1 or len(numbers) != 2 + 2 * cells + agents:
        raise InstanceError(
            f"The file {name} must hold agents, jobs, a cost and a need for each pair,"
            " then capacities."
        )
    table = [tuple(numbers[2 + jobs * i : 2 + jobs * (i + 1)]) for i in range(2 * agents)]
    return Assignment(tuple(table[:agents]), tuple(table[agents:]), tuple(numbers[2 + 2 * cells :]))
