"""Whole days of people doing whatever people do: whoever contacted us ends in an owned outcome."""

from collections import Counter
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection, transaction

from practices import clock
from practices.clock import local_day, on
from practices.doors import everywhere
from tests.cases import SPOKE
from tests.conftest import MONDAY
from tests.invariants import broken
from tests.mischief.clinic_acts import CLINIC_ACTS, LATE_ACTS
from tests.mischief.day import Contact, Day
from tests.mischief.desk_acts import DESK_ACTS, walk_up
from tests.mischief.watching import faults
from triage import actions
from triage.models import Case
from triage.queries import all_clear, planned_day, queue_rows
from triage.rules.codes import Need, Outcome
from triage.rules.second_looks import Again

pytestmark = pytest.mark.long
SEEDS = (1, 2, 3, 4)
MANY = range(5, 45)
ACTS, EVERY = 180, 8
EVENING, NIGHT = on(local_day(MONDAY), 17), on(local_day(MONDAY), 22)
EARLY = DESK_ACTS | CLINIC_ACTS
LATE = EARLY | LATE_ACTS
WANTED = (
    "ask ask_elsewhere call_again ask_stranger ask_walk_up hold book cancel cancel_own move arrive"
    " attend miss take_task put_back_task finish_task to_clinician raise next claim claim_ran_out"
    " release offer accept_offer end_offer hand_back accept_back refuse_back no_answer give_up sign"
    " close close_owing undo accept_owed reopen look_again keep_booking gone_home rehome list_back"
    " supervisor_leaves supervisor_back shut_hub open_hub"
)


@pytest.fixture
def begun(db, monkeypatch):
    """A day of this seed at eight in the morning; the application's clock is the day's."""

    def beginning(seed: int) -> Day:
        day = Day(seed, local_day(MONDAY))
        monkeypatch.setattr(clock, "now", lambda: day.at)
        return day

    return beginning


def lived(day: Day, acts: int = ACTS) -> Day:
    """The day as its seed lives it until night, watched all the time."""
    for number in range(acts):
        if day.at >= NIGHT:
            break
        weights, tried = LATE if day.at >= EVENING else EARLY, day.tried
        while day.tried == tried:
            act = day.rng.choices(list(weights), list(weights.values()))[0]
            act(day)
        day.goes_on(day.rng.randint(1, 5))
        if number % EVERY == 0:
            assert faults(day) == [], (number, act.__name__, day.at)
    day.beats()
    return day


def all_is_well(day: Day) -> None:
    assert faults(day) == []
    assert broken(at=day.at) == []
    with everywhere(because="the test looks", at=day.at):
        asked = {one.reference for one in day.contacts}
        assert asked == set(Case.objects.values_list("reference", flat=True))
        assert len(set(Case.objects.values_list("practice", flat=True))) == 2


def test_nobody_is_lost_on_days_of_mischief(begun):
    """Every act is got done on some of these days, so that none of them is watched for nothing."""
    done: Counter[str] = Counter()
    for seed in SEEDS:
        with undone():
            day = begun(seed)
            all_is_well(lived(day))
            done.update(day.done)

    assert {act: done[act] for act in WANTED.split() if not done[act]} == {}


@pytest.mark.soak
@pytest.mark.parametrize("seed", MANY)
def test_nobody_is_lost_on_many_days(begun, seed):
    all_is_well(lived(begun(seed)))


@contextmanager
def undone():
    """What is done inside is gone after it."""
    connection.check_constraints()
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)


def owner_does(statements: str) -> None:
    """The schema's owner, whom nothing binds, does what no page, task or program can."""
    with connection.cursor() as cursor:
        cursor.execute(f"RESET ROLE; SET CONSTRAINTS ALL IMMEDIATE; {statements}")
        cursor.execute(f"SET ROLE {settings.DATABASES['default']['OPTIONS']['assume_role']}")


def seen(day: Day) -> set[str]:
    return {fault.partition(":")[0] for fault in faults(day)}


