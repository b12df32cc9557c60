"""When: every write of the appointments app."""

from appointments.actions.bookings import (
    book_slot,
    cancel,
    confirm,
    hold_slot,
    keep_interpreter,
    mark_arrived,
    mark_attended,
    mark_missed,
    mark_not_arrived,
    release_hold,
    tidy_holds,
)
from appointments.actions.contacts import log_contact, undo_contact
from appointments.actions.locks import lock_places
from appointments.actions.moves import Moved, MoveWish, move, move_all
from appointments.actions.overriding import (
    OverrideWish,
    countersign,
    pass_over,
    take_back_name,
)
from appointments.actions.places import LimitReached, SlotTaken, Terms, Wanted
from appointments.actions.putting_back import put_back
from appointments.actions.rota import SessionWish, cancel_session, publish_session
from appointments.actions.supervision import pause_lists, resume_lists

__all__ = [
    "LimitReached",
    "MoveWish",
    "Moved",
    "OverrideWish",
    "SessionWish",
    "SlotTaken",
    "Terms",
    "Wanted",
    "book_slot",
    "cancel",
    "cancel_session",
    "confirm",
    "countersign",
    "hold_slot",
    "keep_interpreter",
    "lock_places",
    "log_contact",
    "mark_arrived",
    "mark_attended",
    "mark_missed",
    "mark_not_arrived",
    "move",
    "move_all",
    "pass_over",
    "pause_lists",
    "publish_session",
    "put_back",
    "release_hold",
    "resume_lists",
    "take_back_name",
    "tidy_holds",
    "undo_contact",
]
