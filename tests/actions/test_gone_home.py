"""A clinician has gone home: everybody of the list is placed, called for, or waits."""

from datetime import timedelta
from uuid import uuid4

import pytest
from celery.exceptions import SoftTimeLimitExceeded

from appointments.actions import SessionWish, publish_session
from appointments.models import Booking, DayLoad, Slot
from practices import clock
from practices.actions import set_limit
from practices.clock import on
from practices.doors import everywhere, opened, perform
from practices.models import Message, OutboxItem
from practices.rules.refusals import Absent, Conflict, Forbidden
from tests.cases import submitted
from tests.crowded import booking_of
from tests.full_day import overfill
from tests.invariants import broken, past_limit
from tests.world import SETUP
from triage import actions
from triage.actions.automatic import undo_placement
from triage.actions.gone_home import go_home
from triage.models import Case, GoneHome, Rehoming
from triage.queries.duty_page import duty_page
from triage.rules.codes import Need
from triage.tasks import rehome, rehoming

NOON = 12


@pytest.fixture
def full(world, acting, now, monkeypatch):
    """Dr Oak has three patients booked this afternoon; the hub is free."""
    monkeypatch.setattr(clock, "now", lambda: now)
    return overfill(world, acting)


def _gone(world, acting, now, who="receptionist", **wish):
    wanted = {
        "clinician_id": world.clinicians["gp_oak"].pk,
        "from_at": on(now.date(), NOON),
        "reason": "unwell",
    }
    return perform(go_home, by=acting(world, who), at=now, **wanted | wish)


def _outcomes(now):
    with everywhere(because="the test looks", at=now):
        return sorted(Rehoming.objects.values_list("outcome", flat=True))


def test_everybody_is_placed_elsewhere_and_told_once(full, acting, now):
    left = _gone(full, acting, now)
    rehome(gone_home_id=left.pk)

    assert _outcomes(now) == ["placed"] * 3
    with everywhere(because="the test looks", at=now):
        places = Booking.objects.filter(state="booked").values_list("hub_id", "method")
        assert set(places) == {(full.hub.pk, "automatic")}
        live = Message.objects.filter(state="queued").exclude(kind="received")
        assert sorted(live.values_list("kind", flat=True)) == ["changed"] * 3
        assert not Slot.objects.filter(
            clinician=full.clinicians["gp_oak"], status="open", starts_at__gte=on(now.date(), NOON)
        ).exists()
        assert GoneHome.objects.get().result["proved"] is True
    assert (broken(at=now), past_limit(at=now)) == ([], [])


def test_nobody_is_moved_to_an_earlier_time_by_a_message(full, acting, now):
    left = _gone(full, acting, now)
    rehome(gone_home_id=left.pk)

    with everywhere(because="the test looks", at=now):
        lines = list(Rehoming.objects.select_related("was", "now"))
        assert all(line.now.starts_at >= line.was.starts_at for line in lines)


def test_before_the_planner_has_looked_nobody_is_lost(full, acting, now):
    _gone(full, acting, now)

    assert _outcomes(now) == ["pending"] * 3
    with everywhere(because="the test looks", at=now):
        assert set(Case.objects.values_list("state", flat=True)) == {"waiting"}
        assert OutboxItem.objects.filter(task="triage.tasks.rehome", done_at=None).count() == 1
        assert not Message.objects.filter(kind__in=("changed", "displaced")).exists()
        load = DayLoad.objects.get(clinician=full.clinicians["gp_oak"])
        assert (load.held, load.booked) == (0, 0)
    assert broken(at=now) == []


def test_where_nothing_is_free_everybody_waits_with_an_owner(full, acting, now):
    with everywhere(because="the test takes every other place away", at=now):
        Slot.objects.exclude(clinician=full.clinicians["gp_oak"]).update(status="withdrawn")
    urgent = submitted(full, acting, "child", Need.COUGH_BREATHING, at=now)
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(pk=urgent.pk).update(urgency=3, urgency_status="signed")
        set_limit(
            layer="person",
            clinician_id=full.clinicians["gp_oak"].pk,
            points=20,
            from_on=now.date(),
            basis="the test",
            by=SETUP,
            at=now,
        )
    slot = full.slots("gp_oak_pm")[0]
    perform(
        actions.book,
        by=acting(full, "receptionist"),
        at=now,
        reference=urgent.reference,
        slot_id=slot.pk,
    )

    left = _gone(full, acting, now)
    rehome(gone_home_id=left.pk)

    assert _outcomes(now) == ["duty", "queue", "queue", "queue"]
    with everywhere(because="the test looks", at=now):
        assert set(Case.objects.values_list("state", flat=True)) == {"waiting"}
        kinds = Message.objects.filter(kind__in=("changed", "displaced"))
        assert set(kinds.values_list("kind", flat=True)) == {"displaced"}
        assert all(line.why for line in Rehoming.objects.all())
    assert broken(at=now) == []


def test_who_waits_in_the_building_is_called_for_at_once(full, acting, now):
    here = booking_of(full, "zoe")
    with everywhere(because="the patient arrives early", at=now):
        Booking.objects.filter(pk=here.pk).update(state="arrived")

    left = _gone(full, acting, now)
    rehome(gone_home_id=left.pk)

    assert _outcomes(now) == ["duty", "placed", "placed"]
    assert broken(at=now) == []


