"""Each way to lose somebody is seen by the watch over the days of mischief: planted one by one."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection

from appointments.models import Booking, Slot
from practices import tasks
from practices.actions import delivery
from practices.doors import everywhere
from tests.actions.test_days_of_mischief import NIGHT, lived
from tests.cases import SPOKE
from tests.mischief import slips
from tests.mischief.day import Contact, Day
from tests.mischief.desk_acts import walk_up
from tests.mischief.slips import ADVICE
from tests.mischief.watching import faults
from tests.posting import Forgetful
from triage import actions
from triage.actions import planned, undoing
from triage.actions.gone_home import go_home
from triage.models import Case
from triage.queries import all_clear, planned_day, queue_rows
from triage.rules.codes import Need, Outcome, Urgency
from triage.rules.second_looks import Again

pytestmark = pytest.mark.long


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
    """An emergency, paperwork, a booking, a case in hand, a test ordered, a hand-back: all Oak."""
    asked = {"act": "ask", "who": "receptionist", "red_flags_asked": True, "said": "today"}
    patients = day.world.patients
    day.asked(patient=patients["zoe"], need=Need.EYE, red_flags=("heart_attack",), **asked)
    day.asked(patient=patients["child"], need=Need.ADMIN, **asked)
    walk_up(day)
    told(day, "zoe_namesake")
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


def test_control_each_way_to_be_lost_is_seen(begun, undone, monkeypatch):
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


WAYS_TO_BE_MISLED = {
    "carried by nobody": "UPDATE practices_outboxitem SET done_at = created_at",
    "a promise that stumbles": "UPDATE practices_outboxitem SET trouble = 'KeyError'",
    "on its way for ever": "UPDATE practices_message SET tried_at = queued_at - interval '2 hours'"
    " WHERE state = 'sending'",
    "failed, and nobody heard it": "UPDATE practices_message SET state = 'sent'"
    " WHERE state = 'failed'",
    "not arrived, and on nobody's list": "UPDATE practices_message SET to_tell_since = NULL",
    "booked, and told by nobody": "DELETE FROM practices_message WHERE kind = 'confirmed'",
    "told another time than they have": "UPDATE practices_message"
    " SET news_until = news_until + interval '10 minutes'",
    "expects a time that is no more": "UPDATE appointments_booking SET state = 'cancelled'",
    "past the limit without a word": "UPDATE appointments_dayload SET booked = 9000",
}


def told(day: Day, who: str, *, ends: bool = False) -> Case:
    """A patient of Oak with a mobile asks, and is booked or given advice."""
    asked = {"need": Need.SORE_THROAT, "red_flags_asked": True, "said": "today"}
    case = day.asked("ask", "receptionist", day.world.patients[who], **asked)
    wish = {"reference": case.reference}
    day.does("claim", "hub_gp", actions.claim, **wish)
    if ends:
        return day.does("close", "hub_gp", actions.close, wish=ADVICE, **wish)
    sign = {"urgency": Urgency.P4, "reason": "Heard the story"}
    signed = day.does("sign", "hub_gp", actions.change_class, **sign, **wish)
    wish |= {"slot_id": day.place(signed, "hub_gp"), "overflow_reason": "patient_choice"}
    day.does("book", "hub_gp", actions.book, **wish)
    return signed


def with_messages(day: Day) -> None:
    """One did not arrive, one is refused, and one is on its way without an answer."""
    day.post.fates = {"permanent-failure": 1}
    told(day, "zoe")
    day.goes_on(1)
    told(day, "zoe_namesake")
    day.post.notify.plays = ["bad_request"]
    day.goes_on(1)
    told(day, "tam")
    day.post.goes_down(day.at + timedelta(hours=3))
    day.goes_on(1)


def test_control_each_way_to_be_misled_is_seen(begun, undone):
    day = begun(1)
    with_messages(day)
    assert faults(day) == []

    for why, statements in WAYS_TO_BE_MISLED.items():
        with undone():
            owner_does(statements)
            assert why in seen(day)


def test_control_the_end_of_what_was_planned_said_by_nobody_is_seen(begun, undone):
    """Where it becomes a case its news has the case's reference, and is news of the same place."""
    day = begun(1)
    doctor = day.world.clinicians["gp_oak"].pk
    with everywhere(because="the test looks", at=day.at):
        mine = Booking.objects.filter(clinician=doctor, case_ref="").earliest("starts_at")
        to = Slot.objects.filter(clinician=doctor, day=mine.day).latest("starts_at")
    moved = {"public_id": str(mine.public_id), "to_slot_id": to.pk}
    assert day.does("move", "receptionist", planned.move_planned, **moved)
    day.goes_on(12)
    left = {"clinician_id": doctor, "from_at": day.at, "reason": "Unwell"}
    assert day.does("gone_home", "receptionist", go_home, **left)
    day.goes_on(12)
    assert faults(day) == []

    owner_does("DELETE FROM practices_message WHERE kind = 'displaced'")

    assert "expects a time that is no more" in seen(day)


LEAVES = {
    "sent of a place that nobody has": "UPDATE appointments_booking SET state = 'cancelled'",
    "sent of an end that is none": "UPDATE triage_case SET state = 'waiting'",
    "sent of a request that is over": "UPDATE triage_case SET state = 'closed',"
    " closed_at = submitted_at",
}


@pytest.mark.parametrize("why", LEAVES)
def test_control_what_was_not_so_when_it_left_is_seen(begun, why):
    day = begun(1)
    told(day, "zoe")
    told(day, "tam", ends=True)
    day.asked("ask", "receptionist", day.world.patients["zoe_namesake"], need=Need.EYE)

    owner_does(LEAVES[why])
    day.goes_on(6)

    assert why in seen(day)


def test_control_news_of_a_time_that_is_over_is_seen(begun, monkeypatch):
    day = begun(1)
    told(day, "zoe")
    day.at = NIGHT
    monkeypatch.setattr(delivery, "is_too_late", lambda *_, **__: False)

    day.post.goes_round(day.at, day.rng)

    assert "sent of a time that is over" in seen(day)


def test_control_a_text_sent_twice_is_seen(begun, hands, monkeypatch):
    day = begun(1)
    told(day, "zoe")
    forgetful = Forgetful(hands.post)
    forgetful.kills = [True]
    monkeypatch.setattr(tasks, "post_office", lambda: forgetful)

    day.goes_on(1)
    day.goes_on(1)

    assert "sent twice" in seen(day)


def test_control_an_undoing_that_gives_nothing_back_is_seen(begun, monkeypatch):
    day = begun(1)
    told(day, "zoe")
    day.goes_on(1)
    monkeypatch.setattr(undoing, "_as_before", lambda *_, **__: {})

    while not day.unlike:
        slips.sign(day)

    assert "undone and not as it was" in seen(day)
