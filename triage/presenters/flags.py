"""Red flags in words: what was said, where it leads, and what to ask once more."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from practices.presenters import time_words
from triage.presenters.signs import Sign, priority
from triage.presenters.urgency import CALM, moment_words
from triage.queries.case_page import CasePage
from triage.rules.codes import ClassStatus, Urgency
from triage.rules.reading import Asked, is_unread
from triage.rules.red_flag_list import Endpoint, RedFlag
from triage.rules.states import READS, State, Step


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A red flag: where it leads, and what to say."""

    question: str
    endpoint: str
    say: str
    code: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class AskAgain:
    """The patient's own words speak of flags that nobody ticked."""

    reading: str
    flags: tuple[FlagLine, ...]


def flag_lines(flags: Iterable[RedFlag]) -> tuple[FlagLine, ...]:
    """The flags in words."""
    return tuple(FlagLine(f.question, f.endpoint.label, f.say, f.code) for f in flags)


def ask_again(case: CasePage, *, now: datetime) -> AskAgain | None:
    """What to ask once more, until a clinician signs the class or the case is an emergency.

    None means that there is nothing to ask, never that there are no flags.
    """
    row = case.row
    settled = row.state is State.CLOSED or row.status is ClassStatus.SIGNED
    open_hits = tuple(flag for flag in case.scan_hits if flag not in case.flags)
    if settled or row.urgency is Urgency.P0 or not open_hits:
        return None
    reading = _reading(case, now=now)
    flags = [
        replace(line, asked=_asked(case, line.question, reading=reading, now=now))
        for line in flag_lines(open_hits)
    ]
    return AskAgain(reading=reading, flags=tuple(flags))


def _asked(case: CasePage, question: str, *, reading: str, now: datetime) -> str:
    """What they said when they were asked again, and what follows; blank before."""
    steps = (one for one in case.history if one.step is Step.ASKED_AGAIN)
    last = next((one for one in steps if one.reason == question), None)
    if last is None:
        return ""
    when = moment_words(last.at, now=now)
    if last.code == Asked.UNREACHED:
        return f"They could not be asked at {when}. Ring them back now, and ask. {reading}"
    return f"They said no at {when}. It lowers nothing. {reading}"


def _reading(case: CasePage, *, now: datetime) -> str:
    """Who reads these words, and by when; or that somebody has."""
    due = case.row.read_due_at
    if due is None:
        return read_words(case, now=now) or "A clinician reads these words"
    if is_unread(due, now=now):
        return "No clinician has read these words in time, and help is called for"
    return f"A clinician reads these words by {time_words(due)}"


def read_words(case: CasePage, *, now: datetime) -> str:
    """ "Read by Ann Lee at 9:33am"; blank while nobody has."""
    if case.row.read_due_at is not None:
        return ""
    read = next((one for one in case.history if one.step in READS), None)
    return f"Read by {read.by} at {moment_words(read.at, now=now)}" if read else ""


@dataclass(frozen=True, slots=True)
class Hits:
    """Words that may mean a red flag: which, how urgent the reading is, and who has read them."""

    flags: tuple[FlagLine, ...]
    heading: str
    read: str


def hits(case: CasePage, *, now: datetime) -> Hits:
    """What a clinician reads of the patient's own words."""
    return Hits(
        flags=flag_lines(one for one in case.scan_hits if one not in case.flags),
        heading=_heading(case, now=now),
        read=read_words(case, now=now),
    )


def _heading(case: CasePage, *, now: datetime) -> str:
    """What stands over words that may mean a red flag: calm once it is done."""
    due = case.row.read_due_at
    if case.row.state is State.CLOSED or read_words(case, now=now):
        return "These words may mean a red flag"
    if due is None or is_unread(due, now=now):
        return "Read these words now"
    return f"Read these words now, by {time_words(due)}"


def instruction(case: CasePage) -> Sign:
    """What the class asks for: an emergency's flags say where, and not all of them say 999."""
    if case.row.state is State.CLOSED:
        return Sign(text=priority(case.row.urgency).text, level=CALM)
    usual = priority(case.row.urgency)
    endpoints = dict.fromkeys(flag.endpoint for flag in case.flags)
    if case.row.urgency is not Urgency.P0 or not endpoints or Endpoint.AMBULANCE in endpoints:
        return usual
    words = ", ".join(endpoint.label for endpoint in endpoints)
    return Sign(text=f"{words}: now", level=usual.level)
