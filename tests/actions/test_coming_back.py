"""A list that was ended by mistake is taken back: who was told nothing has the old place again."""

from datetime import timedelta

import pytest

from appointments.models import Booking, DayLoad, Override, Session, Slot
from practices import clock
from practices.clock import on
from practices.doors import everywhere, perform
from practices.models import Message, OutboxItem
from practices.rules.refusals import Conflict, Forbidden, VersionMoved
from tests.full_day import overfill, planned_ahead
from tests.invariants import broken
from triage import actions
from triage.actions import coming_back
from triage.actions.coming_back import take_list_back
from triage.actions.gone_home import go_home
from triage.actions.own_cancel import PATIENT, ask_own_link, cancel_by_link
from triage.actions.own_links import own_link
from triage.models import Case, OwnCancelTry, Rehoming
from triage.rules.attempts import Met
from triage.rules.codes import Need
from triage.rules.own_cancel import TRIES, Answer
from triage.tasks import rehome

WHO = ("zoe", "tam", "zoe_namesake", "child")


@pytest.fixture
def ended(world, acting, now, monkeypatch):
    """Dr Oak had four patients; the list has ended and everybody is placed elsewhere."""
    monkeypatch.setattr(clock, "now", lambda: now)
    planned_ahead(world, "child", world.slots("gp_oak")[-2], Need.ABDOMINAL)
    overfill(world, acting)
    with everywhere(because="their news of this morning has arrived", at=now):
        Message.objects.update(state="delivered", sent_at=now, tried_at=now)
        before = _places(world)
    left = perform(
        go_home,
        by=acting(world, "receptionist"),
        at=now + timedelta(minutes=1),
        clinician_id=world.clinicians["gp_oak"].pk,
        from_at=on(now.date(), 12),
        reason="unwell",
    )
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=2))
    return world, left, before


def _places(world):
    live = Booking.objects.filter(state="booked")
    return {
        who: live.filter(patient=world.patients[who]).values_list("slot_id", flat=True).first()
        for who in WHO
    }


def _back(world, acting, left, now, who="receptionist", minutes=3):
    at = now + timedelta(minutes=minutes)
    return perform(take_list_back, by=acting(world, who), at=at, public_id=str(left.public_id))


def _live_news():
    return Message.objects.filter(state__in=("queued", "staff_tell"))


@pytest.mark.parametrize("is_settled", [True, False])
def test_everybody_is_where_they_were_and_hears_nothing(ended, acting, now, is_settled):
    world, left, before = ended
    if is_settled:
        rehome(gone_home_id=left.pk)

    _back(world, acting, left, now)

    with everywhere(because="the test looks", at=now):
        assert _places(world) == before
        assert set(Rehoming.objects.values_list("outcome", flat=True)) == {"back"}
        assert set(Case.objects.values_list("state", flat=True)) == {"booked"}
        assert not _live_news().exists()
        oak = Session.objects.filter(clinician=world.clinicians["gp_oak"])
        assert set(oak.values_list("status", flat=True)) == {"published"}
        assert not Slot.objects.filter(session__in=oak).exclude(status="open").exists()
    assert broken(at=now + timedelta(minutes=3)) == []
    assert rehome(gone_home_id=left.pk) == 0


def test_who_was_told_keeps_the_new_time_and_is_listed(ended, acting, now):
    world, left, before = ended
    rehome(gone_home_id=left.pk)
    with everywhere(because="a text has left", at=now):
        one = Message.objects.get(kind="changed", patient=world.patients["zoe"], state="queued")
        Message.objects.filter(pk=one.pk).update(state="sent", sent_at=now, tried_at=now)

    _back(world, acting, left, now)

    with everywhere(because="the test looks", at=now):
        assert _places(world)["zoe"] != before["zoe"]
        assert _places(world)["child"] == before["child"]
        line = Rehoming.objects.get(case__patient=world.patients["zoe"])
        assert (line.outcome, line.why[-1]["code"]) == ("placed", "stays")
    assert broken(at=now + timedelta(minutes=3)) == []


