"""Whether everybody who contacted us ends in an owned outcome, as the people in charge see it.

What is expected is worked out from the rows; whether it is so is read from the pages, each as the
person who opens it.
"""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from appointments.models import Booking
from hubs.models import Agreement
from practices.clock import local_day
from practices.doors import everywhere, opened
from practices.models import Patient
from practices.rules.london import midnight
from tests.mischief.day import Day
from tests.mischief.pages import EVERY, Hub, Practice, hub_now, practice_now
from tests.mischief.planner_acts import limits_passed
from tests.mischief.told import told_faults
from triage.models import Case, CaseOutcome, CaseStep, Note, SecondLook
from triage.presenters.reception import who_has
from triage.queries.arrivals import arrivals
from triage.queries.ends import standing
from triage.queries.handovers import owed_after, owed_by_hub
from triage.queries.second_looks import second_looks
from triage.queries.worklist import Filters, worklist
from triage.rules.closing import TAKEN_OVER
from triage.rules.handovers import OWED, TO_SERVICE
from triage.rules.lanes import Lane
from triage.rules.states import State, Step

LIVE = frozenset({"booked", "arrived", "attended"})
# P4: the last class that may not wait for another day.
TODAY = 4


def faults(day: Day) -> list[str]:
    """Why somebody is lost, between two practices or within one, each with whom."""
    with everywhere(because="the test looks", at=day.at):
        found = Case.objects.select_related(
            "patient",
            "booking__clinician__user",
            "booking__slot",
            "claimed_by__user",
            "taken_by",
            "hub__organisation",
            "practice__organisation",
        )
        cases = list(found.order_by("pk"))
        ended = dict(standing().order_by("pk").values_list("case_id", "by_id"))
        serves = set(Agreement.objects.values_list("practice_id", "provider_id"))
    practices = {one.pk: practice_now(day, one.pk) for one in (day.world.oak, day.world.elm)}
    hub = hub_now(day)
    lost = [
        *day.unlike,
        *told_faults(day),
        *limits_passed(day),
        *_unwritten(day, cases),
        *_leaks(day, cases, practices, hub),
        *_owed(day, practices),
        *_promised(day, practices),
    ]
    for case in cases:
        ours = practices[case.practice_id]
        whys = [
            *_homeless(case, ended, serves),
            *_unowned(case, ours, day),
            *_unseen(case, ours, hub, day),
        ]
        lost += [f"{why}: {case.reference}" for why in whys]
    return lost


def _unwritten(day: Day, cases: list[Case]) -> Iterator[str]:
    """Who asked has a case of their own, and what they said stands in it word for word."""
    by_reference = {case.reference: case for case in cases}
    with everywhere(because="the test looks", at=day.at):
        said = set(Note.objects.values_list("case__reference", "text"))
    for one in day.contacts:
        case = by_reference.get(one.reference)
        if case is None or case.patient_id != one.patient_id:
            yield f"no case of theirs: {one.reference}"
        elif (one.reference, one.words) not in said:
            yield f"what they said is gone: {one.reference}"


def _leaks(day: Day, cases: list[Case], practices: dict[int, Practice], hub: Hub) -> Iterator[str]:
    """Each practice sees its own people and no others; the hub those who were sent to it."""
    with everywhere(because="the test looks", at=day.at):
        lists = set(Patient.objects.values_list("practice_id", "pk"))
        sent = set(CaseStep.objects.values_list("case_id", flat=True).filter(case__lane="hub"))
    for practice_id, seen in practices.items():
        own = {case.reference for case in cases if case.patient.practice_id == practice_id}
        if seen.cases != own:
            yield f"a practice sees other cases than its own: {sorted(seen.cases ^ own)}"
        if seen.patients != {pk for at, pk in lists if at == practice_id}:
            yield "a practice sees other patients than its own"
    clinical = {case.patient_id for case in cases if case.pk in sent}
    if not hub.patients <= clinical:
        yield f"the hub sees people nobody sent to it: {hub.patients - clinical}"


