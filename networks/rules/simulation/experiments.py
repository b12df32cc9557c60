"""Policies live the same days, one after the other; what is left over comes back in the morning."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from networks.rules.simulation import desks
from networks.rules.simulation.chance import Streams
from networks.rules.simulation.days import made_day
from networks.rules.simulation.diary import Diary
from networks.rules.simulation.facts import Case, Day, Setting
from networks.rules.simulation.headroom import Headroom, Solve
from networks.rules.simulation.living import Policy, live
from networks.rules.simulation.making import made_network
from networks.rules.simulation.outcomes import Outcome, left_for_tomorrow, outcome_of

HEADROOM = "headroom"
DESKS: dict[str, Callable[[Diary, frozenset[str]], desks.Desk]] = {
    "none": desks.no_hub,
    "fcfs": desks.hub_first_come,
    "earliest": desks.earliest_anywhere,
}
POLICIES = (*DESKS, HEADROOM)
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Experiment:
    """A network of one seed, its days and its setting; the solver is passed in."""

    streams: Streams
    days: int
    solve: Solve
    setting: Setting = field(default_factory=Setting)

    def made_days(self) -> Iterator[Day]:
        """The same days each time; one more at the start, so that nobody's first is empty."""
        network = made_network(self.streams)
        for number in range(self.days + 1):
            yield made_day(network, number, self.setting, self.streams)

    def lived(self, policy: str) -> list[Outcome]:
        """The outcomes of the days under the policy."""
        return self._lived(lambda diary, _: self._policy(policy, diary, NOBODY))

    def lived_alike(self, policy: str, reference: Sequence[Outcome]) -> list[Outcome]:
        """The same with the routine admission of the reference: its deferred cases are not seen."""
        deferred = [NOBODY, *(outcome.another_day for outcome in reference)]
        return self._lived(lambda diary, number: self._policy(policy, diary, deferred[number]))

    def _lived(self, make: Callable[[Diary, int], Policy]) -> list[Outcome]:
        outcomes, left = [], list[Case]()
        for day in self.made_days():
            diary = live(_with_left(day, left), partial(_numbered, make, day.number))
            left = left_for_tomorrow(diary)
            outcomes.append(outcome_of(diary))
        return outcomes[1:]

    def _policy(self, name: str, diary: Diary, another_day: frozenset[str]) -> Policy:
        if name == HEADROOM:
            return Headroom(diary, self.solve, self.setting.demand)
        return DESKS[name](diary, another_day)


def _numbered(make: Callable[[Diary, int], Policy], number: int, diary: Diary) -> Policy:
    return make(diary, number)


def _with_left(day: Day, left: Sequence[Case]) -> Day:
    """Yesterday's left-over cases first; a usual clinician who is away today is nobody's wish."""
    here = day.clinicians
    back = [replace(case, usual=case.usual if case.usual in here else None) for case in left]
    return replace(day, arrivals=(*back, *day.arrivals))
