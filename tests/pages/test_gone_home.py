"""Saying that a clinician has gone home, and reading what became of each patient."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from appointments.models import Booking
from practices import clock
from practices.clock import on
from practices.doors import everywhere
from practices.models import AuditEntry, Message, OutboxItem, Patient
from tests.full_day import overfill
from triage.models import Case, GoneHome
from triage.tasks import rehome

PAGE = "triage:gone_home"


@pytest.fixture
def desk(world, acting, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    overfill(world, acting)
    client = Client()
    client.force_login(world.users["receptionist"])
    return client


def lists(now):
    with everywhere(because="the test looks", at=now):
        return list(GoneHome.objects.order_by("pk"))


def saying(world, **said):
    yes = {"sure": "yes"}
    clinician = world.clinicians["gp_oak"].pk
    return {"clinician": clinician, "reason": "unwell", "from_at": ""} | yes | said


def test_first_the_whole_list_is_shown_and_nothing_happens(desk, world, now):
    before = OutboxItem.objects.count()

    page = desk.post(reverse(PAGE), saying(world, sure="")).content.decode()

    assert "Has Gp Oak gone home?" in page
    assert "3 would get a new appointment today" in page
    assert page.count("Would hear: By text") == 3
    assert "with Supervisor, Riverside hub" in page
    assert "Yes, Gp Oak has gone home" in page
    assert (lists(now), OutboxItem.objects.count()) == ([], before)
    with everywhere(because="the test looks", at=now):
        seen = AuditEntry.objects.get(verb="patient.viewed", facts__page="gone_home")
        assert len(seen.facts["patients"]) == 3
        assert Booking.objects.filter(state="booked").count() == 3


def test_the_page_that_asks_keeps_what_was_typed(desk, world, now):
    page = desk.post(reverse(PAGE), saying(world, sure="", reason="off <sick>", from_at="14:15"))
    asked = page.context["form"]

    desk.post(reverse(PAGE), dict(asked) | {"sure": "yes"})

    (left,) = lists(now)
    assert (left.reason, left.from_at) == ("off <sick>", on(now.date(), 14, 15))


@pytest.mark.parametrize("typed", ["2:15pm", "2.15", "14.15", "1415", "215"])
def test_a_time_is_taken_as_people_write_it(desk, world, typed):
    page = desk.post(reverse(PAGE), saying(world, sure="", from_at=typed)).content.decode()

    assert "From 2:15pm nobody can be booked with them today." in page


def test_who_cannot_be_texted_is_somebodys_to_ring(desk, world, now):
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(patient=world.patients["tam"]).update(safe_to_text=False)

    page = desk.post(reverse(PAGE), saying(world, sure="")).content.decode()

    assert "1 cannot be texted: a person has to tell them" in page
    assert "From a person on 07700 900123. The patient gets no texts" in page


def test_it_is_said_once_and_the_page_follows_every_patient(desk, world, now):
    once = {"once": "the same form"}
    first = desk.post(reverse(PAGE), saying(world, **once), follow=True)
    desk.post(reverse(PAGE), saying(world, **once))
    (left,) = lists(now)
    rehome(gone_home_id=left.pk)

    after = desk.get(reverse("triage:list_ended", args=[left.public_id])).content.decode()

    with everywhere(because="the test looks", at=now):
        lines = AuditEntry.objects.filter(verb="patient.viewed", facts__page="list_ended")
        assert [len(line.facts["patients"]) for line in lines] == [3, 3]
    assert "A place is being looked for: 3" in first.content.decode()
    assert "New appointment: 3" in after
    assert after.count("Hears: Appointment changed. Waiting to be sent.") == 3
    assert "Proved: within the limits and rules no plan places these patients better." in after
    assert "shown before" not in after


def test_who_is_back_hears_nothing_new_and_reads_no_reason_of_elsewhere(desk, world, now):
    with everywhere(because="they know the old time", at=now):
        Message.objects.update(state="delivered", queued_at=now - timedelta(hours=1))
    desk.post(reverse(PAGE), saying(world))
    (left,) = lists(now)
    rehome(gone_home_id=left.pk)
    address = reverse("triage:list_ended", args=[left.public_id])
    before = desk.get(address).content.decode()

    desk.post(reverse("triage:list_back", args=[left.public_id]), {"once": "back"})

    after = desk.get(address).content.decode()
    assert after.count("Hears: Nothing new: the old time stands.") == 3
    assert (before.count("Why</span>") > 0, after.count("Why</span>")) == (True, 0)


def test_only_who_is_here_today_is_offered(desk, world):
    page = desk.get(reverse(PAGE)).content.decode()

    assert "Gp Oak" in page
    assert "Gp Elm" not in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"clinician": ""}, "Choose who has gone home"),
        ({"reason": ""}, "Enter why the clinician has left"),
        ({"reason": "..."}, "Enter why the clinician has left"),
        ({"from_at": "lunch"}, "Enter a time, like 1:30pm or 13:30"),
        ({"from_at": "19:00"}, "This clinician has no sessions left here today."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_happens(desk, world, now, said, words):
    answer = desk.post(reverse(PAGE), saying(world, **said))

    assert answer.status_code in (409, 422)
    assert words in answer.content.decode()
    assert lists(now) == []


def test_a_list_of_another_practice_is_nowhere(desk, world, now):
    desk.post(reverse(PAGE), saying(world))
    (left,) = lists(now)
    other = Client()
    other.force_login(world.users["receptionist_elm"])

    assert other.get(reverse("triage:list_ended", args=[left.public_id])).status_code == 404


def test_todays_lists_say_what_is_still_to_do(desk, world, now):
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(patient=world.patients["tam"]).update(safe_to_text=False)
        needs = {"continuity": "red"}
        Patient.objects.filter(pk=world.patients["zoe"].pk).update(**needs)
    desk.post(reverse(PAGE), saying(world))
    looking = desk.get(reverse(PAGE)).content.decode()
    (left,) = lists(now)
    rehome(gone_home_id=left.pk)
    duty = Client()
    duty.force_login(world.users["duty"])

    page = duty.get(reverse(PAGE)).content.decode()
    ended = duty.get(reverse("triage:list_ended", args=[left.public_id])).content.decode()

    assert "A place is being looked for: 3" in looking
    assert "Still without a place: 1" in page
    assert "Still to be told by a person: 1" in page
    assert "See what would happen" not in page
    assert reverse("triage:list_ended", args=[left.public_id]) in page
    assert "“Your appointment has changed. It is now at" in ended
    assert "From a person: not told yet." in ended


def test_the_duty_clinician_reads_and_does_not_say_so(desk, world, now):
    duty = Client()
    duty.force_login(world.users["duty"])

    assert duty.post(reverse(PAGE), saying(world)).status_code == 403
    assert lists(now) == []


def test_todays_lists_of_another_practice_are_nowhere(desk, world, now):
    desk.post(reverse(PAGE), saying(world))
    other = Client()
    other.force_login(world.users["receptionist_elm"])

    assert "None so far." in other.get(reverse(PAGE)).content.decode()


def test_the_list_is_taken_back_from_its_own_page(desk, world, now):
    desk.post(reverse(PAGE), saying(world))
    (left,) = lists(now)
    address = reverse("triage:list_ended", args=[left.public_id])
    ended = desk.get(address)

    again = {"once": ended.context["once"]}
    for _ in range(2):
        desk.post(reverse("triage:list_back", args=[left.public_id]), again)
    page = desk.get(address).content.decode()

    assert "Gp Oak is back: undo" in ended.content.decode()
    assert "3 of 3 can have the old place again, and hear nothing." in ended.content.decode()
    assert "Back in the old place: 3" in page
    assert "Undone at 9:30am: the list goes on." in page
    assert "Gp Oak is back: undo" not in page
    assert "Undone at 9:30am: the clinician is back." in desk.get(reverse(PAGE)).content.decode()


def test_undo_says_first_how_many_can_return(desk, world, now):
    """What it says is what then happens: one was told, one is in a clinician's hands."""
    desk.post(reverse(PAGE), saying(world))
    (left,) = lists(now)
    with everywhere(because="a clinician reads a case", at=now):
        Case.objects.filter(patient=world.patients["tam"]).update(
            state="claimed",
            claimed_by=world.clinicians["supervisor"],
            lease_until=now + timedelta(minutes=20),
        )
    rehome(gone_home_id=left.pk)
    with everywhere(because="a text has left", at=now):
        Message.objects.filter(kind="changed", patient=world.patients["zoe"]).update(state="sent")
    address = reverse("triage:list_ended", args=[left.public_id])
    ended = desk.get(address)

    desk.post(reverse("triage:list_back", args=[left.public_id]), {"once": ended.context["once"]})

    said = ended.content.decode()
    assert "1 of 3 can have the old place again, and hear nothing. 2 have heard already" in said
    page = desk.get(address).content.decode()
    assert "Back in the old place: 1" in page
    assert "2 of 3 stay where they are, each with why." in page