def test_no_text_leaves_in_the_first_two_minutes(ended, now):
    _, left, _ = ended
    rehome(gone_home_id=left.pk)

    settled_at = now + timedelta(minutes=2)
    with everywhere(because="the test looks", at=now):
        told = Message.objects.filter(kind="changed", state="queued").values_list("pk", flat=True)
        due = OutboxItem.objects.filter(payload__message_id__in=list(told))
        assert {item.due_at for item in due} == {settled_at + timedelta(minutes=2)}


def test_control_without_that_guard_a_told_patient_is_moved(ended, acting, now, monkeypatch):
    world, left, before = ended
    rehome(gone_home_id=left.pk)
    with everywhere(because="a text has left", at=now):
        Message.objects.filter(kind="changed").update(state="sent", sent_at=now)
    monkeypatch.setattr(coming_back, "_unsay", lambda *_, **__: None)

    _back(world, acting, left, now)

    with everywhere(because="the test looks", at=now):
        assert _places(world) == before


def test_who_is_in_other_hands_stays_there(ended, acting, now):
    world, left, before = ended
    with everywhere(because="the test looks", at=now):
        case = Case.objects.get(patient=world.patients["zoe"])
    perform(actions.claim, by=acting(world, "supervisor"), at=now, reference=case.reference)

    _back(world, acting, left, now)

    with everywhere(because="the test looks", at=now):
        case.refresh_from_db()
        assert (case.state, _places(world)["tam"]) == ("claimed", before["tam"])
    assert broken(at=now + timedelta(minutes=3)) == []


@pytest.mark.parametrize(
    ("channel", "met", "state"),
    [
        ("phone", Met.PATIENT, "waiting"),
        ("text", Met.NOBODY, "waiting"),
        ("phone", Met.NOBODY, "booked"),
    ],
)
def test_who_was_spoken_with_meanwhile_stays(ended, acting, now, channel, met, state):
    world, left, _ = ended
    with everywhere(because="the test looks", at=now):
        case = Case.objects.get(patient=world.patients["zoe"])
    perform(
        actions.record_attempt,
        by=acting(world, "supervisor"),
        at=now + timedelta(minutes=2),
        reference=case.reference,
        channel=channel,
        met=met,
    )

    _back(world, acting, left, now)

    with everywhere(because="the test looks", at=now):
        case.refresh_from_db()
        assert case.state == state


def test_whose_first_news_never_left_hears_the_old_time(ended, acting, now):
    world, left, _ = ended
    with everywhere(because="the news of this morning never left", at=now):
        mine = Message.objects.filter(patient=world.patients["zoe"])
        mine.filter(kind="confirmed").update(state="queued", sent_at=None, tried_at=None)
    rehome(gone_home_id=left.pk)

    _back(world, acting, left, now)

    with everywhere(because="the test looks", at=now):
        told = _live_news().values_list("kind", "patient_id")
        assert list(told) == [("confirmed", world.patients["zoe"].pk)]


def test_a_full_day_is_as_full_as_before_and_on_record(ended, acting, now):
    world, left, _ = ended
    rehome(gone_home_id=left.pk)

    _back(world, acting, left, now)

    with everywhere(because="the test looks", at=now):
        assert Override.objects.filter(reason="The clinician is back").exists()


def test_nobody_comes_back_to_a_day_that_has_filled_up_since(ended, acting, now):
    world, left, before = ended
    rehome(gone_home_id=left.pk)
    with everywhere(because="somebody logged many contacts", at=now):
        DayLoad.objects.filter(clinician=world.clinicians["gp_oak"]).update(logged=5000)

    _back(world, acting, left, now)

    with everywhere(because="the test looks", at=now):
        assert _places(world)["zoe"] != before["zoe"]
        line = Rehoming.objects.get(case__patient=world.patients["zoe"])
        assert line.why[-1]["text"] == "The clinician's day has filled up since."