def _owed(day: Day, practices: dict[int, Practice]) -> Iterator[str]:
    """What an end leaves to do is on the practice's lists and on the sheet of who owes it.

    What the hub owns is on the hub's own list too: who opened it may have gone home.
    """
    hub = day.world.hub
    with opened(day.by("supervisor").reach, at=day.at):
        hubs = {(row.reference, row.what) for row in owed_by_hub(hub.pk)}
    for (reference, what), end in _standing_debts(day).items():
        ours = practices[end.case.practice_id]
        owners = {(row.reference, row.what): row.owner for row in ours.clear.owed}
        on_duty = {(row.reference, row.what) for row in ours.duty.owed}
        if end.by_id is None:
            continue
        with opened(day.by(day.named[end.by_id]).reach, at=day.at):
            mine = {(row.reference, row.what) for row in owed_after(end.by_id)}
        if not owners.get((reference, what)) or (reference, what) not in on_duty & mine:
            yield f"owed on nobody's list: {reference}"
        if owners.get((reference, what)) == hub.organisation.name and (reference, what) not in hubs:
            yield f"owed by the hub, and not on its list: {reference}"


def _standing_debts(day: Day) -> dict[tuple[str, str], CaseOutcome]:
    """By case and what: the end that left it first, since somebody accepted it last."""
    with everywhere(because="the test looks", at=day.at):
        ends = standing().filter(code__in=OWED).select_related("case", "note")
        lines = [(end.step_id, end.case.reference, end.code, end) for end in ends]
        steps = CaseStep.objects.filter(step=Step.ACCEPT_HANDOVER).select_related("case")
        lines += [(step.pk, step.case.reference, step.code, None) for step in steps]
    debts: dict[tuple[str, str], CaseOutcome] = {}
    for _, reference, what, end in sorted(lines, key=lambda line: line[0]):
        if end is None or _is_taken(end):
            debts.pop((reference, what), None)
        else:
            debts.setdefault((reference, what), end)
    return debts


def _is_taken(end: CaseOutcome) -> bool:
    """Whether the other service took over in the call itself."""
    return end.code in TO_SERVICE and end.note.text.startswith(TAKEN_OVER)


def _promised(day: Day, practices: dict[int, Practice]) -> Iterator[str]:
    """Who is looked at again has somebody who does; who was sent home from the hub is rung."""
    with everywhere(because="the test looks", at=day.at):
        looks = list(SecondLook.objects.filter(settled_at=None).select_related("case"))
    for look in (one for one in looks if one.case.state != State.BOOKED):
        with opened(day.by(day.named[look.owner_id]).reach, at=day.at):
            listed = {row.row.reference for row in second_looks(at=day.at)}
        if look.case.reference not in listed:
            yield f"looked at again by nobody: {look.case.reference}"
    yield from _asked_about(day, practices)
    rung = {
        (str(row.public_id), at) for at, one in practices.items() for row in one.clear.still.to_call
    }
    if rung != set(day.walk_ups.items()):
        yield "sent home from the hub and rung by nobody"


def _asked_about(day: Day, practices: dict[int, Practice]) -> Iterator[str]:
    """What is over, and left behind by its case, is asked about on All clear."""
    stands = Case.objects.filter(booking=OuterRef("pk")).exclude(state=State.CLOSED)
    over = {"state__in": ("booked", "arrived"), "ends_at__lte": day.at, "day": local_day(day.at)}
    with everywhere(because="the test looks", at=day.at):
        # Who has arrived for what was planned ahead is with the clinician.
        found = Booking.objects.filter(~Exists(stands), **over)
        left = list(found.exclude(case_ref="", state="arrived"))
    for one in left:
        planned = practices[one.practice_id].clear.planned
        loose = {(row.patient_id, row.starts_at) for row in planned if row.is_loose}
        if (one.patient_id, one.starts_at) not in loose:
            yield f"over and asked about nowhere: {one.case_ref}"


