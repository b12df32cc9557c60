"""The rebalancer at work while the day changes, and who decides about what it proposes."""

from collections.abc import Iterator
from contextlib import contextmanager

from appointments.models import Booking, DayLoad
from networks.actions.automation import AutomationWish, choose_automation
from networks.actions.rebalance import ask_rebalance
from networks.rules.automation import Automation
from networks.tasks import rebalance_changed
from practices.actions import set_limit
from practices.clock import local_day
from practices.doors import everywhere, opened
from practices.queries import limits_on
from tests.mischief.day import Acts, Day
from tests.world import SETUP
from triage import actions
from triage.actions.automatic import undo_placement
from triage.actions.proposals import accept_all, undo_decline, undo_run
from triage.models import Proposal
from triage.queries.proposals import ProposalRow, proposals

DECIDERS = {"oak": ("practice_manager", "duty"), "elm": ("gp_elm",)}


def lower(day: Day) -> None:
    """Somebody with patients today may see fewer of them from now on."""
    today = local_day(day.at)
    with everywhere(because="the test's set-up", at=day.at):
        rows = [one for one in DayLoad.objects.filter(day=today).order_by("pk") if one.booked > 10]
        ahead = Booking.objects.filter(state="booked", day=today, starts_at__gt=day.at)
        movable = ahead.exclude(case_ref="").values_list("clinician_id", flat=True)
        busy = set(movable) - set(day.lowered)
        found = [one for one in rows if one.clinician_id in busy]
        if not found:
            return
        load = day.rng.choice(found)
        used = load.held + load.booked + load.logged
        whose = {"layer": "person", "clinician_id": load.clinician_id, "basis": "unwell today"}
        set_limit(points=used - 10, from_on=today, by=SETUP, at=day.at, **whose)
    day.lowered[load.clinician_id] = used
    day.done["lower"] += 1
    day.tried += 1


def choose(day: Day) -> None:
    """The network lets the planner do more, or less, by itself."""
    wish = AutomationWish(Automation(day.pick("untold", "safe", "none")), "Agreed by all practices")
    if day.does("choose", "manager", choose_automation, wish=wish):
        day.done[wish.mode.value] += 1


def plan(day: Day) -> None:
    """The day is looked at anew: as the clockwork does, or as the manager asked."""
    with counting(day):
        _plan(day)


def _plan(day: Day) -> None:
    if day.rng.random() < 0.5:
        mode = day.rng.choice(("none", "safe", "untold"))
        wish = {"network_id": day.world.network.pk, "apply": mode}
        day.does("plan", "manager", ask_rebalance, **wish)
        day.post.goes_round(day.at, day.rng)
    else:
        rebalance_changed()
        day.done["look"] += 1
        day.tried += 1


@contextmanager
def counting(day: Day) -> Iterator[None]:
    """What the planner does meanwhile is counted as done."""
    before = _numbers(day)
    yield
    day.done.update({name: many - before[name] for name, many in _numbers(day).items()})


def _numbers(day: Day) -> dict[str, int]:
    with everywhere(because="the test looks", at=day.at):
        return {
            "proposed": Proposal.objects.count(),
            "placed": Booking.objects.filter(method="automatic").count(),
            "stale": Proposal.objects.filter(state="stale").count(),
            "moved_untold": Proposal.objects.filter(state="accepted", decided_by=None).count(),
        }


def _page(day: Day, who: str, state: str) -> list[ProposalRow]:
    """What this person reads on the page of proposals."""
    with opened(day.by(who).reach, at=day.at):
        return proposals(states=(state,))


def decide(day: Day) -> None:
    """Each proposal is accepted, alone or with others, declined, or left lying."""
    who = day.rng.choice(DECIDERS[day.rng.choice(("oak", "elm"))])
    rows = _page(day, who, "open")
    if not rows:
        return
    act = day.pick("accept", "accept_some", "decline", "")
    one = str(day.rng.choice(rows).public_id)
    if act == "accept":
        day.does(act, who, actions.accept, public_id=one)
    if act == "accept_some":
        some = [str(row.public_id) for row in rows if day.rng.random() < 0.7]
        if some:
            decided = day.does(act, who, accept_all, public_ids=some)
            day.done["left"] += bool(decided and decided.left)
    if act == "decline":
        day.does(act, who, actions.decline, public_id=one, reason="Wants their own GP")


def take_back(day: Day) -> None:
    """What was decided is undone, alone or the whole plan, while there is time or too late."""
    who = day.rng.choice(DECIDERS[day.rng.choice(("oak", "elm"))])
    act = day.pick("undo_proposal", "undo_run", "undo_decline")
    rows = _page(day, who, "declined" if act == "undo_decline" else "accepted")
    if not rows:
        return
    row = day.rng.choice(rows)
    if act == "undo_run":
        day.does(act, who, undo_run, run_id=row.run_id)
    else:
        action = actions.undo if act == "undo_proposal" else undo_decline
        day.does(act, who, action, public_id=str(row.public_id))


def unplace(day: Day) -> None:
    """A place the planner gave is taken back by the desk."""
    with everywhere(because="the test looks", at=day.at):
        found = Booking.objects.filter(method="automatic", state="booked").order_by("-pk")
        one = found.first()
    if one is not None:
        who = day.desk(one.practice_id)
        day.does("undo_placement", who, undo_placement, public_id=str(one.public_id))


def limits_passed(day: Day) -> list[str]:
    """Who has more than their limit although nobody said so: in words, for a log, or before it."""
    today = local_day(day.at)
    with everywhere(because="the test looks", at=day.at):
        over = Booking.objects.filter(day=today).exclude(limit_override=None)
        excused = set(over.values_list("clinician_id", flat=True))
        loads = list(DayLoad.objects.filter(day=today).select_related("clinician__user"))
        limits = limits_on([load.clinician_id for load in loads], on=today)
    return [
        f"past the limit without a word: {load.clinician.user.username}"
        for load in loads
        if load.clinician_id not in excused
        and load.held + load.booked
        > max(limits[load.clinician_id].effective.points, day.lowered.get(load.clinician_id, 0))
    ]


PLANNER_ACTS: Acts = {
    lower: (1, "lower"),
    choose: (1, "untold safe"),
    plan: (3, "plan look proposed placed stale moved_untold"),
    decide: (4, "accept accept_some decline"),
    take_back: (3, "undo_proposal undo_run undo_decline"),
    unplace: (1, "undo_placement"),
}
