"""What people at the desks and patients do in a day."""

from datetime import timedelta

from appointments.models import Booking
from hubs.rules.walk_ups import SentTo
from practices.doors import everywhere
from practices.models import Patient
from tests.mischief.day import CHANNELS, Acts, Day
from triage import actions
from triage.actions.arrivals import WalkUpWish, answer_walk_up, note_walk_up
from triage.actions.attending import arrive, attend, miss
from triage.actions.not_listed import StrangerWish, record_stranger
from triage.actions.own_cancel import PATIENT, cancel_by_link
from triage.actions.own_links import own_link
from triage.actions.paperwork import finish_task, put_back_task, send_to_clinician, take_task
from triage.rules.codes import Channel, Need, Urgency
from triage.rules.own_cancel import Answer

CANCELLED = ("patient_asked", "patient_better", "seen_elsewhere", "booked_by_mistake")


def ask(day: Day) -> None:
    patient = day.rng.choice(day.patients)
    flags = ("heart_attack",) if day.rng.random() < 0.05 else ()
    day.asked(
        "ask",
        day.desk(patient.practice_id),
        patient,
        channel=day.rng.choice(CHANNELS),
        red_flags=flags,
        red_flags_asked=day.rng.random() < 0.8,
    )


def ask_elsewhere(day: Day) -> None:
    """At another practice's desk nobody has heard of the patient, who is asked for at their own."""
    patient = day.rng.choice(day.patients)
    own = day.desk(patient.practice_id)
    other = next(one for one in ("receptionist", "receptionist_elm") if one != own)
    assert day.asked("leak", other, patient) is None
    day.asked("ask_elsewhere", own, patient, channel=Channel.DESK)


def call_again(day: Day) -> None:
    if case := day.one("waiting", "claimed", "booked", "handed_back"):
        desk, need = day.desk(case.practice_id), Need(case.need)
        day.asked("call_again", desk, case.patient, need=need, again=case.reference)


def stranger(day: Day) -> None:
    """Not on anybody's list: looked after by the practice that was asked."""
    who = day.rng.choice(("receptionist", "receptionist_elm"))
    name = f"Stranger{len(day.contacts)}"
    wish = StrangerWish(name, "Sam", "unregistered", phone="07700 900456", age=40)
    public_id = day.does("stranger", who, record_stranger, wish=wish)
    if public_id:
        with everywhere(because="the test looks", at=day.at):
            found = Patient.objects.get(public_id=public_id)
        day.patients.append(found)
        day.asked("ask_stranger", who, found, channel=Channel.DESK)


def walk_up(day: Day) -> None:
    practice = day.rng.choice((day.world.oak, day.world.elm))
    wish = WalkUpWish(
        "Kim Invented",
        day.rng.choice(("sore toe", "chest pain")),
        SentTo.PRACTICE,
        phone="07700 900789",
        practice_id=practice.pk,
    )
    if made := day.does("walk_up", "hub_desk", note_walk_up, wish=wish):
        day.walk_ups[str(made.public_id)] = practice.pk


def answer(day: Day) -> None:
    if not day.walk_ups:
        return
    public_id, practice_id = day.rng.choice(sorted(day.walk_ups.items()))
    own = day.desk(practice_id)
    if day.does("answer_walk_up", own, answer_walk_up, public_id=public_id):
        del day.walk_ups[public_id]
        theirs = [one for one in day.patients if one.practice_id == practice_id]
        day.asked("ask_walk_up", own, day.rng.choice(theirs))


def book(day: Day) -> None:
    """By the desk where a protocol or a signature allows it."""
    if case := day.one("waiting", bookable_now=True):
        day.books(case, day.desk(case.practice_id))


def _booked(day: Day, **which: object) -> Booking | None:
    with everywhere(because="the test looks", at=day.at):
        found = Booking.objects.filter(state__in=("booked", "arrived"), **which)
        rows = list(found.select_related("patient").order_by("pk"))
    return day.rng.choice(rows) if rows else None


def cancel(day: Day) -> None:
    if one := _booked(day, case_ref__gt=""):
        who = day.rng.choice((day.desk(one.practice_id), "supervisor"))
        because = day.rng.choice(CANCELLED)
        day.does("cancel", who, actions.cancel_booking, public_id=one.public_id, because=because)


def cancel_own(day: Day) -> None:
    if one := _booked(day, case_ref__gt=""):
        born_on = one.patient.born_on
        if day.rng.random() < 0.2:
            born_on -= timedelta(days=1)
        wish = {"link": own_link(one.public_id), "born_on": born_on}
        said = day.does("link", PATIENT, cancel_by_link, **wish)
        day.done["cancel_own"] += said is Answer.DONE


def move(day: Day) -> None:
    """To another organisation, in one step."""
    if case := day.one("booked"):
        who = day.desk(case.practice_id)
        here = case.booking.hub_id or case.practice_id
        slot = day.place(case, who, but=here)
        wish = {"public_id": case.booking.public_id, "to_slot_id": slot, "because": "patient_asked"}
        if slot is not None:
            day.does("move", who, actions.move_booking, **wish)


def _come(day: Day, act: str, action: object, **which: object) -> None:
    if one := _booked(day, **which):
        who = day.desk(one.practice_id) if one.hub_id is None else "hub_desk"
        day.does(act, who, action, public_id=str(one.public_id))


def come(day: Day) -> None:
    _come(day, "arrive", arrive, state="booked", starts_at__lte=day.at + timedelta(hours=1))


def not_come(day: Day) -> None:
    _come(day, "miss", miss, state="booked", starts_at__lte=day.at)


def be_seen(day: Day) -> None:
    _come(day, "attend", attend, starts_at__lte=day.at)


def paperwork(day: Day) -> None:
    case = day.one("waiting", lane="practice")
    if case is None:
        return
    who, wish = day.desk(case.practice_id), {"reference": case.reference}
    act = day.pick("take_task", "put_back_task", "finish_task", "to_clinician")
    if act == "take_task":
        day.does(act, who, take_task, **wish)
    if act == "put_back_task":
        day.does(act, who, put_back_task, **wish)
    if act == "finish_task":
        day.does(act, who, finish_task, note="Printed and signed", **wish)
    if act == "to_clinician":
        day.does(act, who, send_to_clinician, reason="Says he is dizzy", **wish)


def raise_class(day: Day) -> None:
    """Worse than it was taken down; raised paperwork is clinical from then on."""
    case = day.one("waiting", "claimed", "booked", "handed_back")
    if case is not None and case.urgency:
        urgency = Urgency(f"P{day.rng.randrange(case.urgency)}")
        wish = {"reference": case.reference, "urgency": urgency, "reason": "Sounds worse"}
        day.does("raise", day.desk(case.practice_id), actions.change_class, **wish)


DESK_ACTS: Acts = {
    ask: (16, "ask"),
    ask_elsewhere: (2, "ask_elsewhere"),
    call_again: (4, "call_again"),
    stranger: (2, "ask_stranger"),
    walk_up: (2, "walk_up"),
    answer: (2, "ask_walk_up"),
    book: (14, "hold book"),
    cancel: (3, "cancel"),
    cancel_own: (3, "cancel_own"),
    move: (4, "move"),
    come: (4, "arrive"),
    not_come: (3, "miss"),
    be_seen: (4, "attend"),
    paperwork: (8, "take_task put_back_task finish_task to_clinician"),
    raise_class: (3, "raise"),
}