def _homeless(case: Case, ended: dict[int, int], serves: set[tuple[int, int]]) -> Iterator[str]:
    """Whose the case is, and where it ended."""
    if case.practice_id != case.patient.practice_id:
        yield "at a practice that is not the patient's"
    if (case.practice_id, case.hub_id) not in serves:
        yield "at a hub that does not serve the practice"
    if case.state == State.CLOSED and ended.get(case.pk) is None:
        yield "closed by nobody"
    if case.state != State.CLOSED and case.due_at <= case.submitted_at:
        yield "open and never due"
    booking, is_booked = case.booking, case.state == State.BOOKED
    if is_booked and (booking.case_ref, booking.state in LIVE) != (case.reference, True):
        yield "booked nowhere"


def _unowned(case: Case, ours: Practice, day: Day) -> Iterator[str]:
    """Who has the case, as its own practice reads it on All clear; nothing is quiet that is due."""
    line = ours.lines.get(case.reference)
    if line is None:
        yield "not on All clear"
        return
    if case.state == State.CLOSED:
        if line.ending is None or not line.ending.by:
            yield "done on All clear by nobody"
        return
    if case.state == State.BOOKED:
        place, booking = line.place, case.booking
        named = booking.clinician.user.name
        if place is None or (place.clinician, place.is_at_hub) != (named, bool(booking.hub_id)):
            yield "booked with nobody"
        return
    owner = _owner(case, day)
    if not owner or owner not in who_has(line.row):
        yield "owned by nobody"
    if line.loose is None and case.due_at < midnight(local_day(day.at) + timedelta(days=1)):
        yield "due today and quiet on All clear"


def _owner(case: Case, day: Day) -> str:
    """Who answers for an open case that is not booked."""
    if _is_held(case, day):
        return case.claimed_by.user.name
    if case.lane == Lane.PRACTICE:
        return (case.taken_by and case.taken_by.name) or case.practice.organisation.name
    return case.hub.organisation.name


def _is_held(case: Case, day: Day) -> bool:
    return case.state == State.CLAIMED and case.lease_until > day.at


def _unseen(case: Case, ours: Practice, hub: Hub, day: Day) -> Iterator[str]:
    """Whether whoever owns the case has it on a list they look at."""
    reference = case.reference
    if case.state == State.BOOKED:
        if case.booking.public_id not in _expected(case, day):
            yield "expected at no front desk"
    elif case.lane == Lane.PRACTICE:
        if reference in hub.cases:
            yield "paperwork the hub sees"
        if case.state != State.CLOSED and reference not in ours.tasks:
            yield "not among the practice's tasks"
    elif case.state != State.CLOSED:
        yield from _unqueued(case, ours, hub, day)


def _unqueued(case: Case, ours: Practice, hub: Hub, day: Day) -> Iterator[str]:
    """A clinical case is in the queue for everybody, and with whoever has it or is called."""
    reference, row = case.reference, hub.queue.get(case.reference)
    if row is None:
        yield "not in the hub's queue"
    elif (row.holder is not None) != _is_held(case, day):
        yield "shown with somebody who does not have it"
    if case.state == State.HANDED_BACK and reference not in ours.back & hub.back:
        yield "handed back to nobody"
    if _is_held(case, day):
        by = day.by(day.named[case.claimed_by.user_id])
        mine = Filters(claimed_by=by.clinician_id)
        with opened(by.reach, at=day.at):
            listed = worklist(at=day.at, filters=mine, most=EVERY).rows
        if reference not in {one.reference for one in listed}:
            yield "not on the list of who has it"
    elif _cannot_wait(case, hub, day) and reference not in ours.called:
        yield "urgent and called for nowhere"


def _cannot_wait(case: Case, hub: Hub, day: Day) -> bool:
    """An emergency, or of today and late, or left to a hub that reads nothing now."""
    is_left = hub.is_shut or case.due_at <= day.at
    return case.urgency <= TODAY and (is_left or not case.urgency)


def _expected(case: Case, day: Day) -> set[UUID]:
    """The appointments on the front desk's page of the day, where the patient goes."""
    booking = case.booking
    house = booking.hub_id or booking.slot.practice_id
    desk = "hub_desk" if booking.hub_id else day.desk(house)
    at = max(day.at, booking.starts_at)
    with opened(day.by(desk).reach, at=at):
        rows = arrivals(house=house, practices=(), at=at).expected
    return {row.public_id for row in rows}
