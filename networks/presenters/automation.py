"""What the rebalancer may do by itself, in words."""

from collections.abc import Iterable, Sequence

from networks.queries.automation import Choice
from networks.rules.automation import Automation
from practices.clock import local
from practices.presenters import date_words, time_words


def in_force(choices: Sequence[Choice]) -> Automation:
    """The newest choice; where nobody has chosen, moves are proposed only."""
    return choices[0].mode if choices else Automation.NONE


def choice_lines(choices: Iterable[Choice]) -> tuple[str, ...]:
    """Each choice with its date, its person and its reason, the one in force first."""
    return tuple(
        f"{one.mode.label}, since {date_words(local(one.from_at).date())}, "
        f"{time_words(one.from_at)}. {one.by}: {one.reason}"
        for one in choices
    )
