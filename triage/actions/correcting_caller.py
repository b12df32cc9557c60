"""Who speaks for the patient, and by what right: corrected without a second call."""

from datetime import datetime
from typing import Any

from practices.actions import only_by_voice
from practices.clock import local_day
from practices.rules.reach import Actor
from triage.actions.callers import caller_fields, right_words
from triage.actions.stepping import lock_case, take_step, write_note
from triage.models import Case, Note
from triage.queries.contact import contact_of
from triage.rules.callers import Caller, check_caller
from triage.rules.states import Step


def correct_caller(*, reference: str, caller: Caller, by: Actor, at: datetime) -> Case:
    """The case knows who speaks for the patient; what it said before stands in its history.

    Whoever has no right is told nothing from now on: no text goes out. A right that is given
    back sends none by itself; the number and its texts are the desk's to correct.
    """
    case = lock_case(reference)
    check_caller(caller, case.patient.born_on, today=local_day(at))
    was = contact_of(case).caller
    if was == caller:
        return case
    wrote, texts = case.safe_to_text, case.safe_to_text and caller.has_right
    said = f"Now {right_words(caller)}. It was {right_words(was) if was else 'nobody'}"
    changes: dict[str, Any] = {**caller_fields(caller), "safe_to_text": texts}
    case = take_step(
        case,
        Step.CALLER,
        by=by,
        at=at,
        note=write_note(case, Note.Kind.CALLER, said, by=by, at=at),
        **changes,
    )
    if wrote and not texts:
        only_by_voice(case=reference, phone=case.phone, by=by, at=at)
    return case
