"""The patient's own link to cancel: how often a date of birth may be tried."""

from __future__ import annotations

from datetime import timedelta

from practices.rules.code import Code

# Somebody who mistypes needs two or three; somebody who guesses has 36,000 to try.
TRIES = 5
WITHIN = timedelta(hours=1)
# After so many wrong ones the link is dead for good.
TRIES_EVER = 15


class Answer(Code):
    """What the link answers."""

    ASKS = "asks", "The date of birth is asked"
    WRONG = "wrong", "That date of birth does not fit"
    TOO_OFTEN = "too_often", "Tried too often"
    NEVER = "never", "Tried too often for good"
    GONE = "gone", "The link does not work any more"
    DONE = "done", "The appointment is cancelled"


def may_try(wrong_lately: int, wrong_ever: int) -> bool:
    """Whether one more date of birth is read at all."""
    return wrong_lately < TRIES and wrong_ever < TRIES_EVER
