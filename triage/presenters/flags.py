"""Red flags in words: what was said, where it leads, and what to ask once more."""

from collections.abc import Iterable
from dataclasses import dataclass

from triage.presenters.signs import Sign, priority
from triage.queries.case_page import CasePage
from triage.rules.codes import ClassStatus, Urgency
from triage.rules.red_flag_list import Endpoint, RedFlag
from triage.rules.states import State
from triage.rules.urgency import READ_MINUTES


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A red flag: where it leads, and what to say."""

    question: str
    endpoint: str
    say: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class AskAgain:
    """The patient's own words speak of flags that nobody ticked."""

    minutes: int
    flags: tuple[FlagLine, ...]


def flag_lines(flags: Iterable[RedFlag]) -> tuple[FlagLine, ...]:
    """The flags in words."""
    return tuple(FlagLine(f.question, f.endpoint.label, f.say, f.code) for f in flags)


def ask_again(case: CasePage) -> AskAgain | None:
    """What to ask once more, until a clinician signs the class or the case is an emergency.

    None means that there is nothing to ask, never that there are no flags.
    """
    row = case.row
    settled = row.state is State.CLOSED or row.status is ClassStatus.SIGNED
    open_hits = tuple(flag for flag in case.scan_hits if flag not in case.flags)
    if settled or row.urgency is Urgency.P0 or not open_hits:
        return None
    return AskAgain(minutes=READ_MINUTES, flags=flag_lines(open_hits))


def instruction(case: CasePage) -> Sign:
    """What the class asks for: an emergency's flags say where, and not all of them say 999."""
    usual = priority(case.row.urgency)
    endpoints = dict.fromkeys(flag.endpoint for flag in case.flags)
    if case.row.urgency is not Urgency.P0 or not endpoints or Endpoint.AMBULANCE in endpoints:
        return usual
    words = ", ".join(endpoint.label for endpoint in endpoints)
    return Sign(text=f"{words}: now", level=usual.level)
