"""The practice's own tasks: who sees them, who has them, and how they end."""

from datetime import timedelta

import pytest
from django.test import Client

from practices import clock
from practices.doors import everywhere, opened, perform
from practices.models import AuditEntry, Disclosure, Message, OutboxItem
from practices.rules.message_words import News, words_of
from practices.rules.refusals import Refused
from tests.cases import submitted
from triage import actions
from triage.actions.claiming import take_next
from triage.actions.flagging import tick_flag
from triage.actions.paperwork import finish_task, take_task
from triage.models import Case
from triage.queries.worklist import worklist
from triage.rules.codes import Need, Urgency
from triage.rules.lanes import OURS

NOTE = "Fit note for two weeks, sent to the patient"


@pytest.fixture
def desk(world, now, monkeypatch):
    """A signed-in receptionist of Oak Surgery."""
    monkeypatch.setattr(clock, "now", lambda: now)
    client = Client()
    client.force_login(world.users["receptionist"])
    return client


@pytest.fixture
def task(world, acting, now):
    return submitted(world, acting, "zoe", Need.ADMIN, at=now, words="Sick note from Friday")


def read(case, now):
    with everywhere(because="the test looks", at=now):
        return Case.objects.get(pk=case.pk)


def seen_by(world, acting, name, now):
    """The references this person's database shows at all, and those on their queue."""
    with opened(acting(world, name).reach, at=now):
        there = set(Case.objects.values_list("reference", flat=True))
        return there, {row.reference for row in worklist(at=now).rows}


def test_the_hub_never_sees_the_practice_s_paperwork(world, acting, task, now):
    clinical = submitted(world, acting, "tam", Need.SORE_THROAT, at=now)

    hub, queue = seen_by(world, acting, "clinician", now)
    ours, _ = seen_by(world, acting, "receptionist", now)

    assert (hub, queue) == ({clinical.reference}, {clinical.reference})
    assert ours == {clinical.reference, task.reference}
    with everywhere(because="the test looks", at=now):
        assert set(Disclosure.objects.values_list("because", flat=True)) == {clinical.reference}


def test_nobody_is_handed_paperwork_as_their_next(world, acting, task, now):
    for name in ("clinician", "gp_oak"):
        by = acting(world, name)
        assert perform(take_next, by=by, at=now, hub_id=world.hub.pk) is None


def test_the_desk_is_told_who_answers_and_by_when(desk, world, now):
    address = f"/triage/patients/{world.patients['zoe'].public_id}/new/"
    said = {"none_said": "on", "need": "admin", "words": "Copy of a letter", "channel": "phone"}

    answer = desk.post(address, said | {"once": "p1"})

    assert answer["Location"].endswith("?just=ours")
    page = desk.get(answer["Location"]).content.decode()
    assert "Our team at Oak Surgery deals with this and answers by 6:30pm tomorrow" in page
    assert "Oak Surgery, practice tasks" in page
    assert "Find a place</a>" not in page


def test_a_task_is_taken_done_with_a_note_and_told(desk, world, acting, task, now):
    listed = desk.get("/triage/tasks/").content.decode()
    desk.post(f"/triage/tasks/{task.reference}/take/", {"put": "mine"})
    mine = desk.get("/triage/tasks/").content.decode()
    blank = desk.post(f"/triage/tasks/{task.reference}/end/", {"end": "done", "note": " . "})
    done = desk.post(
        f"/triage/tasks/{task.reference}/end/", {"end": "done", "note": NOTE, "once": "t1"}
    )

    assert "you have 0, nobody has 1" in listed
    assert "Sick note from Friday" in listed
    assert "Receptionist, since" in mine
    assert blank.content.decode().count("Enter what you did") >= 1
    assert done["Location"] == "/triage/tasks/"
    assert "Nothing is left to do." in desk.get("/triage/tasks/").content.decode()
    with everywhere(because="the test looks", at=now):
        assert (read(task, now).state, task.outcomes.get().note.text) == ("closed", NOTE)
        assert "closed" in set(Message.objects.values_list("kind", flat=True))
        assert AuditEntry.objects.filter(verb="case.take").exists()


def test_a_colleague_s_task_is_not_taken_but_may_be_put_back(desk, world, acting, task, now):
    by = acting(world, "practice_manager")
    perform(take_task, by=by, at=now, reference=task.reference)

    refused = desk.post(f"/triage/tasks/{task.reference}/take/", {"put": "mine"})
    desk.post(f"/triage/tasks/{task.reference}/take/", {"put": "back"})

    assert "A colleague took this a moment ago." in refused.content.decode()
    assert read(task, now).taken_by_id is None


