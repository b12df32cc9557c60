"""What clinicians, and who runs the hub, do in a day."""

from practices.doors import everywhere
from tests.cases import SPOKE
from tests.mischief.day import HUB_TEAM, Acts, Day
from triage import actions
from triage.actions.coming_back import take_list_back
from triage.actions.gone_home import go_home
from triage.actions.handing_over import accept_handover
from triage.actions.hub_day import close_hub, look_at_hub_days, reopen_hub
from triage.actions.offering import accept_offer, end_offer, offer
from triage.actions.second_looks import LookWish, look_again
from triage.actions.supervising import come_back, leave_supervision
from triage.models import Case, Emergency, Handover, SecondLook
from triage.rules.codes import CallEnd, Outcome, Urgency
from triage.rules.second_looks import Again

ENDS = (
    Outcome.ADVICE,
    Outcome.ADVICE,
    Outcome.TEST_ORDERED,
    Outcome.HOME_VISIT,
    Outcome.PHARMACY,
    Outcome.COMMUNITY,
    Outcome.URGENT_TREATMENT,
    Outcome.AMBULANCE,
    Outcome.NOT_BROUGHT,
    Outcome.BOOKED_HUB,
    Outcome.BOOKED_PRACTICE,
    Outcome.DUPLICATE,
)


def name_of(day: Day, clinician_id: int | None) -> str:
    return next(name for name, one in day.world.clinicians.items() if one.pk == clinician_id)


def in_hand(day: Day) -> tuple[Case | None, str]:
    """A case somebody has now, and who; where nobody has one, somebody takes the next."""
    case = day.one("claimed", lease_until__gt=day.at)
    if case is None:
        take_next(day)
        case = day.one("claimed", lease_until__gt=day.at)
    return (case, name_of(day, case.claimed_by_id)) if case else (None, "")


def take_next(day: Day) -> None:
    day.does("next", day.rng.choice(HUB_TEAM), actions.take_next, hub_id=day.world.hub.pk)


def claim(day: Day) -> None:
    """What nobody has; what somebody had, once their lease ran out; or a colleague's, in vain."""
    ran_out = {"lease_until__lte": day.at} if day.rng.random() < 0.6 else {}
    states = ("claimed",) if ran_out else ("waiting", "claimed", "handed_back")
    if case := day.one(*states, lane="hub", **ran_out):
        who = day.rng.choice((*HUB_TEAM, day.duty(case.practice_id)))
        act = "claim_ran_out" if ran_out else "claim"
        day.does(act, who, actions.claim, reference=case.reference)


def release(day: Day) -> None:
    case, who = in_hand(day)
    if case:
        why = day.rng.choice(("", "Ours is ill"))
        day.does("release", who, actions.release, reference=case.reference, reason=why)


def hand_over(day: Day) -> None:
    """To a colleague, who takes it, says no, or leaves it lying."""
    case, who = in_hand(day)
    if case is None:
        return
    team = HUB_TEAM if who in HUB_TEAM else ("duty", "gp_oak")
    to = day.rng.choice([one for one in team if one != who])
    wish = {"reference": case.reference}
    if day.does("offer", who, offer, to_clinician_id=day.world.clinicians[to].pk, **wish):
        day.goes_on(day.rng.choice((1, 5, 20)))
        said = day.pick("accept_offer", "end_offer", "")
        if said == "accept_offer":
            day.does(said, to, accept_offer, **wish)
        if said == "end_offer":
            day.does(said, to, end_offer, **wish)


def hand_back(day: Day) -> None:
    case, who = in_hand(day)
    if case:
        named = day.duty(case.practice_id) if case.bounces else None
        to = day.world.clinicians[named].pk if named else None
        wish = {"reference": case.reference, "reason": "Known to their nurse"}
        if day.does("hand_back", who, actions.hand_back, to_clinician_id=to, **wish):
            day.goes_on(day.rng.choice((2, 8)))
            day.rng.choice((accept_back, refuse_back, take_next))(day)


