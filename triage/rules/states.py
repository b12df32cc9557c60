"""The life of a case, in one table. Nobody writes `case.state` elsewhere."""

from __future__ import annotations

from practices.rules.code import Code
from practices.rules.refusals import Conflict


class State(Code):
    """Where a case is. Every state but closed has one owner (`OWNER`)."""

    NEW = "new", "New"
    WAITING = "waiting", "Waiting for a clinician"
    CLAIMED = "claimed", "With a clinician"
    BOOKED = "booked", "Booked"
    HANDED_BACK = "handed_back", "Handed back to the practice"
    CLOSED = "closed", "Closed"


class Step(Code):
    """What somebody did to a case; the label is the line in its history."""

    SUBMIT = "submit", "Submitted"
    CLAIM = "claim", "Claimed"
    RELEASE = "release", "Released"
    RAISE_CLASS = "raise_class", "Class raised"
    SIGN_CLASS = "sign_class", "Class signed"
    ATTEMPT = "attempt", "Contact attempted"
    BOOK = "book", "Booked"
    KEEP_BOOKING = "keep_booking", "Booking looked at again and kept"
    MOVE_BOOKING = "move_booking", "Booking moved"
    UNBOOK = "unbook", "Booking ended, back to the queue"
    HAND_BACK = "hand_back", "Handed back to the practice"
    ACCEPT_BACK = "accept_back", "Hand-back accepted"
    RETURN_REFUSED = "return_refused", "Returned by the practice"
    CLOSE = "close", "Closed"
    REOPEN = "reopen", "Reopened"
    REPEAT_CONTACT = "repeat_contact", "Patient called again"
    NUMBER = "number", "Phone number given or corrected"
    TAKE = "take", "Taken by a person at the practice"
    PUT_BACK = "put_back", "Put back among the practice's tasks"
    TO_CLINICIAN = "to_clinician", "Sent to a clinician"
    CALL_FOR_HELP = "call_for_help", "Help called for from the duty clinician"
    ASK = "ask", "Supervisor asked"
    ANSWER = "answer", "Supervisor answered"
    REVIEW = "review", "Reviewed by the supervisor"
    ACCEPT_HANDOVER = "accept_handover", "Handover accepted by the other side"
    OFFER = "offer", "Offered to a colleague"
    ACCEPT_OFFER = "accept_offer", "Taken over from a colleague"
    END_OFFER = "end_offer", "Offer to a colleague ended"
    LOOK_AGAIN = "look_again", "Looked at again"
    READ_WORDS = "read_words", "Words read"
    ASKED_AGAIN = "asked_again", "Asked again about a red flag"
    DECLINE_HELP = "decline_help", "Said no to emergency help"
    CHAPERONE = "chaperone", "Chaperone"
    INTERPRETER = "interpreter", "Interpreter"
    CALLER = "caller", "Who speaks for the patient"
    SEND_HELP = "send_help", "Nobody answers, decided"
    UNDO_CLAIM = "undo_claim", "Undone: claimed"
    UNDO_TAKE_UP = "undo_take_up", "Undone: claimed while it was handed back"
    UNDO_RELEASE = "undo_release", "Undone: released"
    UNDO_CLASS = "undo_class", "Undone: class signed"
    UNDO_HAND_BACK = "undo_hand_back", "Undone: handed back"
    UNDO_CLOSE = "undo_close", "Undone: closed"
    UNDO_READ = "undo_read", "Undone: words read"
    UNDO_ACCEPT_BACK = "undo_accept_back", "Undone: hand-back accepted"
    UNDO_ACCEPT_OFFER = "undo_accept_offer", "Undone: taken over from a colleague"
    UNDO_ACCEPT_HANDOVER = "undo_accept_handover", "Undone: handover accepted"
    UNDO_BOOK = "undo_book", "Undone: booked"
    UNDO_KEEP = "undo_keep", "Undone: booking looked at again and kept"
    UNDO_REVIEW = "undo_review", "Undone: reviewed by the supervisor"
    UNDO_MISSED = "undo_missed", "Undone: did not come"
    UNDO_SEEN = "undo_seen", "Undone: closed while it was booked"
    UNDO_ATTEMPT = "undo_attempt", "Undone: contact attempted"
    UNDO_MOVE = "undo_move", "Undone: booking moved"


