"""Words that may mean a red flag are read within five minutes, or everybody is told that not."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, perform
from practices.models import AuditEntry, OutboxItem
from practices.rules.refusals import Forbidden
from practices.tasks import sweep_outbox
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from triage import actions
from triage.actions import reading_words
from triage.actions.reading_words import read_words
from triage.models import Case, CaseStep
from triage.rules.codes import Need, Urgency
from triage.tasks import call_unread, escalate

__all__ = ["at_desk", "clock"]
FIVE = timedelta(minutes=5)
LATE = "Nobody has read the words of a P1 request of Oak Surgery"
CHEST = "Cough, and some chest pain"


@pytest.fixture
def case(world, acting, now):
    """Nobody ticked anything, but the words speak of the chest."""
    return submitted(world, acting, "zoe", Need.OTHER, at=now, words=CHEST, red_flags_asked=True)


def calls_of(case, at):
    with everywhere(because="the test looks", at=at):
        found = CaseStep.objects.filter(case=case, step="call_for_help", code="unread")
        lines = AuditEntry.objects.filter(verb="case.call_for_help", facts__code="unread")
        return found.count(), lines.count()


def due_of(case, at):
    with everywhere(because="the test looks", at=at):
        return Case.objects.get(pk=case.pk).read_due_at


def test_the_words_have_a_due_time_and_other_words_have_none(world, acting, case, now):
    other = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now, words="since Friday")

    assert (case.read_due_at, other.read_due_at) == (now + FIVE, None)


def test_the_outbox_calls_at_the_minute_and_no_sooner(case, now, clock):
    clock(now + FIVE - timedelta(seconds=1))
    sweep_outbox()
    early = calls_of(case, now)
    clock(now + FIVE)
    sweep_outbox()

    assert (early, calls_of(case, now)) == ((0, 0), (1, 1))


def test_nobody_is_called_twice_however_often_anything_runs(case, now, clock):
    clock(now + FIVE)
    sweep_outbox()
    clock(now + 2 * FIVE)
    sweep_outbox()
    escalate()
    escalate()
    call_unread(reference=case.reference)

    assert calls_of(case, now) == (1, 1)


def test_control_without_looking_back_each_sweep_would_call(case, now, clock, monkeypatch):
    monkeypatch.setattr(reading_words, "_is_called", lambda case: False)
    clock(now + FIVE)

    sweep_outbox()
    escalate()

    assert calls_of(case, now) == (2, 2)


def test_the_minute_sweep_finds_what_the_outbox_lost(case, now, clock):
    with everywhere(because="the promise is lost", at=now):
        lost, _ = OutboxItem.objects.filter(task="triage.tasks.call_unread").delete()
    clock(now + FIVE)

    called = escalate()

    assert (lost, called, calls_of(case, now)) == (1, 1, (1, 1))


def test_words_that_were_read_call_nobody(world, acting, case, now, clock):
    clinician = acting(world, "clinician")
    for _ in range(2):
        perform(read_words, by=clinician, at=now, reference=case.reference)
    clock(now + FIVE)

    sweep_outbox()

    assert calls_of(case, now) == (0, 0)
    with everywhere(because="the test looks", at=now):
        assert CaseStep.objects.get(step="read_words").by_id == clinician.user_id
        assert AuditEntry.objects.filter(verb="case.read_words").count() == 1


def test_who_signs_the_class_has_read_them_and_undoing_gives_the_time_back(
    world, acting, case, now
):
    wish = {"reference": case.reference, "by": acting(world, "clinician"), "at": now}
    signed = perform(actions.change_class, urgency=Urgency.P4, reason="Called: a strain", **wish)
    nothing = signed.read_due_at
    undone = perform(actions.undo_step, version=signed.version, **wish)

    assert (nothing, undone.read_due_at) == (None, now + FIVE)


def test_somebody_has_it_so_nobody_is_called_until_the_lease_ends(world, acting, case, now, clock):
    perform(actions.claim, by=acting(world, "clinician"), at=now, reference=case.reference)
    clock(now + FIVE)
    sweep_outbox()
    had = calls_of(case, now)
    clock(now + actions.LEASE)
    escalate()

    assert (had, calls_of(case, now)) == ((0, 0), (1, 1))


def test_calling_again_gives_nobody_more_time(world, acting, case, now):
    later = now + timedelta(minutes=3)
    submitted(world, acting, "zoe", Need.OTHER, at=later, words="Still chest pain")
    kept = due_of(case, later)
    perform(read_words, by=acting(world, "clinician"), at=later, reference=case.reference)
    submitted(world, acting, "zoe", Need.OTHER, at=now + FIVE, words="Chest tightness now")

    assert (kept, due_of(case, later)) == (now + FIVE, now + 2 * FIVE)


def test_words_a_desk_raises_with_are_scanned_and_only_raise(world, acting, now):
    case = submitted(world, acting, "ellen", Need.FOLLOW_UP, at=now)
    wish = {"reference": case.reference, "at": now, "urgency": Urgency.P3}
    desk = acting(world, "receptionist_elm")
    plain = perform(actions.change_class, by=desk, reason="Sounds ill", **wish)
    before = (plain.urgency, plain.read_due_at)
    heard = perform(actions.change_class, by=desk, reason="Now has chest pain", **wish)

    assert before == (3, None)
    assert (heard.urgency, heard.scan_hits, heard.read_due_at) == (1, ["heart_attack"], now + FIVE)
    with everywhere(because="the test looks", at=now):
        assert OutboxItem.objects.filter(task="triage.tasks.call_unread").count() == 1


def test_a_desk_cannot_say_that_it_read_them(world, acting, case, now):
    with pytest.raises(Forbidden, match="Only a clinician"):
        perform(read_words, by=acting(world, "receptionist"), at=now, reference=case.reference)
    assert due_of(case, now) == now + FIVE


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("clinician", "/triage/queue/"),
        ("supervisor", "/triage/supervising/"),
        ("duty", "/triage/duty/"),
    ],
)
def test_late_words_stand_above_every_clinicians_page_until_read(case, at_desk, now, name, start):
    early = text_of(at_desk(name).get(start))
    late = text_of(at_desk(name, now + FIVE).get(start))
    at_desk("clinician", now + FIVE).post(f"/triage/cases/{case.reference}/read/")
    after = text_of(at_desk(name, now + FIVE).get(start))

    assert LATE not in early
    assert f"{LATE}</span>, to be read by 9:35am" in late
    assert LATE not in after


def test_the_queue_and_the_duty_page_say_by_when(case, at_desk, now):
    queue = text_of(at_desk("clinician").get("/triage/queue/"))
    duty = text_of(at_desk("duty").get("/triage/duty/"))
    late = text_of(at_desk("duty", now + FIVE).get("/triage/duty/"))
    at_desk("duty").post(f"/triage/cases/{case.reference}/read/")
    after = text_of(at_desk("duty").get("/triage/duty/"))

    assert "Read the words by 9:35am" in queue
    assert "Words to read now (1)" in duty
    assert "Read the words by 9:35am" in duty
    assert "Words not read: it was to be by 9:35am" in late
    assert "Words to read now" not in after


def test_the_case_page_says_who_read_them(case, at_desk):
    browser = at_desk("clinician")
    before = text_of(browser.get(f"/triage/cases/{case.reference}/"))

    after = text_of(browser.post(f"/triage/cases/{case.reference}/read/", follow=True))

    assert "Read these words now, by 9:35am" in before
    assert "I have read these words" in before
    assert "Read by Clinician at 9:30am." in after
    assert "Read these words now" not in after
    assert "I have read these words" not in after


def test_the_desk_is_told_the_truth_about_who_reads(case, at_desk, now):
    def page(at):
        return text_of(at_desk("receptionist", at).get(f"/triage/desk/{case.reference}/"))

    early, late = page(now), page(now + FIVE)
    at_desk("clinician").post(f"/triage/cases/{case.reference}/read/")

    assert "A clinician reads these words by 9:35am." in early
    assert "No clinician has read these words in time, and help is called for." in late
    assert "Read by Clinician at 9:30am." in page(now)
