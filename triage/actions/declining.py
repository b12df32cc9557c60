"""They say no to emergency help: on record in their words, and a clinician has it at once."""

from datetime import datetime

from practices import news
from practices.news import Subject
from practices.rules.reach import Actor
from triage.actions.stepping import lock_case, take_step, write_note
from triage.actions.words import check_words
from triage.models import Case, Note
from triage.rules.declining import SaidBy
from triage.rules.states import Step


def decline_help(
    *,
    reference: str,
    said_by: SaidBy,
    words: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Case:
    """The case is as urgent as before, and its words are to be read now, whoever has it.

    Nothing is asked before help is called: no words are needed.
    """
    case = lock_case(reference, version=version)
    check_words(words, is_asked=False)
    note = write_note(case, Note.Kind.REASON, words, by=by, at=at)
    news.changed(Subject.ALARMS, case.practice_id)
    news.changed(Subject.ALARMS, case.hub_id)
    return take_step(
        case,
        Step.DECLINE_HELP,
        by=by,
        at=at,
        code=said_by.value,
        note=note,
        declined_at=at,
        read_due_at=at,
    )