class Owner(Code):
    """Who answers for a case in a state."""

    HUB_QUEUE = "hub_queue", "The hub's queue"
    CLINICIAN = "clinician", "The clinician who claimed it"
    PROVIDER = "provider", "The hub or practice of the slot"
    HUB = "hub", "The hub, until the practice or its supervising GP accepts"
    NOBODY = "nobody", "Nobody: it is done"


OWNER: dict[State, Owner] = {
    State.NEW: Owner.HUB_QUEUE,
    State.WAITING: Owner.HUB_QUEUE,
    State.CLAIMED: Owner.CLINICIAN,
    State.BOOKED: Owner.PROVIDER,
    State.HANDED_BACK: Owner.HUB,
    State.CLOSED: Owner.NOBODY,
}

# Open, and on a list of somebody's.
SUBMITTED = (State.WAITING, State.CLAIMED, State.BOOKED, State.HANDED_BACK)

MOVES: dict[tuple[State, Step], State] = {
    (State.NEW, Step.SUBMIT): State.WAITING,
    (State.WAITING, Step.CLAIM): State.CLAIMED,
    (State.WAITING, Step.RAISE_CLASS): State.WAITING,
    **{(one, Step.SIGN_CLASS): one for one in (State.WAITING, State.CLAIMED, State.BOOKED)},
    **{(one, Step.ATTEMPT): one for one in (State.WAITING, State.CLAIMED, State.BOOKED)},
    (State.WAITING, Step.REPEAT_CONTACT): State.WAITING,
    (State.WAITING, Step.BOOK): State.BOOKED,
    **{(one, Step.CALL_FOR_HELP): one for one in (State.WAITING, State.CLAIMED)},
    # The practice's own tasks: a person has it, and it still waits to be done.
    **{(State.WAITING, it): State.WAITING for it in (Step.TAKE, Step.PUT_BACK)},
    (State.WAITING, Step.TO_CLINICIAN): State.WAITING,
    (State.WAITING, Step.CLOSE): State.CLOSED,
    # A lease that ran out changes no state, so the next taker claims a claimed case.
    (State.CLAIMED, Step.CLAIM): State.CLAIMED,
    (State.CLAIMED, Step.RELEASE): State.WAITING,
    (State.CLAIMED, Step.RAISE_CLASS): State.CLAIMED,
    (State.CLAIMED, Step.REPEAT_CONTACT): State.CLAIMED,
    (State.CLAIMED, Step.BOOK): State.BOOKED,
    (State.CLAIMED, Step.KEEP_BOOKING): State.BOOKED,
    (State.CLAIMED, Step.HAND_BACK): State.HANDED_BACK,
    (State.CLAIMED, Step.RETURN_REFUSED): State.WAITING,
    (State.CLAIMED, Step.CLOSE): State.CLOSED,
    (State.BOOKED, Step.MOVE_BOOKING): State.BOOKED,
    (State.BOOKED, Step.UNBOOK): State.WAITING,
    # The booking stays alive; a clinician looks again and keeps, moves or ends it.
    (State.BOOKED, Step.REPEAT_CONTACT): State.WAITING,
    (State.BOOKED, Step.RAISE_CLASS): State.WAITING,
    (State.BOOKED, Step.CLOSE): State.CLOSED,
    # The hub owns it until the practice accepts, and may take it up again itself.
    (State.HANDED_BACK, Step.CLAIM): State.CLAIMED,
    (State.HANDED_BACK, Step.CALL_FOR_HELP): State.HANDED_BACK,
    (State.HANDED_BACK, Step.RAISE_CLASS): State.HANDED_BACK,
    (State.HANDED_BACK, Step.SIGN_CLASS): State.HANDED_BACK,
    (State.HANDED_BACK, Step.REPEAT_CONTACT): State.WAITING,
    # Whoever accepts has it, by name and until it is due, as any clinician who claimed a case.
    (State.HANDED_BACK, Step.BOOK): State.BOOKED,
    (State.HANDED_BACK, Step.ACCEPT_BACK): State.CLAIMED,
    (State.HANDED_BACK, Step.RETURN_REFUSED): State.WAITING,
    (State.CLOSED, Step.REOPEN): State.WAITING,
    # Who has the case asks; the answer is kept wherever the case has gone since.
    (State.CLAIMED, Step.ASK): State.CLAIMED,
    **{(one, Step.ANSWER): one for one in (*SUBMITTED, State.CLOSED)},
    (State.CLOSED, Step.REVIEW): State.CLOSED,
    # How the patient is reached changes nothing about where the case is.
    **{(one, Step.NUMBER): one for one in SUBMITTED},
    **{(one, Step.CALLER): one for one in SUBMITTED},
    # What a closed case still owes, also once it is opened again: the other side has it from then.
    **{(one, Step.ACCEPT_HANDOVER): one for one in (*SUBMITTED, State.CLOSED)},
    # It stays with who has it until the colleague accepts.
    (State.CLAIMED, Step.OFFER): State.CLAIMED,
    (State.CLAIMED, Step.ACCEPT_OFFER): State.CLAIMED,
    (State.CLAIMED, Step.END_OFFER): State.CLAIMED,
    # A second look moves nothing by itself; raising it reopens the case.
    (State.WAITING, Step.LOOK_AGAIN): State.WAITING,
    (State.CLAIMED, Step.LOOK_AGAIN): State.CLAIMED,
    (State.HANDED_BACK, Step.LOOK_AGAIN): State.HANDED_BACK,
    (State.CLOSED, Step.LOOK_AGAIN): State.CLOSED,
    # Words that may mean a red flag are read wherever the case is.
    **{(one, Step.READ_WORDS): one for one in SUBMITTED},
    # What they say when they are asked again: a yes raises the class, anything else moves nothing.
    **{(one, Step.ASKED_AGAIN): one for one in SUBMITTED},
    # Who says no to 999 is still an emergency, and a clinician speaks with them at once.
    **{(one, Step.DECLINE_HELP): one for one in SUBMITTED},
    # What is put on record and moves nothing: who was in the room, what was decided unreached.
    **{(one, Step.CHAPERONE): one for one in (State.CLAIMED, State.BOOKED, State.CLOSED)},
    **{(one, Step.INTERPRETER): one for one in (State.WAITING, State.CLAIMED, State.BOOKED)},
    **{(one, Step.SEND_HELP): one for one in (State.WAITING, State.CLAIMED, State.BOOKED)},
    # A slip of the hand, taken back within seconds by whose hand it was (`rules/undoing.py`).
    (State.CLAIMED, Step.UNDO_CLAIM): State.WAITING,
    (State.CLAIMED, Step.UNDO_TAKE_UP): State.HANDED_BACK,
    (State.WAITING, Step.UNDO_RELEASE): State.CLAIMED,
    **{(one, it): one for it in (Step.UNDO_CLASS, Step.UNDO_READ) for one in SUBMITTED},
    (State.HANDED_BACK, Step.UNDO_HAND_BACK): State.CLAIMED,
    (State.CLOSED, Step.UNDO_CLOSE): State.CLAIMED,
    (State.CLOSED, Step.UNDO_SEEN): State.BOOKED,
    (State.BOOKED, Step.UNDO_BOOK): State.WAITING,
    (State.WAITING, Step.UNDO_MISSED): State.BOOKED,
    (State.CLAIMED, Step.UNDO_ACCEPT_BACK): State.HANDED_BACK,
    (State.CLAIMED, Step.UNDO_ACCEPT_OFFER): State.CLAIMED,
    **{(one, Step.UNDO_ACCEPT_HANDOVER): one for one in (*SUBMITTED, State.CLOSED)},
    **{(one, Step.UNDO_ATTEMPT): one for one in (State.WAITING, State.CLAIMED, State.BOOKED)},
    (State.BOOKED, Step.UNDO_KEEP): State.CLAIMED,
    (State.CLOSED, Step.UNDO_REVIEW): State.CLOSED,
    (State.BOOKED, Step.UNDO_MOVE): State.BOOKED,
}

