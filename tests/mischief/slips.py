"""What is done by a slip of the hand and taken back within its ten seconds, each way of it."""

from collections.abc import Callable
from datetime import timedelta

from appointments.models import Booking, Slot
from practices.doors import everywhere
from tests.cases import SPOKE
from tests.mischief.clinic_acts import in_hand, name_of
from tests.mischief.day import HUB_TEAM, Act, Acts, Day
from triage import actions
from triage.actions import planned
from triage.actions.attending import arrive, miss
from triage.actions.handing_over import accept_handover
from triage.actions.offering import accept_offer, offer
from triage.actions.reading_words import read_words
from triage.actions.undoing_marks import undo_mark
from triage.actions.undoing_moves import undo_move
from triage.models import Case, CaseStep, Handover
from triage.rules.codes import Outcome, Urgency
from triage.rules.second_looks import Again
from triage.rules.states import Step

# What undoing gives back; the lease is a whole one again.
GIVEN_BACK = (
    "state",
    "lane",
    "urgency",
    "urgency_status",
    "bookable_now",
    "due_at",
    "read_due_at",
    "claimed_by_id",
    "taken_by_id",
    "hub_id",
    "practice_id",
    "closed_at",
)
ADVICE = actions.OutcomeWish(
    Outcome.ADVICE,
    note="Told what to do",
    safety_net="Ring if worse",
    record_viewed="summary",
    contact=SPOKE,
    again=Again.WEEK,
)


def _as_it_is(day: Day, reference: str) -> dict[str, object]:
    """What of the case an undoing has to give back, and which place it has."""
    with everywhere(because="the test looks", at=day.at):
        case = Case.objects.select_related("booking").get(reference=reference)
    place = case.booking and (case.booking.slot_id, case.booking.state)
    return {name: getattr(case, name) for name in GIVEN_BACK} | {"place": place}


def _slip(day: Day, case: Case | None, who: str, action: Callable, **wish: object) -> None:
    """The step is done and taken back, and the case is as it was."""
    if case is None:
        return
    before = _as_it_is(day, case.reference)
    done = day.does("slip", who, action, reference=case.reference, **wish)
    if done is not None:
        undo = {"reference": case.reference, "version": done.version}
        _undone(day, case.reference, before, who, actions.undo_step, **undo)


def _undone(
    day: Day, case: str, before: dict[str, object], who: str, undo: Callable, **wish: object
) -> None:
    """In time or too late; now and then the post comes by between."""
    day.at += timedelta(seconds=day.rng.choice((4, 4, 8, 14)))
    if day.rng.random() < 0.2:
        day.post.goes_round(day.at, day.rng)
    if day.does("undo", who, undo, **wish) is None:
        return
    with everywhere(because="the test looks", at=day.at):
        steps = list(CaseStep.objects.filter(case__reference=case, at=day.at).order_by("pk"))
    # Undoing a closing takes back its contact too; one mark of a booking is no step at all.
    day.done.update(step.step for step in steps)
    last = steps[-1].step if steps else "a mark"
    now = _as_it_is(day, case)
    unlike = [name for name in now if now[name] != before[name]]
    day.unlike += [f"undone and not as it was: {case}, {last}, {name}" for name in unlike]


def claim(day: Day) -> None:
    _slip(day, day.one("waiting", lane="hub"), day.rng.choice(HUB_TEAM), actions.claim)


def take_up(day: Day) -> None:
    _slip(day, day.one("handed_back"), day.rng.choice(("hub_gp", "supervisor")), actions.claim)


def release(day: Day) -> None:
    _slip(day, *in_hand(day), actions.release)


def sign(day: Day) -> None:
    case = day.one("waiting", "claimed", "booked", "handed_back", lane="hub")
    urgency = Urgency(f"P{day.rng.randint(1, 5)}")
    who = name_of(day, case.claimed_by_id) if case and case.claimed_by_id else "hub_gp"
    _slip(day, case, who, actions.change_class, urgency=urgency, reason="Heard the story")


def hand_back(day: Day) -> None:
    _slip(day, *in_hand(day), actions.hand_back, reason="Known to their nurse")


def close(day: Day) -> None:
    _slip(day, *in_hand(day), actions.close, wish=ADVICE)


def close_seen(day: Day) -> None:
    case = day.one("booked", booking__starts_at__lte=day.at)
    who = name_of(day, case.booking.clinician_id) if case else ""
    _slip(day, case, who, actions.close, wish=ADVICE)


def read(day: Day) -> None:
    case = day.one("waiting", "claimed", "booked", "handed_back", read_due_at__isnull=False)
    _slip(day, case, "hub_gp", read_words)


def accept_back(day: Day) -> None:
    if case := day.one("handed_back"):
        _slip(day, case, day.duty(case.practice_id), actions.accept_back, note="I ring by five")


