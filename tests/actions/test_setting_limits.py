"""Who sets whose limit, from when, and what becomes of the limit that stood before."""

from contextlib import nullcontext
from datetime import timedelta

import pytest

from practices.actions import end_limit, set_limit, set_persons_limit, set_practice_limit
from practices.doors import everywhere, opened, perform
from practices.models import AuditEntry, Clinician, WorkingLimit
from practices.queries import limits_on
from practices.rules.limit_wishes import LimitWish
from practices.rules.limits import Cause, Layer, LimitMode
from practices.rules.refusals import Absent, BadInput, Forbidden
from tests.world import SETUP


@pytest.fixture
def wish(now):
    return LimitWish(points=200, from_on=now.date(), reason="Vacancy", basis="Partners' meeting")


@pytest.fixture
def limit_of(world, now):
    """What holds for a clinician so many days from now."""

    def found(name, days=0):
        pk = world.clinicians[name].pk
        with everywhere(because="the test looks", at=now):
            return limits_on([pk], on=now.date() + timedelta(days=days))[pk]

    return found


def _later(wish, *, points, days, until=None, **rest):
    start = wish.from_on + timedelta(days=days)
    end = wish.from_on + timedelta(days=until) if until else None
    return LimitWish(
        points=points, from_on=start, until_on=end, reason="Because", basis="Letter", **rest
    )


def test_a_practices_limit_holds_for_its_people_and_says_who_why_and_on_what(
    world, acting, now, wish, limit_of
):
    perform(set_practice_limit, by=acting(world, "practice_manager"), at=now, wish=wish)

    found, next_door = limit_of("gp_oak").effective, limit_of("gp_elm").effective
    assert (found.points, found.layer, found.from_on) == (200, Layer.PRACTICE, now.date())
    assert (found.set_by, found.reason, found.basis) == (
        "Practice Manager",
        "Vacancy",
        "Partners' meeting",
    )
    assert (next_door.points, next_door.layer) == (250, Layer.SYSTEM)


@pytest.mark.parametrize("name", ["receptionist", "duty", "manager", "supervisor", "clinical_lead"])
def test_nobody_else_sets_a_practices_limit(world, acting, now, wish, name):
    with pytest.raises(Forbidden):
        perform(set_practice_limit, by=acting(world, name), at=now, wish=wish)


def test_a_temporary_limit_lets_the_one_before_resume(world, acting, now, wish, limit_of):
    by, pk = acting(world, "practice_manager"), world.clinicians["gp_oak"].pk
    for one in (wish, _later(wish, points=260, days=3, until=6)):
        perform(set_persons_limit, by=by, at=now, clinician_id=pk, wish=one)

    found = [limit_of("gp_oak", days).effective.points for days in range(8)]

    assert found == [200, 200, 200, 260, 260, 260, 200, 200]


def test_the_practice_raises_a_limit_by_setting_a_new_one(world, acting, now, wish, limit_of):
    by, pk = acting(world, "practice_manager"), world.clinicians["gp_oak"].pk
    for points in (200, 230):
        one = _later(wish, points=points, days=0)
        perform(set_persons_limit, by=by, at=now, clinician_id=pk, wish=one)

    assert limit_of("gp_oak").effective.points == 230


def test_oneself_lowers_and_never_raises(world, acting, now, wish, limit_of):
    by, pk = acting(world, "gp_oak"), world.clinicians["gp_oak"].pk
    perform(set_persons_limit, by=by, at=now, clinician_id=pk, wish=wish)

    one = _later(wish, points=210, days=0)

    with pytest.raises(BadInput, match="Raising it needs the practice"):
        perform(set_persons_limit, by=by, at=now, clinician_id=pk, wish=one)

    assert limit_of("gp_oak").effective.points == 200


def test_lowering_ones_own_limit_never_lifts_a_lower_one_that_comes(
    world, acting, now, wish, limit_of
):
    pk = world.clinicians["gp_oak"].pk
    coming = _later(wish, points=120, days=5, until=10, cause=Cause.PHASED_RETURN)
    manager, doctor = acting(world, "practice_manager"), acting(world, "gp_oak")
    perform(set_persons_limit, by=manager, at=now, clinician_id=pk, wish=coming)
    perform(set_persons_limit, by=doctor, at=now, clinician_id=pk, wish=wish)

    assert [limit_of("gp_oak", days).effective.points for days in (0, 5, 10)] == [200, 120, 200]