def accept_back(day: Day) -> None:
    if case := day.one("handed_back"):
        who = day.rng.choice((day.duty(case.practice_id), "supervisor"))
        wish = {"reference": case.reference, "note": "I ring by five"}
        day.does("accept_back", who, actions.accept_back, **wish)


def refuse_back(day: Day) -> None:
    if case := day.one("handed_back"):
        wish = {"reference": case.reference, "reason": "Nobody here can"}
        day.does("refuse_back", day.duty(case.practice_id), actions.refuse_back, **wish)


def no_answer(day: Day) -> None:
    """Up to three tries on two channels, apart as the policy wants; then somebody gives up."""
    case, who = in_hand(day)
    if case is None:
        return
    wish = {"reference": case.reference}
    for channel in ("phone", "text", "phone")[: day.rng.choice((1, 3, 3))]:
        day.does("no_answer", who, actions.record_attempt, channel=channel, **wish)
        day.goes_on(16 if case.urgency > 1 else 1)
        day.does("claim", who, actions.claim, **wish)
    gives_up = actions.OutcomeWish(Outcome.NO_CONTACT, safety_net="Ring if worse")
    day.does("give_up", who, actions.close, wish=gives_up, **wish)


def sign(day: Day) -> None:
    case, who = in_hand(day)
    if case:
        urgency = Urgency(f"P{day.rng.randint(1, 5)}")
        wish = {"reference": case.reference, "urgency": urgency, "reason": "Heard the story"}
        day.does("sign", who, actions.change_class, **wish)


def sign_and_book(day: Day) -> None:
    case, who = in_hand(day)
    if case:
        urgency = Urgency(f"P{day.rng.randint(2, 6)}")
        wish = {"reference": case.reference, "urgency": urgency, "reason": "Heard the story"}
        if signed := day.does("sign", who, actions.change_class, **wish):
            day.books(signed, who)


def close(day: Day) -> None:
    """In one of many ways; some leave a test, a visit or a referral owed, or a second look."""
    case, who = in_hand(day)
    if day.rng.random() < 0.3:
        case = day.one("booked", booking__starts_at__lte=day.at) or case
        who = name_of(day, case.booking.clinician_id) if case and case.booking else who
    if case is None:
        return
    code = day.rng.choice(ENDS)
    wish = actions.OutcomeWish(
        code,
        note="Told what to do",
        safety_net="Ring if worse",
        record_viewed="summary",
        contact=SPOKE if day.rng.random() < 0.9 else None,
        taken_by=day.rng.choice(("", "", "Crew 7")),
        duplicate_of=day.one(patient=case.patient).reference,
        again=Again.WEEK if day.rng.random() < 0.2 else None,
    )
    closed = day.does("close", who, actions.close, reference=case.reference, wish=wish)
    day.done["close_owing"] += closed is not None and code in (ENDS[2], ENDS[3])


def accept_owed(day: Day) -> None:
    with everywhere(because="the test looks", at=day.at):
        found = Handover.objects.filter(accepted_at=None, withdrawn_at=None)
        rows = list(found.order_by("pk").values_list("case__reference", "practice_id", "what"))
    if rows:
        reference, practice_id, what = day.rng.choice(rows)
        wish = {"reference": reference, "what": what, "note": "Ann rings tomorrow"}
        day.does("accept_owed", day.duty(practice_id), accept_handover, **wish)


def reopen(day: Day) -> None:
    if case := day.one("closed"):
        who = day.rng.choice((day.duty(case.practice_id), "supervisor", "hub_gp"))
        day.does("reopen", who, actions.reopen, reference=case.reference, reason="Rang again")


