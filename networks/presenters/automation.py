"""What the rebalancer may do by itself, in words."""

from collections.abc import Iterable, Sequence

from networks.queries.automation import Choice
from networks.rules.automation import Automation
from practices.clock import local
from practices.presenters import date_words, time_words


def in_force(choices: Sequence[Choice]) -> Automation:
    """The newest choice; where nobody has chosen, moves are proposed only."""
    return choices[0].mode if choices else Automation.NONE


def in_mutual_aid(choices: Sequence[Choice]) -> bool:
    """Whether the network takes part in mutual aid; not before somebody chose so."""
    return bool(choices) and choices[0].mutual_aid


def aid_words(choices: Sequence[Choice]) -> str:
    """Whether other networks help, in a sentence."""
    if in_mutual_aid(choices):
        return "Mutual aid with other networks is on: practices are offered each other’s places"
    return "Mutual aid with other networks is off"


def choice_lines(choices: Iterable[Choice]) -> tuple[str, ...]:
    """Each choice with its date, its person and its reason, the one in force first."""
    return tuple(
        f"{one.mode.label}{', with mutual aid' if one.mutual_aid else ''}, since "
        f"{date_words(local(one.from_at).date())}, {time_words(one.from_at)}. "
        f"{one.by}: {one.reason}"
        for one in choices
    )
