"""Trying to reach a patient, in words: each attempt, and how far trying has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from practices.queries import MessageRow
from triage.presenters.told import message_line
from triage.presenters.urgency import moment_words
from triage.queries.case_page import CasePage
from triage.queries.case_rows import AttemptRow
from triage.queries.tries import delivered_in
from triage.rules.attempts import BY_HAND, ENOUGH, RUNG, Met, Tried, TriedBy, run_of, trying
from triage.rules.states import Step
from triage.rules.unreached import Sent, is_decided, is_to_decide


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """One attempt to reach the patient."""

    words: str
    when: str


def attempt_lines(case: CasePage, *, now: datetime) -> tuple[AttemptLine, ...]:
    """Each attempt and what was written after it, newest first."""
    tried = [(row.at, f"{tried_words(row)}, {row.by}") for row in case.attempts]
    wrote = [(row.queued_at, written_words(row, now=now)) for row in reversed(case.written)]
    found = sorted([*reversed(tried), *wrote], key=lambda one: one[0])
    return tuple(AttemptLine(words, moment_words(at, now=now)) for at, words in reversed(found))


def written_words(row: MessageRow, *, now: datetime) -> str:
    """ "Text to 07700 900123: delivered, 9:31am"."""
    line = message_line(row, now=now)
    return f"{line.to}: {line.state[:1].lower()}{line.state[1:]}"


def tried_words(row: AttemptRow) -> str:
    """ "Phone, number ending 123: the patient answered"."""
    ends = f", number ending {row.number_end}" if row.number_end else ""
    return f"{tried_by(row.channel)}{ends}: {_met(row)}"


def _met(row: AttemptRow) -> str:
    """Who answered; of an attempt that does not say, whether somebody did."""
    if row.met == Met.NOBODY and row.channel in RUNG:
        return "no answer, no voicemail left"
    if row.met in set(Met):
        label = Met(row.met).label
        return f"{label[:1].lower()}{label[1:]}"
    return "answered" if row.answered else "no answer"


def trying_words(case: CasePage) -> str:
    """How far trying has come, from when it is worth another, and whether it is another way."""
    tried = _tried(case)
    so_far = trying(tried, case.row.urgency, delivered_in(case.written))
    if not so_far.number:
        return ""
    words = f"{so_far.number} of {ENOUGH} attempts without an answer"
    if so_far.is_enough and asks_who_goes(case):
        return f"{words}: decide who goes to the patient before you close the case"
    if so_far.is_enough:
        return f"{words}: you may now close the case as could not be reached"
    if so_far.next_from is None:
        return f"{words}: try again at once, another way"
    next_from = moment_words(so_far.next_from, now=so_far.next_from)
    return f"{words}: the next counts from {next_from}{_another_way(case, run_of(tried))}"


def asks_who_goes(case: CasePage) -> bool:
    """Whether a clinician decides now who goes to the patient, and nobody goes yet."""
    tried = _tried(case)
    sent = [Sent(step.at, step.code) for step in case.history if step.step is Step.SEND_HELP]
    is_asked = is_to_decide(tried, case.row.urgency, delivered_in(case.written))
    return is_asked and not is_decided(tried, sent)


def _tried(case: CasePage) -> list[Tried]:
    """The attempts that count now, as the rules know them."""
    return [Tried(row.at, row.channel, row.answered) for row in case.attempts_now]


def _another_way(case: CasePage, run: Sequence[Tried]) -> str:
    """Where nothing was written to the patient, they are tried another way."""
    by_hand = any(attempt.channel in BY_HAND for attempt in run)
    is_written = any(row.queued_at >= run[0].at for row in case.written)
    return "" if by_hand or is_written else ". No text was sent: try another way next"


def tried_by(channel: str) -> str:
    """How somebody tried, in words."""
    return TriedBy(channel).label if channel in set(TriedBy) else channel
