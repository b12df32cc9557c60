"""Which buttons a clinician sees on a case: what the table of states and the holder allow."""

from dataclasses import dataclass
from functools import partial

from practices.rules.reach import Actor
from practices.rules.roles import HUB_ROLES, Role
from triage.presenters.case_history import call_of_question
from triage.queries.case_page import CasePage
from triage.queries.queue_rows import QueueRow
from triage.queries.standing import Standing
from triage.rules import states
from triage.rules.chaperones import is_in_the_room
from triage.rules.closing import EXPECTED, why_not_handed_back
from triage.rules.codes import ClassStatus, Urgency
from triage.rules.returning import ANSWERS, returns
from triage.rules.states import State, Step


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be pressed now."""

    is_mine: bool
    is_others: bool
    claim: bool
    sign: bool
    sign_as_is: bool
    attempt: bool
    chaperone: bool
    send_help: bool
    book: bool
    close: bool
    returns: bool
    hand_back: bool
    not_back: str
    answer: bool
    refuse: bool
    reopen: bool
    keep_booking: bool
    cancel_booking: bool
    ask: bool
    answer_asked: bool
    is_duty: bool
    read_words: bool
    is_calm: bool
    is_over: bool


def choices(case: CasePage, *, by: Actor, standing: Standing, is_asked: bool = False) -> Choices:
    """The buttons for this person and this case; `is_asked` while a question waits."""
    row = case.row
    is_mine = row.holder is not None and row.holder.clinician_id == by.clinician_id
    is_others = row.holder is not None and not is_mine
    free, answers = not is_others, _answers(row, by=by)
    within, is_signed = free and not standing.outside_scope, row.status is ClassStatus.SIGNED

    why_not = why_not_handed_back(row.urgency, is_signed=is_signed)
    why_not = EXPECTED if case.is_expected else why_not
    may = partial(states.may, row.state)
    hands_back = is_mine and by.is_one_of(HUB_ROLES) and may(Step.HAND_BACK)

    return Choices(
        is_mine=is_mine,
        is_others=is_others,
        claim=within and not is_mine and not answers and may(Step.CLAIM),
        # Over a colleague who has the case: the rule says who may do more than raise it.
        sign=may(Step.SIGN_CLASS),
        sign_as_is=free and standing.may_sign and not is_signed and may(Step.SIGN_CLASS),
        attempt=free and may(Step.ATTEMPT),
        chaperone=_was_there(case, by=by, is_mine=is_mine),
        send_help=may(Step.SEND_HELP),
        book=free and may(Step.BOOK) and not answers,
        close=(is_mine or row.state is State.BOOKED) and may(Step.CLOSE),
        returns=is_mine and _returns(case, by=by),
        hand_back=hands_back and not why_not,
        not_back=why_not if hands_back else "",
        answer=answers,
        refuse=answers and by.role is Role.DUTY,
        reopen=may(Step.REOPEN),
        keep_booking=is_mine and case.is_expected,
        cancel_booking=is_mine and case.is_expected and case.booking is not None,
        ask=is_mine and by.role is Role.CLINICIAN and not is_asked and may(Step.ASK),
        read_words=standing.may_sign and row.read_due_at is not None,
        is_over=row.state is State.CLOSED,
        is_calm=row.state is State.CLOSED or _is_read(row),
        answer_asked=is_asked and _is_asked(case, by=by),
        is_duty=by.role is Role.DUTY,
    )


def _is_asked(case: CasePage, *, by: Actor) -> bool:
    """Whether a question that waits is this person's to answer."""
    if by.role is Role.DUTY:
        return call_of_question(case.history) is not None
    return by.role is Role.SUPERVISOR


def _was_there(case: CasePage, *, by: Actor, is_mine: bool) -> bool:
    """Whether this person says who else was in the room, as the action reads it."""
    if case.row.state is State.CLOSED:
        ended = next((step for step in case.history if step.step is Step.CLOSE), None)
        return ended is not None and by.user_id is not None and ended.by_id == by.user_id
    seen = case.booking
    if case.row.state is State.BOOKED and seen is not None:
        return is_in_the_room(by, clinician_id=seen.clinician_id, house_id=seen.house_id)
    return is_mine and states.may(case.row.state, Step.CHAPERONE)


def _returns(case: CasePage, *, by: Actor) -> bool:
    """Whether giving it back takes back the practice's yes, as the action reads it."""
    last = next(
        (step for step in case.history if step.step in ANSWERS and not step.is_undone), None
    )
    return last is not None and returns(
        last.step,
        last.role,
        is_ours=by.role is Role.DUTY and by.organisation_id == case.row.practice_id,
        is_named=case.row.handed_to_id is not None and case.row.handed_to_id == by.clinician_id,
    )


def _answers(row: QueueRow, *, by: Actor) -> bool:
    """Whether this person may accept what the hub hands back."""
    return row.state is State.HANDED_BACK and by.role in {Role.DUTY, Role.SUPERVISOR}


def _is_read(row: QueueRow) -> bool:
    """Whether a clinician has read what was said; an emergency that nobody signed was not."""
    is_signed = row.status is ClassStatus.SIGNED
    return row.read_due_at is None and (is_signed or row.urgency is not Urgency.P0)