def look(day: Day) -> None:
    with everywhere(because="the test looks", at=day.at):
        found = SecondLook.objects.filter(settled_at=None).order_by("pk")
        rows = list(found.values_list("case__reference", "owner_id"))
    if rows:
        reference, owner_id = day.rng.choice(rows)
        who = next(name for name, one in day.world.users.items() if one.pk == owner_id)
        again = day.rng.choice((None, Again.TOMORROW))
        wish = LookWish(again=again, note="Better")
        day.does("look_again", who, look_again, reference=reference, wish=wish)


def keep(day: Day) -> None:
    case = day.one("claimed", lease_until__gt=day.at, booking__isnull=False)
    if case:
        who = name_of(day, case.claimed_by_id)
        day.does("keep_booking", who, actions.keep_booking, reference=case.reference)


def gone_home(day: Day) -> None:
    """The rest of a clinician's list is over; some come back within the quarter of an hour."""
    who, teller = day.rng.choice(
        (("gp_oak", "receptionist"), ("gp_elm", "receptionist_elm"), ("clinician", "supervisor"))
    )
    whose = {"clinician_id": day.world.clinicians[who].pk, "from_at": day.at, "reason": "Unwell"}
    left = day.does("gone_home", teller, go_home, **whose)
    if left is not None and day.pick("list_back", "", "") == "list_back":
        if day.rng.random() < 0.5:
            day.beats()
        day.goes_on(4)
        day.does("list_back", teller, take_list_back, public_id=left.public_id)


def supervisor_leaves(day: Day) -> None:
    if day.does("supervisor_leaves", "supervisor", leave_supervision):
        day.goes_on(day.rng.choice((3, 10)))
        if day.rng.random() < 0.7:
            day.does("supervisor_back", "supervisor", come_back)


def shut_hub(day: Day) -> None:
    """The supervisor sees to whatever keeps the hub open, as far as that goes, and closes it."""
    with everywhere(because="the test looks", at=day.at):
        calls = list(Emergency.objects.filter(ended_at=None).order_by("pk"))
    for call in calls:
        wish = {"reference": call.reference}
        day.does("answer_call", "supervisor", actions.acknowledge_emergency, **wish)
        wish |= {"ended_as": CallEnd.ADVICE, "case": ""}
        day.does("end_call", "supervisor", actions.end_emergency, **wish)
    hubs = day.does("hub_day", "supervisor", look_at_hub_days) or ()
    for blocker in (one for hub in hubs for one in hub.blockers):
        wish = {"reference": blocker.row.reference}
        day.does("last_claim", "supervisor", actions.claim, **wish)
        ended = actions.OutcomeWish(
            Outcome.AMBULANCE if blocker.row.urgency is Urgency.P0 else Outcome.ADVICE,
            safety_net="Ring 111",
            record_viewed="summary",
            contact=SPOKE,
            taken_by="Crew 9",
        )
        day.does("last_close", "supervisor", actions.close, wish=ended, **wish)
    shut = day.does("shut_hub", "supervisor", close_hub, code="HUB1")
    if shut and not day.done["open_hub"]:
        day.goes_on(9)
        day.does("open_hub", "manager", reopen_hub, code="HUB1")


CLINIC_ACTS: Acts = {
    take_next: (14, "next"),
    claim: (8, "claim claim_ran_out"),
    release: (2, "release"),
    hand_over: (6, "offer accept_offer end_offer"),
    hand_back: (7, "hand_back"),
    accept_back: (5, "accept_back"),
    refuse_back: (3, "refuse_back"),
    no_answer: (5, "no_answer give_up"),
    sign: (3, "sign"),
    sign_and_book: (12, "sign hold book"),
    close: (14, "close close_owing"),
    accept_owed: (3, "accept_owed"),
    reopen: (3, "reopen"),
    look: (2, "look_again"),
    keep: (5, "keep_booking"),
    gone_home: (2, "gone_home list_back"),
    supervisor_leaves: (2, "supervisor_leaves supervisor_back"),
}
# Only towards the evening.
LATE_ACTS: Acts = {shut_hub: (6, "shut_hub open_hub")}
