"""What was said and done about a case, in plain words, newest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from appointments.rules.codes import OverflowReason
from practices.presenters import minutes_words
from practices.queries import MessageRow
from practices.rules.roles import Role
from triage.presenters.tries import tried_by, tried_words, written_words
from triage.presenters.urgency import moment_words
from triage.queries.also_open import AlsoOpen
from triage.queries.case_rows import EarlierRow, NoteRow, OutcomeRow, StepRow
from triage.rules.asking import UNANSWERED
from triage.rules.chaperones import Chaperone
from triage.rules.codes import Channel, Need, Outcome
from triage.rules.declining import SaidBy
from triage.rules.last_call import LastCall
from triage.rules.ordering import Escalation
from triage.rules.reading import UNREAD, Asked
from triage.rules.second_looks import How
from triage.rules.states import State, Step
from triage.rules.unreached import SentHelp

# What opens a question to the supervisor, and what ends it.
ASKING = frozenset({Step.ASK, Step.ANSWER, Step.CLOSE})
KINDS = {
    "words": "In the patient’s own words",
    "again": "Said when calling again",
    "clinical": "Clinical note",
    "safety_net": "Safety net",
    "caller": "Who called for the patient",
    "paper": "On a sheet of paper",
}
SUPERVISION = {
    "clinician_left": "their clinician has gone home",
    "supervisor_left": "the supervisor has left",
    UNANSWERED: "no supervisor is here or answers",
    "supervisor_back": "the supervisor is back",
}
# Why an appointment ended without the patient, by the step's code.
MISSED = {
    "missed": "Did not come",
    "not_brought": "Was not brought",
    "no_answer": "Did not answer",
}


@dataclass(frozen=True, slots=True)
class WordsLine:
    """Words somebody said or wrote, with whose they are."""

    label: str
    text: str
    when: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line: what, when, who, why."""

    what: str
    when: str
    who: str
    why: str
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """Another case of the patient."""

    reference: str
    need: str
    words: str


def words_lines(notes: Iterable[NoteRow], *, now: datetime) -> tuple[WordsLine, ...]:
    """The patient's words first, as they were said; reasons stand in the history instead."""
    return tuple(
        WordsLine(
            label=f"{KINDS[note.kind]}, undone: it counts no more"
            if note.is_undone
            else KINDS[note.kind],
            text="These words were erased." if note.is_erased else note.text,
            when=moment_words(note.at, now=now),
        )
        for note in notes
        if note.kind in KINDS
    )


def history_lines(steps: Iterable[StepRow], *, now: datetime) -> tuple[HistoryLine, ...]:
    """Each step with who and why."""
    return tuple(
        HistoryLine(
            what=_what(step),
            when=when_done(step, now=now),
            who=_who(step),
            why=step.reason,
            is_undone=step.is_undone,
        )
        for step in steps
    )


def with_written(
    lines: Sequence[HistoryLine],
    steps: Sequence[StepRow],
    written: Sequence[MessageRow],
    *,
    now: datetime,
) -> tuple[HistoryLine, ...]:
    """What was written after attempts in vain, among the steps by its time."""
    found = list(lines)
    for row in reversed(written):
        place = next((n for n, step in enumerate(steps) if step.at <= row.queued_at), len(steps))
        older = len(steps) - place
        found.insert(len(found) - older, _written(row, now=now))
    return tuple(found)


def _written(row: MessageRow, *, now: datetime) -> HistoryLine:
    when = moment_words(row.queued_at, now=now)
    return HistoryLine(written_words(row, now=now), when, "Headroom", row.body)


def when_done(step: StepRow, *, now: datetime) -> str:
    """ "9:12am"; from paper: "9:12am, entered 11:40am from paper"."""
    words = moment_words(step.at, now=now)
    if step.entered_at is None:
        return words
    return f"{words}, entered {moment_words(step.entered_at, now=now)} from paper"


def asking_words(steps: Iterable[StepRow], *, now: datetime) -> str:
    """The question that waits for the supervisor, with its timer; blank when none does.

    It is told apart as in `open_questions`, so that who is asked always finds where to answer.
    """
    last = _last_asking(steps)
    if last is None or last.step is not Step.ASK:
        return ""
    asked = f"{last.by} asked the supervisor at {waiting_words(last.at, now=now)}"
    called = call_of_question(steps)
    if called is None:
        return asked
    return f"{asked}; the duty clinician was called at {moment_words(called.at, now=now)}"