def test_while_places_are_looked_for_the_page_looks_again(desk, world, now):
    """U27: a page of work that goes on says so, and can be left."""
    answer = desk.post(reverse(PAGE), saying(world), follow=True)
    (left,) = lists(now)
    looking = answer.content.decode()
    rehome(gone_home_id=left.pk)

    address = reverse("triage:list_ended", args=[left.public_id])
    settled = desk.get(address, headers={"HX-Request": "true"}).content.decode()

    assert 'hx-trigger="every 5s"' in looking
    assert 'hx-trigger="every 5s"' not in settled
    assert 'data-say="New appointment: 3"' in settled
    assert "data-say=" not in desk.get(address).content.decode().split('id="list"')[1]


def test_what_goes_to_the_duty_clinician_is_said_first_and_by_name(desk, world, now):
    with everywhere(because="the patient arrives early", at=now):
        Booking.objects.filter(patient=world.patients["tam"]).update(state="arrived")

    page = desk.post(reverse(PAGE), saying(world, sure="")).content.decode()

    at_once = page.split("What would go to the duty clinician at once")[1]
    duty, others = at_once.split("Where the others would go")
    assert "1 would go to the duty clinician, who is called at once" in page
    assert ("Tâm Nguyễn" in duty, "Tâm Nguyễn" in others) == (True, False)
    assert others.count("Would hear:") == 2


