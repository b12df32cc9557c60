"""What everything invented has in common: whose hand, at which instant, with which dice."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from django.conf import settings

from practices.clock import bank_holidays, local_day
from practices.rules.reach import Actor
from practices.rules.refusals import Refused


@dataclass(frozen=True, slots=True)
class Making:
    """A locality in the making. `taken` are names already given to colleagues."""

    by: Actor
    at: datetime
    rng: Random
    taken: set[str] = field(default_factory=set)

    @property
    def today(self) -> date:
        """The day it is in the application."""
        return local_day(self.at)

    @property
    def monday(self) -> date:
        """The Monday of this week."""
        return self.today - timedelta(days=self.today.weekday())

    @property
    def since(self) -> date:
        """The day everything here has been so: the weeks of history lie after it."""
        return self.monday - timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in, in one membership."""

    role: str
    username: str
    organisation: str
    membership_id: int


def check_training() -> None:
    """People and rotas are invented in training only."""
    if not settings.TRAINING:
        raise Refused("Only a training system invents people and rotas.", code="not_training")


def open_days(first: date, weeks: int) -> list[date]:
    """The days of the weeks from the first on, without bank holidays."""
    closed = bank_holidays()
    days = [first + timedelta(days=ahead) for ahead in range(7 * weeks)]
    return [day for day in days if day not in closed]
