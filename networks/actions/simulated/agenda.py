"""What is still to happen on the day, in the order of its clock; and what has been counted."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from random import Random
from typing import Any, TypeVar

from appointments.rules.rebalancing import Instance, Plan
from networks.actions.simulated.stage import House, Stage
from practices.doors import Busy, opened, perform
from practices.rules.reach import Actor
from practices.rules.refusals import Refused
from triage.actions.references import ALPHABET, reference_of

R = TypeVar("R")
Event = Callable[[datetime], None]
Solve = Callable[[Instance], Plan]


@dataclass(slots=True)
class Agenda:
    """Events by instant; of two at one instant the one put down first goes first."""

    _waiting: list[tuple[datetime, int, Event]] = field(default_factory=list)
    _put_down: int = 0

    def put(self, at: datetime, event: Event) -> None:
        """The event will happen at the instant, to the second."""
        heappush(self._waiting, (at.replace(microsecond=0), self._put_down, event))
        self._put_down += 1

    def play(self, until: datetime) -> None:
        """Everything up to the instant has happened, in order."""
        while self._waiting and self._waiting[0][0] <= until:
            at, _, event = heappop(self._waiting)
            event(at)


@dataclass(slots=True)
class Triager:
    """A clinician who takes the next case until their time is over.

    `room` are the tenths of a point left of their own safe day: settling a case is a contact.
    """

    actor: Actor
    practice_id: int | None
    starts_at: datetime
    ends_at: datetime
    room: int
    is_idle: bool = False

    def is_on(self, at: datetime) -> bool:
        """Whether they are at work."""
        return self.starts_at <= at < self.ends_at


@dataclass(slots=True)
class Day:
    """The day while it is lived: its people as actors, its dice, and what was counted on the way.

    `references` are the cases of this run, in the order they came.
    """

    stage: Stage
    rng: Random
    solve: Solve
    clockwork: Actor
    desks: Mapping[int, Actor]
    managers: Mapping[int, Actor]
    clinicians: Mapping[int, Actor]
    triagers: tuple[Triager, ...]
    agenda: Agenda = field(default_factory=Agenda)
    references: dict[str, int] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    counted: Counter[str] = field(default_factory=Counter)
    moved: Counter[int] = field(default_factory=Counter)

    def wish(self, action: Callable[..., R], *, by: Actor, at: datetime, **what: Any) -> R | None:
        """The action through the same door as on the pages; a refusal is counted by its reason."""
        try:
            self.counted["wishes"] += 1
            return perform(action, by=by, at=at, **what)  # type: ignore[return-value]  # no Answer
        except Refused as refusal:
            self.refused[refusal.code] += 1
            return None
        except Busy:
            self.refused["busy"] += 1
            return None

    def read(self, query: Callable[..., R], *what: Any, by: Actor, at: datetime) -> R:
        """What the query answers in the reach of this person."""
        with opened(by.reach, at=at):
            return query(*what, at=at)

    def dice(self) -> float:
        """A number from 0 up to 1."""
        return self.rng.random()

    def house(self, practice_id: int) -> House:
        """The practice by its id."""
        return next(house for house in self.stage.houses if house.id == practice_id)

    def new_reference(self) -> str:
        """A reference out of the day's own dice."""
        return reference_of("HR", self.rng.choices(ALPHABET, k=10))

    def later(self, at: datetime, minutes: float, event: Event) -> None:
        """The event comes so many minutes after the instant."""
        self.agenda.put(at + timedelta(minutes=minutes), event)
