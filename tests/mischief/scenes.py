"""What seldom comes about by chance is played at its hour of each day, amid all the rest."""

from collections.abc import Callable
from datetime import date

from appointments.models import Slot
from networks.actions.automation import AutomationWish, choose_automation
from networks.actions.rebalance import ask_rebalance
from networks.rules.automation import Automation
from networks.tasks import rebalance_changed
from practices.actions import register_patient
from practices.clock import local_day
from practices.doors import everywhere
from tests.mischief import slips
from tests.mischief.day import MOBILE, Act, Day
from tests.mischief.desk_acts import paperwork
from tests.mischief.planner_acts import counting, decide, lower, take_back, unplace
from tests.world import SETUP
from triage import actions
from triage.models import Case, Proposal
from triage.rules.codes import Need, Urgency
from triage.rules.states import Step

TRIES = 4


def asked(day: Day) -> Case | None:
    """Somebody new at Oak, grown and with a mobile, has a sore throat and no red flag."""
    with everywhere(because="the test's set-up", at=day.at):
        patient = register_patient(
            practice_id=day.world.oak.pk,
            nhs_number=None,
            family_name=f"New{len(day.contacts)}",
            given_name="Oak",
            born_on=date(1975, 3, 14),
            by=SETUP,
            at=day.at,
            **MOBILE,
        )
    wish = {"need": Need.SORE_THROAT, "red_flags_asked": True, "said": "today"}
    return day.asked("ask", "receptionist", patient, **wish)


def signed(day: Day) -> Case | None:
    """The hub's GP has the case and has signed it."""
    case = asked(day)
    if case is None or not day.does("claim", "hub_gp", actions.claim, reference=case.reference):
        return None
    sign = {"urgency": Urgency.P4, "reason": "Heard the story"}
    return day.does("sign", "hub_gp", actions.change_class, reference=case.reference, **sign)


def booked(day: Day) -> Case | None:
    """Booked with Dr Oak by the desk, as long as there is a place."""
    case = asked(day)
    with everywhere(because="the test looks", at=day.at):
        mine = Slot.objects.filter(clinician=day.world.clinicians["gp_oak"], starts_at__gt=day.at)
        live = ("held", "booked", "arrived")
        taken = mine.filter(bookings__state__in=live).values_list("pk", flat=True)
        today = mine.filter(day=local_day(day.at)).exclude(pk__in=list(taken))
        slot = today.order_by("starts_at").first()
    if case is None or slot is None:
        return None
    wish = {"reference": case.reference, "slot_id": slot.pk, "overflow_reason": "patient_choice"}
    return case if day.does("book", "receptionist", actions.book, **wish) else None


def _until(day: Day, act: Act, *names: str) -> None:
    """Tried again, a few times, until each of these was got done today."""
    for _ in range(TRIES):
        if not day.has_done(*names):
            act(day)


def look_again(day: Day) -> None:
    """Somebody with a place calls again, and a clinician keeps it as it is."""
    if case := booked(day):
        wish = {"need": Need(case.need), "again": case.reference}
        day.asked("call_again", "receptionist", case.patient, **wish)
        day.does("claim", "hub_gp", actions.claim, reference=case.reference)
        day.does("keep_booking", "hub_gp", actions.keep_booking, reference=case.reference)


def _asked_of_planner(day: Day) -> None:
    wish = {"network_id": day.world.network.pk, "apply": "none"}
    with counting(day):
        day.does("plan", "manager", ask_rebalance, **wish)
        for _ in range(2):
            day.post.goes_round(day.at, day.rng)


def too_much(day: Day) -> None:
    """A GP of the afternoon is unwell; what the planner proposes is decided and undone."""
    for _ in range(2):
        booked(day)
    lower(day)
    for _ in range(TRIES):
        _asked_of_planner(day)
        _until(day, decide, "decline")
        _until(day, take_back, "undo_decline")
        _until(day, decide, "accept", "accept_some")
        _until(day, take_back, "undo_proposal", "undo_run")


def out_of_date(day: Day) -> None:
    """The appointment goes before anybody has decided about its move."""
    for _ in range(2):
        booked(day)
    lower(day)
    _asked_of_planner(day)
    with everywhere(because="the test looks", at=day.at):
        found = Proposal.objects.filter(state=Proposal.State.OPEN).select_related("booking")
        move = found.order_by("pk").first()
    if move:
        one = move.booking
        wish = {"public_id": one.public_id, "because": "patient_asked"}
        day.does("cancel", day.desk(one.practice_id), actions.cancel_booking, **wish)
        _asked_of_planner(day)


def by_itself(day: Day) -> None:
    """The planner gives waiting people their places, and the desk takes one back."""
    wish = AutomationWish(Automation.UNTOLD, "Agreed by all practices")
    day.does("choose", "manager", choose_automation, wish=wish)
    for _ in range(2):
        asked(day)
    with counting(day):
        rebalance_changed()
    unplace(day)
    lower(day)
    with counting(day):
        rebalance_changed()


def returned(day: Day) -> None:
    """Handed back; who takes it up again, or accepts it, has slipped."""
    for way in (Step.UNDO_TAKE_UP, Step.UNDO_ACCEPT_BACK):
        for _ in range(TRIES):
            if not day.done[way] and (case := signed(day)):
                wish = {"reference": case.reference, "reason": "Known to their nurse"}
                day.does("hand_back", "hub_gp", actions.hand_back, **wish)
                slips.SLIPS[way](day)


def at_the_desk(day: Day) -> None:
    """Forms for the practice, in every way they can go."""
    for patient in day.patients[:3]:
        day.asked("ask", day.desk(patient.practice_id), patient, need=Need.ADMIN, said="a form")
    _until(day, paperwork, "take_task", "put_back_task", "finish_task", "to_clinician")


def slipped(day: Day) -> None:
    """What has to be over before it is undone."""
    _until(day, slips.close, Step.UNDO_CLOSE)
    _until(day, slips.mark_missed, Step.UNDO_MISSED)
    _until(day, slips.close_seen, Step.UNDO_SEEN)


# By the hour of the day.
SCENES: tuple[tuple[int, Callable[[Day], None]], ...] = (
    (9, look_again),
    (9, too_much),
    (10, at_the_desk),
    (11, out_of_date),
    (11, returned),
    (12, by_itself),
    (16, slipped),
)