def test_what_is_none_goes_to_a_clinician_with_the_reason(desk, world, acting, task, now):
    desk.post(f"/triage/tasks/{task.reference}/take/", {"put": "mine"})
    body = {"end": "clinician", "note": "Sounds breathless", "once": "t2"}
    desk.post(f"/triage/tasks/{task.reference}/end/", body)

    hub, queue = seen_by(world, acting, "clinician", now)
    assert (hub, queue) == ({task.reference}, {task.reference})
    assert read(task, now).taken_by_id is None
    with everywhere(because="the test looks", at=now):
        assert Disclosure.objects.get().because == task.reference


def test_a_reason_that_may_mean_a_red_flag_is_read_within_five_minutes(
    desk, world, acting, task, now
):
    body = {"end": "clinician", "note": "Says chest pain, arm numb", "once": "t3"}

    answer = desk.post(f"/triage/tasks/{task.reference}/end/", body)

    case = read(task, now)
    assert (case.urgency, case.urgency_status, "heart_attack" in case.scan_hits) == (
        1,
        "provisional",
        True,
    )
    assert case.read_due_at == now + timedelta(minutes=5)
    assert case.due_at < task.due_at
    with everywhere(because="the test looks", at=now):
        (promised,) = OutboxItem.objects.filter(task="triage.tasks.call_unread")
    assert promised.payload["reference"] == task.reference
    assert answer["Location"] == f"/triage/desk/{task.reference}/"
    assert "Ask again now: their words may mean a red flag" in (
        desk.get(answer["Location"]).content.decode()
    )


def test_an_ordinary_reason_raises_nothing(desk, world, acting, task, now):
    body = {"end": "clinician", "note": "Wants to talk about the dose", "once": "t4"}

    answer = desk.post(f"/triage/tasks/{task.reference}/end/", body)

    case = read(task, now)
    assert answer["Location"] == "/triage/tasks/"
    assert (case.urgency, case.scan_hits, case.read_due_at) == (6, [], None)
    assert case.due_at == task.due_at


def test_a_clinician_takes_paperwork_among_the_tasks_alone(world, acting, task, now):
    """Else the desk lists a task with which it cannot go on."""
    doctor, gp = acting(world, "gp_oak"), Client()
    gp.force_login(world.users["gp_oak"])

    shown = gp.get(f"/triage/cases/{task.reference}/").content.decode()
    with pytest.raises(Refused, match="Practice tasks"):
        perform(actions.claim, by=doctor, at=now, reference=task.reference)
    taken = perform(take_task, by=doctor, at=now, reference=task.reference)

    assert (OURS in shown, "Take this case" in shown) == (True, False)
    assert (taken.state, taken.taken_by_id) == ("waiting", world.users["gp_oak"].pk)


def test_a_task_that_has_an_appointment_is_no_task_meanwhile(desk, world, acting, task, now):
    slot = world.slots("gp_oak")[-1]
    signed = {"reference": task.reference, "urgency": Urgency.P6, "reason": "to be seen"}
    perform(actions.change_class, by=acting(world, "gp_oak"), at=now, **signed)
    booked = {"reference": task.reference, "slot_id": slot.pk}
    perform(actions.book, by=acting(world, "receptionist"), at=now, **booked)

    assert "Nothing is left to do." in desk.get("/triage/tasks/").content.decode()


@pytest.mark.parametrize("how", ["flag", "words", "class"])
def test_whatever_raises_paperwork_makes_it_clinical(world, acting, task, now, how):
    by = acting(world, "receptionist")
    if how == "flag":
        perform(tick_flag, by=by, at=now, reference=task.reference, code="stroke")
    elif how == "words":
        submitted(world, acting, "zoe", Need.ADMIN, at=now, words="I am out of insulin")
    else:
        wish = {"reference": task.reference, "urgency": Urgency.P4, "reason": "ill"}
        perform(actions.change_class, by=by, at=now, **wish)

    hub, _ = seen_by(world, acting, "clinician", now)
    assert hub == {task.reference}


def test_easy_words_asked_for_with_the_task_are_kept_at_its_end(world, acting, task, now):
    with everywhere(because="the test's set-up", at=now):
        Case.objects.update(access_needs=["easy_read"])

    by = acting(world, "receptionist")
    perform(finish_task, by=by, at=now, reference=task.reference, note=NOTE)

    with everywhere(because="the test looks", at=now):
        said = Message.objects.get(kind="closed").body
    assert (
        said
        == words_of(News("closed"), case=task.reference, at=now, is_easy_read=True)
        != words_of(News("closed"), case=task.reference, at=now, is_easy_read=False)
    )