def accept_owed(day: Day) -> None:
    with everywhere(because="the test looks", at=day.at):
        found = Handover.objects.filter(accepted_at=None, withdrawn_at=None).order_by("pk")
        rows = list(found.select_related("case__booking"))
    if rows:
        owed = day.rng.choice(rows)
        wish = {"what": owed.what, "note": "Ann rings tomorrow"}
        _slip(day, owed.case, day.duty(owed.practice_id), accept_handover, **wish)


def accept_offered(day: Day) -> None:
    case, who = in_hand(day)
    if case is not None and who in HUB_TEAM:
        to = day.rng.choice([one for one in HUB_TEAM if one != who])
        wish = {"to_clinician_id": day.world.clinicians[to].pk}
        if day.does("offer", who, offer, reference=case.reference, **wish):
            _slip(day, case, to, accept_offer)


def attempt(day: Day) -> None:
    _slip(day, *in_hand(day), actions.record_attempt, channel="phone")


def move(day: Day) -> None:
    """The new place is the one that is undone."""
    case = day.one("booked", booking__state="booked", booking__starts_at__gt=day.at)
    if case is None:
        return
    who, before = day.desk(case.practice_id), _as_it_is(day, case.reference)
    slot = day.place(case, who)
    wish = {"public_id": case.booking.public_id, "to_slot_id": slot, "because": "patient_asked"}
    moved = slot and day.does("slip", who, actions.move_booking, **wish)
    if moved:
        _undone(day, case.reference, before, who, undo_move, public_id=moved.public_id)


def _mark(day: Day, action: Callable, act: str, **which: object) -> None:
    case = day.one("booked", booking__state="booked", **which)
    if case is None:
        return
    who = "hub_desk" if case.booking.hub_id else day.desk(case.practice_id)
    before, public_id = _as_it_is(day, case.reference), case.booking.public_id
    if day.does("slip", who, action, public_id=str(public_id)) is None:
        return
    with everywhere(because="the test looks", at=day.at):
        version = Booking.objects.get(public_id=public_id).version
    undone = day.done["undo"]
    _undone(day, case.reference, before, who, undo_mark, public_id=public_id, version=version)
    day.done[act] += day.done["undo"] - undone


def mark_missed(day: Day) -> None:
    _mark(day, miss, "unmark_missed", booking__starts_at__lte=day.at)


def mark_here(day: Day) -> None:
    soon = day.at + timedelta(hours=1)
    _mark(day, arrive, "unmark_arrived", booking__starts_at__lte=soon)


def move_planned(day: Day) -> None:
    """An appointment that no case stands behind, to another time at its own practice."""
    with everywhere(because="the test looks", at=day.at):
        ahead = Booking.objects.filter(case_ref="", state="booked", starts_at__gt=day.at)
        rows = list(ahead.order_by("pk"))
        one = day.rng.choice(rows) if rows else None
        found = Slot.objects.filter(practice=one and one.practice_id, starts_at__gt=day.at)
        taken = found.filter(bookings__state__in=("held", "booked", "arrived"))
        free = sorted({*found.values_list("pk", flat=True)} - {*taken.values_list("pk", flat=True)})
    if one is None or not free:
        return
    who, slot = day.desk(one.practice_id), one.slot_id
    wish = {"public_id": str(one.public_id), "to_slot_id": day.rng.choice(free)}
    moved = day.does("slip", who, planned.move_planned, **wish)
    day.at += timedelta(seconds=day.rng.choice((4, 14)))
    if moved and (back := day.does("undo_planned", who, undo_move, public_id=moved.public_id)):
        day.unlike += ["undone and elsewhere: planned"] * (back.slot_id != slot)


SLIPS: dict[Step | str, Act] = {
    Step.UNDO_CLAIM: claim,
    Step.UNDO_TAKE_UP: take_up,
    Step.UNDO_RELEASE: release,
    Step.UNDO_CLASS: sign,
    Step.UNDO_HAND_BACK: hand_back,
    Step.UNDO_CLOSE: close,
    Step.UNDO_SEEN: close_seen,
    Step.UNDO_READ: read,
    Step.UNDO_ACCEPT_BACK: accept_back,
    Step.UNDO_ACCEPT_OFFER: accept_offered,
    Step.UNDO_ACCEPT_HANDOVER: accept_owed,
    Step.UNDO_MISSED: mark_missed,
    Step.UNDO_ATTEMPT: attempt,
    Step.UNDO_MOVE: move,
    "unmark_arrived": mark_here,
    "undo_planned": move_planned,
}


def slip(day: Day) -> None:
    """One of them, what nobody has taken back today first."""
    ways = sorted(SLIPS, key=lambda way: (day.done[way] > 0, day.rng.random()))
    tried = day.tried
    while day.tried == tried and ways:
        SLIPS[ways.pop(0)](day)


SLIP_ACTS: Acts = {slip: (12, " ".join(SLIPS))}
