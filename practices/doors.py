"""Doors open the transaction: one wish, one action, one commit, and a reach for every row."""

import hashlib
import json
import logging
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, OperationalError, connection, transaction

from practices.models import IdempotencyKey
from practices.rules.reach import Actor, Reach, everywhere_setting
from practices.rules.refusals import Conflict, Refused

logger = logging.getLogger(__name__)
R = TypeVar("R")
_jitter = random.SystemRandom()

TRIES = 3
# Serialization failure, deadlock, lock time-out: another moment may be better.
PASSING = frozenset({"40001", "40P01", "55P03"})
# Only these constraints mean "somebody was quicker"; any other is our own mistake.
TAKEN = {
    "place_taken_once": ("slot_taken", "This place has just been taken."),
    "place_taken_once_throughout": ("slot_taken", "This place has just been taken."),
    "patient_in_one_place": (
        "duplicate",
        "This person already has an appointment at that time.",
    ),
    "contact_undone_once": ("stale", "This contact is taken back already."),
    "clinician_in_one_session": ("overlap", "The clinician already has a session at that time."),
    "hub_closed_once_a_day": ("stale", "Somebody has just closed the hub."),
    "one_open_proposal_a_booking": ("stale", "There is already a proposal for this booking."),
    "one_open_proposal_a_slot": ("stale", "There is already a proposal for this slot."),
    "one_open_offer_a_case": ("stale", "There is already an offer for this case."),
    "one_open_offer_a_slot": ("stale", "There is already an offer of this slot."),
    "one_version_a_network": ("stale", "Another version has just been put in force."),
    "one_open_change_a_rule": (
        "stale",
        "A change to this waits for a second person already. Release or decline it first.",
    ),
    "one_rule_version_a_network": ("stale", "Another version has just been released."),
    "sheet_entered_once": ("entered", "This line has just been entered."),
    "nhs_number_once_a_list": ("duplicate", "This NHS number is already on the practice's list."),
}


@dataclass(frozen=True, slots=True)
class Once:
    """A wish that may arrive twice: its key, and a fingerprint of what was wished."""

    key: str
    fingerprint: str

    @classmethod
    def of(cls, key: str, method: str, path: str, body: bytes) -> "Once":
        text = b"\0".join([method.encode(), path.encode(), body])
        return cls(key=key, fingerprint=hashlib.sha256(text).hexdigest())


@dataclass(frozen=True, slots=True)
class Answer:
    """What a door gives back, and what an idempotency key keeps."""

    status: int
    body: object = None


class Busy(Exception):  # noqa: N818 - a state of the day, not a fault of the wish
    """The database could not serve the wish three times over; a door answers 503."""


def _set(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('headroom.reach', %s, true)", [text])


def _open_reach() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('headroom.reach', true)")
        return cursor.fetchone()[0] or ""


@contextmanager
def opened(reach: Reach, *, at: datetime) -> Iterator[None]:
    """A transaction of its own in which row-level security reads this reach."""
    with transaction.atomic(durable=True):
        _set(reach.as_setting(at=at))
        yield
        _set("")


@contextmanager
def everywhere(*, because: str, at: datetime) -> Iterator[None]:
    """Every row, inside the open transaction or one of its own; the callers are on a list."""
    before = _open_reach() if connection.in_atomic_block else ""
    with transaction.atomic():
        _set(everywhere_setting(because=because, at=at))
        yield
        _set(before)


def perform(
    action: Callable[..., R],
    *,
    by: Actor,
    at: datetime,
    once: Once | None = None,
    answer: Callable[[R], Answer] | None = None,
    **wish: object,
) -> R | Answer:
    """The wish is done and committed, or a `Refused` says why not and nothing has changed.

    With `once` the first successful answer is kept and given again. Deadlocks, serialization
    failures and lock time-outs repeat the whole, three times at most, then `Busy`.
    """
    for attempt in range(1, TRIES + 1):
        try:
            return _perform(action, by=by, at=at, once=once, answer=answer, wish=wish)
        except OperationalError as trouble:
            if _sqlstate(trouble) not in PASSING:
                raise
            logger.info("wish repeated", extra={"attempt": attempt, "state": _sqlstate(trouble)})
            if attempt == TRIES:
                raise Busy from trouble
            time.sleep(_jitter.uniform(0.005, 0.05) * attempt)
        except IntegrityError as trouble:
            raise _taken(trouble) from trouble
    raise Busy


def _perform(
    action: Callable[..., R],
    *,
    by: Actor,
    at: datetime,
    once: Once | None,
    answer: Callable[[R], Answer] | None,
    wish: dict[str, object],
) -> R | Answer:
    with opened(by.reach, at=at):
        if once is not None:
            earlier = _earlier_answer(once, by=by, at=at)
            if earlier is not None:
                return earlier
        result = action(by=by, at=at, **wish)
        if answer is None:
            return result
        reply = answer(result)
        if once is not None:
            _keep(once, reply, by=by)
        return reply


def _sqlstate(trouble: Exception) -> str:
    return getattr(trouble.__cause__, "pgcode", None) or ""


def _taken(trouble: IntegrityError) -> Exception:
    """The refusal a constraint's name stands for; an unknown constraint stays an error."""
    diagnosis = getattr(trouble.__cause__, "diag", None)
    known = TAKEN.get(diagnosis.constraint_name or "") if diagnosis else None
    return Conflict(known[1], code=known[0]) if known else trouble


def _earlier_answer(once: Once, *, by: Actor, at: datetime) -> Answer | None:
    """The kept answer of the same wish; None when this is the first one."""
    if by.user_id is None:
        raise Refused("Only a signed-in person can use an idempotency key.", code="role")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = %s", [settings.SAME_WISH_WAITS])
        try:
            with transaction.atomic():
                cursor.execute(
                    "INSERT INTO practices_idempotencykey"
                    " (user_id, key, fingerprint, created_at) VALUES (%s, %s, %s, %s)"
                    " ON CONFLICT (user_id, key) DO NOTHING",
                    [by.user_id, once.key, once.fingerprint, at],
                )
                is_first = cursor.rowcount == 1
        except OperationalError as trouble:
            if _sqlstate(trouble) != "55P03":
                raise
            raise Conflict("The same wish is still being done.", code="in_progress") from trouble
        cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
    if is_first:
        return None
    kept = IdempotencyKey.objects.get(user_id=by.user_id, key=once.key)
    if kept.fingerprint != once.fingerprint:
        raise Refused(
            "This Idempotency-Key was used for a different request.", code="idempotency_mismatch"
        )
    return Answer(status=kept.status or 200, body=json.loads(kept.body))


def _keep(once: Once, reply: Answer, *, by: Actor) -> None:
    # As text: the database would put the members of an object into an order of its own.
    body = json.dumps(reply.body, cls=DjangoJSONEncoder)
    IdempotencyKey.objects.filter(user_id=by.user_id, key=once.key).update(
        status=reply.status, body=body
    )