def _expected_elsewhere(world, was, now):
    """The patient of the booking has another one, next door, all afternoon."""
    at, gp = world.at, world.clinicians["gp_elm"]
    wish = SessionWish(
        clinician_id=gp.pk,
        site_id=world.sites[world.elm.pk].pk,
        starts_at=on(at.date(), 14),
        ends_at=on(at.date(), 16),
        slot_minutes=120,
        practice_id=world.elm.pk,
        hub_id=None,
    )
    with everywhere(because="the test's set-up", at=now):
        world.sessions["all_afternoon"] = publish_session(wish=wish, by=SETUP, at=at)
    (slot,) = world.slots("all_afternoon")
    was.pk, was.public_id, was.case_ref = None, uuid4(), "HR-ELSEWHERE"
    was.slot, was.clinician_id = slot, gp.pk
    was.starts_at, was.ends_at = slot.starts_at, slot.ends_at
    with everywhere(because="the test's set-up", at=now):
        was.save(force_insert=True)


def test_who_is_expected_elsewhere_waits_and_the_others_are_placed(full, acting, now):
    was = booking_of(full, "zoe")
    left = _gone(full, acting, now)
    _expected_elsewhere(full, was, now)

    rehome(gone_home_id=left.pk)

    assert _outcomes(now) == ["placed", "placed", "queue"]
    with everywhere(because="the test looks", at=now):
        why = Rehoming.objects.get(outcome="queue").why
    assert [one["code"] for one in why] == ["duplicate"]


def _calls(world, acting, now):
    """Whom the duty clinician's page lists at this instant."""
    duty = acting(world, "duty")
    with opened(duty.reach, at=now):
        return [row.reference for row in duty_page(by=duty, at=now).calls]


def test_who_is_the_duty_clinicians_stands_on_their_page_at_once(full, acting, now):
    here = booking_of(full, "zoe")
    with everywhere(because="the patient arrives early", at=now):
        Booking.objects.filter(pk=here.pk).update(state="arrived")
    left = _gone(full, acting, now)
    before = _calls(full, acting, now)

    rehome(gone_home_id=left.pk)

    assert (before, _calls(full, acting, now)) == ([], [here.case_ref])


def test_delivered_again_nothing_more_happens(full, acting, now):
    left = _gone(full, acting, now)
    counts = [rehome(gone_home_id=left.pk) for _ in range(3)]

    assert counts == [3, 0, 0]
    with everywhere(because="the test looks", at=now):
        assert Booking.objects.filter(state="booked").count() == 3


def test_a_clinician_took_the_case_meanwhile(full, acting, now):
    left = _gone(full, acting, now)
    reference = booking_ref(full, now)
    perform(actions.claim, by=acting(full, "supervisor"), at=now, reference=reference)

    rehome(gone_home_id=left.pk)

    assert _outcomes(now) == ["placed", "placed", "taken"]


def test_out_of_time_the_list_is_settled_by_rule_of_thumb(full, acting, now, monkeypatch):
    def too_long(*_):
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(rehoming, "plan", too_long)
    left = _gone(full, acting, now)

    rehome(gone_home_id=left.pk)

    assert _outcomes(now) == ["placed"] * 3
    with everywhere(because="the test looks", at=now):
        assert GoneHome.objects.get().result["proved"] is False
    assert (broken(at=now), past_limit(at=now)) == ([], [])


def _news_of(reference, now):
    with everywhere(because="the test looks", at=now):
        found = Message.objects.filter(case_ref=reference, state="queued").exclude(kind="received")
        return list(found.values_list("kind", flat=True))


def test_whose_case_was_taken_hears_that_the_appointment_is_gone(full, acting, now):
    left = _gone(full, acting, now)
    reference = booking_ref(full, now)
    perform(actions.claim, by=acting(full, "supervisor"), at=now, reference=reference)

    rehome(gone_home_id=left.pk)
    perform(actions.release, by=acting(full, "supervisor"), at=now, reference=reference)

    assert _news_of(reference, now) == ["displaced"]


def test_who_was_booked_again_meanwhile_hears_the_new_time_alone(full, acting, now):
    left = _gone(full, acting, now)
    reference, slot = booking_ref(full, now), full.slots("supervisor_pm")[6]
    wish = {"reference": reference, "slot_id": slot.pk}
    perform(actions.book, by=acting(full, "receptionist"), at=now, **wish)

    rehome(gone_home_id=left.pk)

    assert "taken" in _outcomes(now)
    assert _news_of(reference, now) == ["confirmed"]


def booking_ref(world, now):
    with everywhere(because="the test looks", at=now):
        return Case.objects.filter(state="waiting").order_by("pk").first().reference


def test_said_twice_the_second_finds_no_sessions_left(full, acting, now):
    _gone(full, acting, now, from_at=now)

    with pytest.raises(Conflict, match="no sessions left"):
        _gone(full, acting, now, from_at=now)


def test_only_the_own_organisation_says_so(full, acting, now):
    with pytest.raises(Forbidden):
        _gone(full, acting, now, "clinician")
    with pytest.raises(Absent):
        _gone(full, acting, now, "supervisor")


def test_a_placement_is_undone_for_fifteen_minutes(full, acting, now):
    left = _gone(full, acting, now)
    rehome(gone_home_id=left.pk)
    placed = booking_of(full, "zoe")
    desk = acting(full, "receptionist")
    other = booking_of(full, "tam")

    case = perform(
        undo_placement, by=desk, at=now + timedelta(minutes=15), public_id=str(placed.public_id)
    )

    assert case.state == "waiting"
    late = now + timedelta(minutes=16)
    with pytest.raises(Conflict, match="15 minutes"):
        perform(undo_placement, by=desk, at=late, public_id=str(other.public_id))
    assert broken(at=now) == []
