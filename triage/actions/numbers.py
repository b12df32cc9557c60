"""The number a patient is called on: given or corrected after they have asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from practices.actions import Reached, only_by_voice, reach_anew
from practices.rules.phones import spoken
from practices.rules.reach import Actor
from practices.rules.refusals import Conflict, Refused
from triage.actions.stepping import lock_case, take_step, write_note
from triage.models import Case, Note
from triage.rules.states import Step


@dataclass(frozen=True, slots=True)
class NumberWish:
    """The number as it is kept, in E.164, and what may be done with it."""

    phone: str
    is_temporary: bool = False
    safe_to_call: bool = True
    safe_to_text: bool = True
    voicemail_allowed: bool = False


class NumberMoved(Conflict):
    """Somebody gave another number meanwhile, which is `phone`; theirs stands."""

    def __init__(self, phone: str) -> None:
        words = f"A colleague changed this number to {spoken(phone)} since you opened the page."
        super().__init__(f"{words} Ask which is right, then keep it", field="phone")
        self.phone = phone


def give_number(
    *, reference: str, wish: NumberWish, knew: str | None = None, by: Actor, at: datetime
) -> Case:
    """The case is reached by this number, and so is what still waits to be told about it.

    The record keeps its own. In confidence no text goes out and no voicemail is left, as before.
    Refused where another number than they `knew` stands there; None asks nothing.
    """
    case = lock_case(reference)
    if not wish.phone:
        raise Refused("Enter the phone number", code="required", field="phone")
    kept = _as_kept(case, wish)
    if all(getattr(case, name) == value for name, value in kept.items()):
        return case
    if knew is not None and case.phone not in {knew, ""}:
        raise NumberMoved(case.phone)
    wrote, was = case.safe_to_text, case.phone
    case = take_step(
        case,
        Step.NUMBER,
        by=by,
        at=at,
        code="corrected" if was else "given",
        note=write_note(case, Note.Kind.REASON, _words(was, wish), by=by, at=at),
        **kept,
    )
    if wrote and not case.safe_to_text:
        only_by_voice(case=reference, phone=case.phone, by=by, at=at)
    else:
        _reach_anew(case, by=by, at=at)
    return case


def _as_kept(case: Case, wish: NumberWish) -> dict[str, Any]:
    return {
        "phone": wish.phone,
        "heard_phone": "",
        "temporary_phone": wish.is_temporary,
        "safe_to_call": wish.safe_to_call,
        "safe_to_text": wish.safe_to_text and not case.is_confidential,
        "voicemail_allowed": wish.voicemail_allowed and not case.is_confidential,
    }


def _reach_anew(case: Case, *, by: Actor, at: datetime) -> None:
    reached = Reached(
        phone=case.phone,
        may_text=case.safe_to_text,
        is_confidential=case.is_confidential,
        needs=case.access_needs,
    )
    reach_anew(patient=case.patient, case=case.reference, reached=reached, by=by, at=at)


def _words(was: str, wish: NumberWish) -> str:
    """What was rung before, and what is from now on; erased with the other words."""
    before = f"It was {spoken(was)}" if was else "There was none"
    now_only = ", for now only" if wish.is_temporary else ""
    safe = "" if wish.safe_to_call else ", not safe to call"
    return f"{before}. Now {spoken(wish.phone)}{now_only}{safe}"
