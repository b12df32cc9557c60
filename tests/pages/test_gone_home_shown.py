"""What was shown before a list ended is compared with what came of it, in words."""

from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse

from appointments.models import Booking, Slot
from practices import clock
from practices.doors import everywhere
from practices.models import AuditEntry
from tests.pages.test_gone_home import PAGE, desk, lists, saying
from triage.forms.gone_home import SHOWN
from triage.models import Case
from triage.tasks import rehome

__all__ = ["desk"]


def _asked(desk, world):
    """The page that asks, and by booking what it shows."""
    page = desk.post(reverse(PAGE), saying(world, sure=""))
    form = dict(page.context["form"])
    _, shown = signing.loads(form["shown"], salt=SHOWN)
    return form, {int(pk): one for pk, one in shown.items()}


def _after(desk, form, now):
    """The same page says yes, and every patient is settled."""
    desk.post(reverse(PAGE), form | {"sure": "yes"})
    (left,) = lists(now)
    rehome(gone_home_id=left.pk)
    return desk.get(reverse("triage:list_ended", args=[left.public_id])).content.decode()


def test_that_everybody_is_where_the_page_showed_them_is_said(desk, world, now):
    form, shown = _asked(desk, world)

    after = _after(desk, form, now)

    assert len(shown) == 3
    assert "Every patient is where the page before the yes showed them." in after
    assert "Not as it was shown before" not in after


def test_a_place_taken_after_the_look_is_named_with_why(desk, world, now):
    form, shown = _asked(desk, world)
    first = min(shown)
    with everywhere(because="somebody else takes the place", at=now):
        Slot.objects.filter(pk=shown[first]["slot"]).update(status="withdrawn")

    after = _after(desk, form, now)

    unlike = after.split("Not as it was shown before")[1]
    assert f"Shown before: {shown[first]['says']}. Now: New appointment," in unlike
    assert "That place is not free any more." in unlike
    assert "Every patient is where" not in after


def test_nothing_is_called_best_without_saying_who_got_no_place(desk, world, now):
    form, shown = _asked(desk, world)
    with everywhere(because="the test takes every other place away", at=now):
        kept = Slot.objects.filter(pk__in=[one["slot"] for one in shown.values()]).last()
        Slot.objects.exclude(pk=kept.pk).exclude(clinician=world.clinicians["gp_oak"]).update(
            status="withdrawn"
        )

    after = _after(desk, form, now)

    counted = after.split("2 of 3 patients got no place; a person looks after each.")[1]
    assert "no plan places these patients better, the most urgent first." in counted
    without, unlike = counted.split("Not as it was shown before")
    assert without.split("Still without a place")[1].count("<li>") == 2
    assert unlike.split("</ul>")[0].count("Shown before: ") >= 2


def test_who_left_the_list_after_the_look_is_named(desk, world, now):
    form, shown = _asked(desk, world)
    first = min(shown)
    with everywhere(because="the patient cancels", at=now):
        Booking.objects.filter(pk=first).update(state="cancelled")

    after = _after(desk, form, now)

    assert f"{shown[first]['was']}: this patient left the list before the yes." in after


def test_who_joined_the_list_after_the_look_is_named(desk, world, now):
    with everywhere(because="one booking is not there yet", at=now):
        late = Booking.objects.filter(state="booked").order_by("pk").last()
        Booking.objects.filter(pk=late.pk).update(state="cancelled")
    form, shown = _asked(desk, world)
    with everywhere(because="now it is", at=now):
        Booking.objects.filter(pk=late.pk).update(state="booked")

    after = _after(desk, form, now)

    assert len(shown) == 2
    assert "Shown before: Not on the list yet. Now: New appointment," in after
    assert "They were booked after that page was shown." in after


def test_what_was_shown_cannot_be_changed_on_the_way(desk, world, now):
    form, _ = _asked(desk, world)

    answer = desk.post(reverse(PAGE), form | {"sure": "yes", "shown": form["shown"] + "x"})

    assert answer.status_code == 422
    assert "Look at the whole list again" in answer.content.decode()
    assert lists(now) == []


def test_what_was_shown_of_a_colleagues_list_is_nothing_shown_of_this_one(desk, world, now):
    form, shown = _asked(desk, world)
    another = signing.dumps([0, shown], salt=SHOWN, compress=True)

    answer = desk.post(reverse(PAGE), form | {"sure": "yes", "shown": another})

    assert "This page has changed since it was shown." in answer.content.decode()
    assert lists(now) == []


def test_i29_whose_number_is_abroad_gets_no_text_and_the_page_says_why(desk, world, now):
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(patient=world.patients["tam"]).update(phone="+12025550143")

    page = desk.post(reverse(PAGE), saying(world, sure="")).content.decode()

    assert "Text messages can only go to UK mobiles. Call or use email" in page


def test_i54_a_reason_that_says_nothing_is_refused_before_the_list_is_shown(desk, world):
    answer = desk.post(reverse(PAGE), saying(world, sure="", reason="."))

    page = answer.content.decode()
    assert (answer.status_code, page.count("Enter why the clinician has left")) == (422, 2)
    assert 'name="reason" type="text" value="."' in page
    assert "Has Gp Oak gone home?" not in page


@pytest.mark.parametrize(("state", "is_asked"), [("arrived", True), ("attended", False)])
def test_who_may_not_have_been_seen_before_is_asked_about(
    desk, world, now, monkeypatch, state, is_asked
):
    """The first of the list sat in the room, or waited, when the clinician left."""
    with everywhere(because="the test's set-up", at=now):
        first = Booking.objects.order_by("starts_at").first()
        Booking.objects.filter(pk=first.pk).update(state=state)
        begun = first.starts_at + timedelta(minutes=5)
    monkeypatch.setattr(clock, "now", lambda: begun)

    page = desk.post(reverse(PAGE), saying(world, sure="")).content.decode()

    assert ("Ask first whether they were seen" in page) is is_asked
    assert (", who is in the building</li>" in page) is is_asked
    with everywhere(because="the test looks", at=now):
        seen = AuditEntry.objects.get(verb="patient.viewed", facts__page="gone_home")
        assert (first.patient_id in seen.facts["patients"]) is is_asked
