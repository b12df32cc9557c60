"""Looking again: by when and by whom, kept from the closing until somebody has looked."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hubs.rules.opening import core_hours
from practices import audit
from practices.actions import end_disclosures
from practices.clock import bank_holidays, local_day
from practices.rules.reach import Actor
from practices.rules.refusals import Conflict, Forbidden, Refused
from practices.rules.roles import CLINICAL_ROLES
from triage.actions.stepping import UNCLAIMED, lock_case, take_step, write_note
from triage.models import Case, Note, SecondLook
from triage.rules.closing import says_something
from triage.rules.codes import Urgency
from triage.rules.due import due_by_look
from triage.rules.second_looks import Again, How, Why
from triage.rules.states import State, Step


@dataclass(frozen=True, slots=True)
class LookWish:
    """What somebody makes of a second look: another day, or nothing more to do and why."""

    again: Again | None = None
    note: str = ""


def open_look(
    case: Case, why: Why, again: Again, *, owner_id: int | None, by: Actor, at: datetime
) -> None:
    """Somebody looks at the case again by that day; until then the owner answers for it."""
    if owner_id is None:
        raise Forbidden("Only a person can promise a second look.")
    _open(case, why, local_day(at) + timedelta(days=again.days), owner_id, by=by, at=at)


def settle_looks(case: Case, how: How, *, by: Actor, at: datetime) -> None:
    """What waited to be looked at again is settled; nothing, where nothing waited."""
    open_ones = SecondLook.objects.filter(case=case, settled_at=None)
    if open_ones.update(settled_at=at, settled_by_id=by.user_id, how=how.value):
        _on_record("settled", case, by=by, at=at, how=how.value)


def undo_looks(case: Case, *, since: datetime, by: Actor, at: datetime) -> None:
    """A closing was undone: what it opened is gone, and what it settled waits again."""
    open_ones = SecondLook.objects.filter(case=case, settled_at=None, opened_at__gte=since)
    open_ones.update(settled_at=at, settled_by_id=by.user_id, how=How.UNDONE.value)
    was = SecondLook.objects.filter(case=case, settled_at__gte=since, opened_at__lt=since)
    for one in was.order_by("-id")[:1]:
        _open(case, Why(one.why), one.look_by, one.owner_id, by=by, at=at)


def look_again(
    *, reference: str, wish: LookWish, by: Actor, at: datetime, version: int | None = None
) -> Case:
    """Somebody looked: the case is looked at again on another day, or no more, and why."""
    case = lock_case(reference, version=version)
    _check_clinician(by)
    found = _open_one(case)
    how = How.DONE if wish.again is None else How.KEPT
    if how is How.DONE:
        _check_may_end(case, wish.note)
    settle_looks(case, how, by=by, at=at)
    if wish.again is not None:
        open_look(case, Why(found.why), wish.again, owner_id=by.user_id, by=by, at=at)
    else:
        end_disclosures(because=reference, by=by, at=at)
    note = write_note(case, Note.Kind.REASON, wish.note, by=by, at=at)
    keep = {name: getattr(case, name) for name in UNCLAIMED}
    rests = resting_until(case, Why(found.why), wish.again, at=at)
    return take_step(case, Step.LOOK_AGAIN, by=by, at=at, code=how.value, note=note, **keep | rests)


def resting_until(
    case: Case, why: Why, again: Again | None, *, at: datetime
) -> dict[str, datetime]:
    """What is planned rests on the waiting list, once a clinician said until when, and is not late.

    Every list, alarm and text reads it from the time the case is due.
    """
    rests = why is Why.WAITING_LIST and case.state != State.CLOSED
    if again is None or not rests or case.urgency != Urgency.P6.rank:
        return {}
    look_by = local_day(at) + timedelta(days=again.days)
    return {"due_at": due_by_look(look_by, core=core_hours(bank_holidays()))}


def _check_may_end(case: Case, note: str) -> None:
    """Nothing more is to do only for a closed case, and what was found is said."""
    if case.state != State.CLOSED:
        raise Refused("This case is still open. Close it on its own page.", code="open")
    if not says_something(note):
        raise Refused("Enter what you found", code="required", field="note")


def check_waits(reference: str, *, by: Actor) -> Case:
    """The case waits to be looked at again, and I may say what comes of it."""
    case = lock_case(reference)
    _check_clinician(by)
    _open_one(case)
    return case


def _open(case: Case, why: Why, look_by: date, owner_id: int, *, by: Actor, at: datetime) -> None:
    SecondLook.objects.update_or_create(
        case=case,
        settled_at=None,
        defaults={
            "practice_id": case.practice_id,
            "hub_id": case.hub_id,
            "why": why.value,
            "look_by": look_by,
            "owner_id": owner_id,
            "opened_at": at,
        },
    )
    _on_record("opened", case, by=by, at=at, why=why.value, look_by=look_by.isoformat())


def _open_one(case: Case) -> SecondLook:
    found = SecondLook.objects.filter(case=case, settled_at=None).first()
    if found is None:
        raise Conflict("This case does not wait to be looked at again any more.")
    return found


def _check_clinician(by: Actor) -> None:
    if not by.is_one_of(CLINICAL_ROLES):
        raise Forbidden("Only a clinician looks again.")


def _on_record(verb: str, case: Case, *, by: Actor, at: datetime, **facts: str) -> None:
    audit.write(
        f"second_look.{verb}", entity="case", entity_id=case.reference, by=by, at=at, **facts
    )