def test_whose_appointment_is_minutes_away_is_rung_and_somebody_has_it(
    desk, world, now, monkeypatch
):
    """A text leaves after two minutes and may be read half an hour later: that is too late."""
    with everywhere(because="the test looks", at=now):
        first = Booking.objects.filter(state="booked").order_by("starts_at").first()
    soon = first.starts_at - timedelta(minutes=20)
    monkeypatch.setattr(clock, "now", lambda: soon)

    page = desk.post(reverse(PAGE), saying(world, sure="")).content.decode()
    desk.post(reverse(PAGE), saying(world))
    (left,) = lists(soon)
    rehome(gone_home_id=left.pk)

    said = "may read a text too late: a person has to ring them now"
    assert f"1 {said}" in page
    assert "By text, and from a person now on 07700 900123" in page
    with everywhere(because="the test looks", at=soon):
        rung = Message.objects.filter(trouble="soon").order_by("pk")
        ((reference, *what),) = rung.values_list(
            "reference", "case_ref", "channel", "to_tell_since"
        )
    assert what == [first.case_ref, "text", soon]
    ended = desk.get(reverse("triage:list_ended", args=[left.public_id])).content.decode()
    assert "Nobody tells them yet: it is with Oak Surgery’s desk." in ended
    desk.post(reverse("triage:take_message", args=[reference]))
    ended = desk.get(reverse("triage:list_ended", args=[left.public_id])).content.decode()
    assert "Receptionist tells them, since" in ended