def call_of_question(steps: Iterable[StepRow]) -> StepRow | None:
    """The call for the duty clinician since the last question, if no supervisor answered it."""
    since = takewhile(lambda one: one.step is not Step.ASK, steps)
    return next((one for one in since if one.code == UNANSWERED), None)


def answered_words(steps: Iterable[StepRow], *, now: datetime) -> str:
    """What the supervisor answered, until the case ends or another question is asked."""
    last = _last_asking(steps)
    if last is None or last.step is not Step.ANSWER:
        return ""
    said = f": “{last.reason}”" if last.reason else ""
    return f"{last.by} answered at {moment_words(last.at, now=now)}{said}"


def _last_asking(steps: Iterable[StepRow]) -> StepRow | None:
    return next((one for one in steps if one.step in ASKING and not one.is_undone), None)


def waiting_words(at: datetime, *, now: datetime) -> str:
    """ "10:12am, not answered yet, 3 minutes"."""
    minutes = max(0, int((now - at).total_seconds() // 60))
    return f"{moment_words(at, now=now)}, not answered yet, {minutes_words(minutes)}"


def also_open_words(found: Iterable[AlsoOpen], *, now: datetime) -> str:
    """ "Opened in the last 5 minutes as well: Ian Parry at 10:02am"; blank where nobody did."""
    named = [f"{one.name} at {moment_words(one.at, now=now)}" for one in found]
    return f"Opened in the last 5 minutes as well: {', '.join(named)}" if named else ""


def ended_words(ended: OutcomeRow) -> str:
    """How a case ended; a duplicate names the case that goes on."""
    return ": ".join(filter(None, [ended.code.label, ended.duplicate_of]))


def earlier_lines(rows: Iterable[EarlierRow], *, now: datetime) -> tuple[EarlierLine, ...]:
    """Other cases of the patient, newest first."""
    return tuple(
        EarlierLine(
            reference=row.reference,
            need=Need(row.need).label,
            words=f"{moment_words(row.submitted_at, now=now)}. "
            + (Outcome(row.outcome).label if row.outcome else State(row.state).label),
        )
        for row in rows
    )


def _what(step: StepRow) -> str:
    detail = _detail(step)
    return f"{step.step.label}: {detail}" if detail else step.step.label


def _detail(step: StepRow) -> str:
    """The step's code in words; a code that is not for people says nothing."""
    if step.step in {Step.SIGN_CLASS, Step.RAISE_CLASS}:
        return step.code
    known = {
        Step.SUBMIT: Channel,
        Step.REPEAT_CONTACT: Channel,
        Step.CLOSE: Outcome,
        Step.ACCEPT_HANDOVER: Outcome,
        Step.BOOK: OverflowReason,
        Step.LOOK_AGAIN: How,
        Step.ASKED_AGAIN: Asked,
        Step.DECLINE_HELP: SaidBy,
        Step.CHAPERONE: Chaperone,
        Step.SEND_HELP: SentHelp,
    }.get(step.step)
    if step.step is Step.CALL_FOR_HELP or step.code in SUPERVISION:
        return call_words(step.code)
    if step.step is Step.INTERPRETER:
        return "booked" if step.code == "booked" else "not booked any more"
    if step.step is Step.UNBOOK:
        return MISSED.get(step.code, "")
    if step.step is Step.ATTEMPT:
        return tried_words(step.attempt) if step.attempt else tried_by(step.code)
    if known is None or step.code not in set(known):
        return ""
    return known(step.code).label


def call_words(code: str) -> str:
    """Why help was called for; a code that is not for people says nothing."""
    if code == UNREAD:
        return "nobody has read the words in time"
    if code in SUPERVISION:
        return SUPERVISION[code]
    known = next((kind for kind in (LastCall, Escalation) if code in set(kind)), None)
    return known(code).label if known else ""


def _who(step: StepRow) -> str:
    if not step.by:
        return "Headroom"
    role = Role(step.role).label if step.role in set(Role) else step.role
    return f"{step.by} ({role})" if role else step.by