OPEN: frozenset[State] = frozenset(State) - {State.CLOSED}
# Whoever does one of these has the case in hand.
TAKES: frozenset[Step] = frozenset(
    {
        Step.CLAIM,
        Step.ACCEPT_BACK,
        Step.ACCEPT_OFFER,
        Step.UNDO_RELEASE,
        Step.UNDO_HAND_BACK,
        Step.UNDO_CLOSE,
        Step.UNDO_KEEP,
    }
)
# A clinician who does one of these has read what the patient said.
READS: frozenset[Step] = frozenset({Step.READ_WORDS, Step.SIGN_CLASS})
# Nobody has to be called for these.
PLACED: frozenset[State] = frozenset({State.BOOKED, State.CLOSED})

_WISH: dict[Step, str] = {
    Step.SUBMIT: "submitted",
    Step.CLAIM: "claimed",
    Step.RELEASE: "released",
    Step.RAISE_CLASS: "given a higher class",
    Step.SIGN_CLASS: "signed",
    Step.ATTEMPT: "given a contact attempt",
    Step.BOOK: "booked",
    Step.KEEP_BOOKING: "confirmed in its booking",
    Step.MOVE_BOOKING: "moved to another slot",
    Step.UNBOOK: "taken out of its booking",
    Step.HAND_BACK: "handed back",
    Step.ACCEPT_BACK: "accepted as handed back",
    Step.RETURN_REFUSED: "returned to the hub",
    Step.CLOSE: "closed",
    Step.REOPEN: "reopened",
    Step.REPEAT_CONTACT: "given a repeat contact",
    Step.NUMBER: "given a phone number",
    Step.CALLER: "given another caller",
    Step.CALL_FOR_HELP: "given a call for help",
    Step.ASK: "taken to the supervisor",
    Step.ANSWER: "answered",
    Step.REVIEW: "reviewed",
    Step.ACCEPT_HANDOVER: "accepted as handed over",
    Step.TAKE: "taken by a person at the practice",
    Step.PUT_BACK: "put back among the practice's tasks",
    Step.TO_CLINICIAN: "sent to a clinician",
    Step.OFFER: "offered to a colleague",
    Step.ACCEPT_OFFER: "taken over from a colleague",
    Step.END_OFFER: "kept from a colleague",
    Step.LOOK_AGAIN: "looked at again",
    Step.READ_WORDS: "marked as read",
    Step.ASKED_AGAIN: "asked about again",
    Step.DECLINE_HELP: "given a no to emergency help",
    Step.CHAPERONE: "given a chaperone",
    Step.INTERPRETER: "given an interpreter",
    Step.SEND_HELP: "given somebody who goes there",
    Step.UNDO_CLAIM: "put back where it waited",
    Step.UNDO_TAKE_UP: "put back with the practice",
    Step.UNDO_RELEASE: "taken back from the queue",
    Step.UNDO_CLASS: "given its old class",
    Step.UNDO_HAND_BACK: "taken back from the practice",
    Step.UNDO_CLOSE: "opened by undoing its closing",
    Step.UNDO_READ: "marked as not read",
    Step.UNDO_ACCEPT_BACK: "left to the hub again",
    Step.UNDO_ACCEPT_OFFER: "left to the colleague again",
    Step.UNDO_ACCEPT_HANDOVER: "owed again",
    Step.UNDO_BOOK: "freed of its booking",
    Step.UNDO_KEEP: "taken out of what was kept",
    Step.UNDO_REVIEW: "left to be reviewed",
    Step.UNDO_MISSED: "given its appointment again",
    Step.UNDO_SEEN: "booked again by undoing its closing",
    Step.UNDO_ATTEMPT: "freed of a contact attempt",
    Step.UNDO_MOVE: "put back into its old slot",
}

_PLACE: dict[State, str] = {
    State.NEW: "not submitted yet",
    State.WAITING: "waiting in the queue",
    State.CLAIMED: "with a clinician",
    State.BOOKED: "booked",
    State.HANDED_BACK: "handed back to the practice",
    State.CLOSED: "closed",
}


class NotAllowed(Conflict):
    """The table has no such move; the sentence says where the case is."""

    def __init__(self, state: State, step: Step) -> None:
        hint = " Reopen it first." if state is State.CLOSED else ""
        super().__init__(
            f"This case is {_PLACE[state]}, so it cannot be {_WISH[step]}.{hint}",
            code="closed" if state is State.CLOSED else "stale",
        )
        self.state = state
        self.step = step


def after(state: State | str, step: Step) -> State:
    """The state the case is in once the step is done, or `NotAllowed`."""
    here = State(state)
    try:
        return MOVES[here, step]
    except KeyError:
        raise NotAllowed(here, step) from None


def may(state: State | str, step: Step) -> bool:
    """Whether the table allows the step: what a button asks."""
    return (State(state), step) in MOVES


def owner_of(state: State | str) -> Owner:
    """Who answers for a case in this state."""
    return OWNER[State(state)]
