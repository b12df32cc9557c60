"""Taking back a slip of the hand: which steps, by whom, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from practices.rules.refusals import Conflict
from triage.rules.states import State, Step

# U12: long enough to see the slip, short enough that nobody has acted on it yet.
UNDO_FOR = timedelta(seconds=10)

# What takes a step back, by the state the case was in before it.
UNDOES: dict[tuple[Step, State], Step] = {
    (Step.CLAIM, State.WAITING): Step.UNDO_CLAIM,
    # A lease that had run out held nothing, so the case waits again.
    (Step.CLAIM, State.CLAIMED): Step.UNDO_CLAIM,
    (Step.CLAIM, State.HANDED_BACK): Step.UNDO_TAKE_UP,
    (Step.RELEASE, State.CLAIMED): Step.UNDO_RELEASE,
    (Step.SIGN_CLASS, State.WAITING): Step.UNDO_CLASS,
    (Step.SIGN_CLASS, State.CLAIMED): Step.UNDO_CLASS,
    (Step.SIGN_CLASS, State.BOOKED): Step.UNDO_CLASS,
    (Step.SIGN_CLASS, State.HANDED_BACK): Step.UNDO_CLASS,
    (Step.HAND_BACK, State.CLAIMED): Step.UNDO_HAND_BACK,
    (Step.CLOSE, State.CLAIMED): Step.UNDO_CLOSE,
    (Step.CLOSE, State.BOOKED): Step.UNDO_SEEN,
    (Step.BOOK, State.WAITING): Step.UNDO_BOOK,
    (Step.KEEP_BOOKING, State.CLAIMED): Step.UNDO_KEEP,
    (Step.REVIEW, State.CLOSED): Step.UNDO_REVIEW,
    (Step.UNBOOK, State.BOOKED): Step.UNDO_MISSED,
    (Step.ATTEMPT, State.WAITING): Step.UNDO_ATTEMPT,
    (Step.ATTEMPT, State.CLAIMED): Step.UNDO_ATTEMPT,
    (Step.ATTEMPT, State.BOOKED): Step.UNDO_ATTEMPT,
    (Step.MOVE_BOOKING, State.BOOKED): Step.UNDO_MOVE,
    (Step.ACCEPT_BACK, State.HANDED_BACK): Step.UNDO_ACCEPT_BACK,
    (Step.ACCEPT_OFFER, State.CLAIMED): Step.UNDO_ACCEPT_OFFER,
    (Step.ACCEPT_HANDOVER, State.WAITING): Step.UNDO_ACCEPT_HANDOVER,
    (Step.ACCEPT_HANDOVER, State.CLAIMED): Step.UNDO_ACCEPT_HANDOVER,
    (Step.ACCEPT_HANDOVER, State.BOOKED): Step.UNDO_ACCEPT_HANDOVER,
    (Step.ACCEPT_HANDOVER, State.HANDED_BACK): Step.UNDO_ACCEPT_HANDOVER,
    (Step.ACCEPT_HANDOVER, State.CLOSED): Step.UNDO_ACCEPT_HANDOVER,
    (Step.READ_WORDS, State.WAITING): Step.UNDO_READ,
    (Step.READ_WORDS, State.CLAIMED): Step.UNDO_READ,
    (Step.READ_WORDS, State.BOOKED): Step.UNDO_READ,
    (Step.READ_WORDS, State.HANDED_BACK): Step.UNDO_READ,
}
UNDOABLE: frozenset[Step] = frozenset(step for step, _ in UNDOES)
# These leave the case with whom it is, or was.
STAYS: frozenset[Step] = frozenset(
    {
        Step.UNDO_CLASS,
        Step.UNDO_ATTEMPT,
        Step.UNDO_READ,
        Step.UNDO_ACCEPT_OFFER,
        Step.UNDO_ACCEPT_HANDOVER,
        Step.UNDO_REVIEW,
    }
)
# These take a closing back, with all that was written and promised with it.
REOPENS: frozenset[Step] = frozenset({Step.UNDO_CLOSE, Step.UNDO_SEEN})
# A person moved the appointment by itself; what a plan, a rota or a sheet of paper moved is undone
# with that, if at all.
MOVED_BY_HAND: frozenset[str] = frozenset({"patient_asked", "moved"})
# A person said at the front desk that nobody came; a cancelling has a page of its own before it.
NOT_THERE: frozenset[str] = frozenset({"missed", "not_brought", "no_answer"})
# A person took a lent place with one press; who books at a desk has held the place before.
LENT = "mutual_aid"
SAID_BY_HAND: dict[Step, frozenset[str]] = {
    Step.BOOK: frozenset({LENT}),
    Step.MOVE_BOOKING: MOVED_BY_HAND,
    Step.UNBOOK: NOT_THERE,
}
# What to do once it is too late to undo.
INSTEAD: dict[Step, str] = {
    Step.CLAIM: "To give the case back, release it",
    Step.RELEASE: "To have the case again, take it",
    Step.SIGN_CLASS: "To change the class, sign another one",
    Step.HAND_BACK: "To have the case again, take it",
    Step.CLOSE: "To change how it ended, reopen the case",
    Step.ATTEMPT: "To put it right, record how it really was",
    Step.READ_WORDS: "To have somebody else read them, ask a colleague",
    Step.ACCEPT_BACK: "To give the case back, release it",
    Step.ACCEPT_OFFER: "To give it to the colleague again, hand it over",
    Step.ACCEPT_HANDOVER: "To have it owed again, reopen the case and end it anew",
    Step.KEEP_BOOKING: "To change it after all, move or cancel the appointment",
    Step.REVIEW: "What was talked over stands",
    Step.BOOK: "To free the place, the desk cancels the appointment",
    Step.UNBOOK: "To see them after all, find the request a place",
    Step.MOVE_BOOKING: "To have another time, move it again",
}


@dataclass(frozen=True, slots=True)
class Done:
    """The last step of a case; `is_whole` when all it changed can be given back."""

    step: Step
    came_from: State
    by_id: int | None
    at: datetime
    is_whole: bool


def undone_by(done: Done, *, by_id: int | None, now: datetime) -> Step:
    """The step that takes the last one back, or a refusal says why it stands."""
    step = UNDOES.get((done.step, done.came_from))
    if step is None or not done.is_whole or done.by_id is None or done.by_id != by_id:
        raise Conflict("Something else has happened to this case, so nothing was undone.")
    check_in_time(done.step, done.at, now=now)
    return step


def check_mark(done_by: int | None, done_at: datetime, *, by_id: int | None, now: datetime) -> None:
    """What I said of an appointment a moment ago is mine to take back, and nobody else's."""
    if done_by is None or done_by != by_id:
        raise Conflict("Somebody else has said this.")
    if now - done_at > UNDO_FOR:
        raise Conflict("The 10 seconds to undo this have passed.", code="late")


def check_in_time(step: Step, done_at: datetime, *, now: datetime) -> None:
    """Not later than that; what to do instead is said."""
    if now - done_at > UNDO_FOR:
        instead = INSTEAD[step]
        raise Conflict(f"The 10 seconds to undo this have passed. {instead}.", code="late")