UNGUARDED = "ALTER TABLE {} DISABLE TRIGGER USER; {}".format
OTHER = "(SELECT max(practice_id) FROM triage_case)"
CLOSED_TO_NONE = "ALTER TABLE {} DISABLE ROW LEVEL SECURITY"
WAYS_TO_BE_LOST = {
    "what they said is gone": "UPDATE triage_note SET text = ''",
    "a practice sees other cases than its own": CLOSED_TO_NONE.format("triage_case"),
    "a practice sees other patients than its own": CLOSED_TO_NONE.format("practices_patient"),
    "the hub sees people nobody sent to it": CLOSED_TO_NONE.format("practices_patient"),
    "paperwork the hub sees": CLOSED_TO_NONE.format("triage_case"),
    "owed on nobody's list": "DELETE FROM triage_handover",
    "looked at again by nobody": "UPDATE triage_secondlook SET owner_id ="
    " (SELECT id FROM practices_user WHERE username = 'manager')",
    "sent home from the hub and rung by nobody": "UPDATE hubs_walkup SET answered_at = at",
    "at a practice that is not the patient's": f"UPDATE triage_case SET practice_id = {OTHER}",
    "at a hub that does not serve the practice": "DELETE FROM hubs_agreement",
    "closed by nobody": UNGUARDED("triage_caseoutcome", "DELETE FROM triage_caseoutcome"),
    "open and never due": "UPDATE triage_case SET due_at = submitted_at",
    "booked nowhere": "UPDATE appointments_booking SET state = 'cancelled'",
    "not on All clear": "UPDATE triage_case SET closed_at = closed_at - interval '2 days',"
    " submitted_at = submitted_at - interval '2 days'",
    "done on All clear by nobody": UNGUARDED(
        "triage_caseoutcome", "UPDATE triage_caseoutcome SET by_id = NULL"
    ),
    "booked with nobody": f"UPDATE appointments_booking SET practice_id = {OTHER}",
    "owned by nobody": "UPDATE practices_organisation SET name = ''",
    "expected at no front desk": "UPDATE appointments_booking SET day = day - 1",
    "not among the practice's tasks": f"UPDATE practices_patient SET practice_id = {OTHER}",
    "not in the hub's queue": "DELETE FROM practices_disclosure",
    "handed back to nobody": UNGUARDED(
        "triage_casestep", "UPDATE triage_casestep SET step = 'claim' WHERE step = 'hand_back'"
    ),
    "not on the list of who has it": "UPDATE triage_case SET claimed_by_id ="
    " (SELECT id FROM practices_clinician WHERE home_id <> triage_case.practice_id"
    " AND home_id IN (SELECT organisation_id FROM practices_practice) ORDER BY id LIMIT 1)"
    " WHERE state = 'claimed'",
    "urgent and called for nowhere": f"UPDATE practices_patient SET practice_id = {OTHER}",
}


def with_one_of_each(day: Day) -> None:
    """An emergency, paperwork, a case in hand, a test ordered and a hand-back, all of Oak."""
    asked = {"act": "ask", "who": "receptionist", "red_flags_asked": True}
    patients = day.world.patients
    day.asked(patient=patients["zoe"], need=Need.EYE, red_flags=("heart_attack",), **asked)
    day.asked(patient=patients["child"], need=Need.ADMIN, **asked)
    walk_up(day)
    tested = actions.OutcomeWish(
        Outcome.TEST_ORDERED,
        safety_net="Ring if worse",
        record_viewed="summary",
        contact=SPOKE,
        again=Again.WEEK,
    )
    for need in (Need.SKIN_RASH, Need.EAR_PAIN, Need.WOUND_INJURY):
        case = day.asked(patient=patients["tam"], need=need, **asked)
        wish = {"reference": case.reference}
        day.does("claim", "hub_gp", actions.claim, **wish)
        if need is Need.EAR_PAIN:
            day.does("close", "hub_gp", actions.close, wish=tested, **wish)
        if need is Need.WOUND_INJURY:
            day.does("hand_back", "hub_gp", actions.hand_back, reason="Theirs", **wish)


def test_control_each_way_to_be_lost_is_seen(begun, monkeypatch):
    day = lived(begun(1), acts=50)
    with_one_of_each(day)
    assert faults(day) == []

    for why, statements in WAYS_TO_BE_LOST.items():
        with undone():
            owner_does(statements)
            assert why in seen(day)
    monkeypatch.setattr(all_clear, "loose_end", lambda *_, **__: None)
    assert "due today and quiet on All clear" in seen(day)
    monkeypatch.setattr(queue_rows, "_holder", lambda *_, **__: None)
    assert "shown with somebody who does not have it" in seen(day)
    with undone():
        owner_does(
            "UPDATE triage_case SET state = 'closed', closed_at = due_at WHERE state = 'booked'"
        )
        day.at = NIGHT
        assert "over and asked about nowhere" not in seen(day)
        monkeypatch.setattr(planned_day, "UNSETTLED", ())
        assert "over and asked about nowhere" in seen(day)
    day.contacts.append(Contact("HR-NONE", day.patients[0].pk, "Help"))
    assert "no case of theirs" in seen(day)