@pytest.mark.parametrize(
    ("points", "until", "allowed"),
    [(240, None, False), (240, 8, False), (150, None, True), (240, 7, True)],
)
def test_oneself_never_raises_a_lower_limit_of_the_practice_that_comes(
    world, acting, now, wish, limit_of, points, until, allowed
):
    coming = _later(wish, points=150, days=7)
    perform(set_practice_limit, by=acting(world, "practice_manager"), at=now, wish=coming)
    mine = _later(wish, points=points, days=0, until=until)
    told = {"by": acting(world, "gp_oak"), "clinician_id": world.clinicians["gp_oak"].pk}

    refused = nullcontext() if allowed else pytest.raises(BadInput, match="needs the practice")
    with refused:
        perform(set_persons_limit, at=now, wish=mine, **told)

    assert limit_of("gp_oak", 7).effective.points == 150
    assert limit_of("gp_oak").effective.points == (points if allowed else 250)


@pytest.mark.parametrize("name", ["receptionist", "duty", "gp_elm", "supervisor", "manager"])
def test_somebody_elses_limit_is_not_theirs_to_set(world, acting, now, wish, name):
    pk = world.clinicians["gp_oak"].pk

    with pytest.raises((BadInput, Absent)):
        perform(set_persons_limit, by=acting(world, name), at=now, clinician_id=pk, wish=wish)


def test_a_locums_cap_binds_where_other_limits_are_only_shown(world, acting, now, wish, limit_of):
    with everywhere(because="the test's set-up", at=now):
        world.oak.limit_mode = "shadow"
        world.oak.save()
    by, pk = acting(world, "practice_manager"), world.clinicians["gp_oak"].pk
    before = limit_of("gp_oak").mode
    cap = _later(wish, points=180, days=0, cause=Cause.LOCUM_CAP)
    perform(set_persons_limit, by=by, at=now, clinician_id=pk, wish=cap)

    assert (before, limit_of("gp_oak").mode) == (LimitMode.SHADOW, LimitMode.ENFORCE)
    assert limit_of("duty").mode is LimitMode.SHADOW


def test_a_limit_ended_today_holds_no_more_and_stays_on_record(world, acting, now, wish, limit_of):
    by = acting(world, "practice_manager")
    limit = perform(set_practice_limit, by=by, at=now, wish=wish)

    for _ in range(2):
        perform(end_limit, by=by, at=now, limit_id=limit.pk)

    assert limit_of("gp_oak").effective.points == 250
    with everywhere(because="the test looks", at=now):
        assert WorkingLimit.objects.filter(pk=limit.pk).count() == 1
        assert AuditEntry.objects.filter(verb="limit.ended").count() == 1


def test_a_networks_limit_is_not_the_practices_to_end(world, acting, now):
    with everywhere(because="the test's set-up", at=now):
        limit = set_limit(
            layer="person",
            clinician_id=world.clinicians["gp_elm"].pk,
            points=200,
            from_on=now.date(),
            basis="theirs",
            by=SETUP,
            at=now,
        )

    with pytest.raises(Absent):
        perform(end_limit, by=acting(world, "practice_manager"), at=now, limit_id=limit.pk)


def test_a_registrars_stage_is_the_starting_point(world, now, limit_of):
    with everywhere(because="the test's set-up", at=now):
        Clinician.objects.filter(pk=world.clinicians["gp_oak"].pk).update(
            profession="registrar", stage="st1"
        )

    found = limit_of("gp_oak").effective

    assert (found.points, found.layer) == (100, Layer.SYSTEM)
    assert "30 minutes a patient" in found.basis


def test_reading_limits_is_one_statement(world, acting, now, django_assert_num_queries):
    people = [one.pk for one in world.clinicians.values()]

    with opened(acting(world, "practice_manager").reach, at=now), django_assert_num_queries(1):
        limits_on(people, on=now.date())