def test_fifteen_minutes_and_not_twice_and_the_own_organisation(ended, acting, now):
    world, left, _ = ended
    with pytest.raises(Conflict, match="15 minutes"):
        _back(world, acting, left, now, minutes=17)
    with pytest.raises(Forbidden, match="own organisation takes their list back"):
        _back(world, acting, left, now, "duty")
    _back(world, acting, left, now)

    with pytest.raises(Conflict, match="already"):
        _back(world, acting, left, now)


def test_a_session_that_was_changed_since_is_left_alone(ended, acting, now):
    world, left, _ = ended
    with everywhere(because="somebody changed it", at=now):
        Session.objects.filter(clinician=world.clinicians["gp_oak"]).update(version=9)

    with pytest.raises(VersionMoved):
        _back(world, acting, left, now)


def _link_of_the_first_text(world, now):
    with everywhere(because="the test looks", at=now):
        was = Rehoming.objects.get(case__patient=world.patients["zoe"]).was
        return was, own_link(was.public_id)


def _asks(link, now):
    return perform(ask_own_link, by=PATIENT, at=now + timedelta(minutes=4), link=link)


def _cancels(link, born_on, now):
    wish = {"link": link, "born_on": born_on}
    return perform(cancel_by_link, by=PATIENT, at=now + timedelta(minutes=4), **wish)


@pytest.mark.parametrize("is_settled", [True, False])
def test_the_link_in_the_first_text_works_again(ended, acting, now, is_settled):
    """Who is in the old place again was told nothing, and has no other link."""
    world, left, _ = ended
    if is_settled:
        rehome(gone_home_id=left.pk)
    _, link = _link_of_the_first_text(world, now)
    meanwhile = _asks(link, now)

    _back(world, acting, left, now)

    born_on = world.patients["zoe"].born_on
    assert (meanwhile, _asks(link, now)) == (Answer.GONE, Answer.ASKS)
    assert _cancels(link, born_on - timedelta(days=1), now) is Answer.WRONG
    assert _cancels(link, born_on, now) is Answer.DONE
    assert _cancels(link, born_on, now) is Answer.GONE
    with everywhere(because="the test looks", at=now):
        assert _places(world)["zoe"] is None


def test_wrong_dates_of_before_count_at_the_link_that_works_again(ended, acting, now):
    world, left, _ = ended
    was, link = _link_of_the_first_text(world, now)
    with everywhere(because="somebody has guessed", at=now):
        for _ in range(TRIES):
            OwnCancelTry.objects.create(booking=was, at=now)

    _back(world, acting, left, now)

    assert _cancels(link, world.patients["zoe"].born_on, now) is Answer.TOO_OFTEN


def test_the_link_of_a_place_the_patient_has_left_works_no_more(ended, now):
    world, left, _ = ended
    rehome(gone_home_id=left.pk)
    _, link = _link_of_the_first_text(world, now)

    assert _cancels(link, world.patients["zoe"].born_on, now) is Answer.GONE


def test_whose_newest_news_never_left_hears_the_old_time(ended, acting, now):
    """They know of a first time, not of the one the list had before it ended."""
    world, left, _ = ended
    with everywhere(because="a move of this morning never left", at=now):
        first = Message.objects.get(patient=world.patients["zoe"], kind="confirmed")
        left_unsaid = {"case_ref": first.case_ref, "state": "superseded", "queued_at": now}
        Message.objects.create(
            patient=first.patient, practice=first.practice, kind="changed", **left_unsaid
        )

    _back(world, acting, left, now)

    with everywhere(because="the test looks", at=now):
        told = _live_news().values_list("kind", "patient_id")
        assert list(told) == [("changed", world.patients["zoe"].pk)]
