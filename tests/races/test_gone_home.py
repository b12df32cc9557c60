"""A list that two people end at once, or that is settled while others hold one of its cases."""

import pytest
from django.conf import settings
from django.db import connection

from appointments.actions import rota_changes
from appointments.models import Session
from practices import clock
from practices.clock import on
from practices.doors import Busy, everywhere, opened, perform
from tests.conftest import as_owner
from tests.full_day import overfill
from tests.invariants import broken
from tests.races.conftest import IN_VAIN, UNTIL_ALL, at_once, won
from triage.actions.gone_home import go_home
from triage.models import GoneHome, Rehoming
from triage.queries.gone_home import pending_of
from triage.tasks import rehome
from triage.tasks.rehoming import REHOMER

pytestmark = pytest.mark.race
READ = [(rota_changes, "_locked")]


@pytest.fixture
def left(committed_world, acting, now, monkeypatch):
    """Dr Oak has gone home, with three patients; nobody waits long for a lock."""
    monkeypatch.setattr(clock, "now", lambda: now)
    overfill(committed_world, acting)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
    return perform(
        go_home,
        by=acting(committed_world, "receptionist"),
        at=now,
        clinician_id=committed_world.clinicians["gp_oak"].pk,
        from_at=on(now.date(), 12),
        reason="unwell",
    )


def _outcomes(now):
    with everywhere(because="the test looks", at=now):
        return sorted(Rehoming.objects.values_list("outcome", flat=True))


def test_a_case_in_other_hands_never_stops_the_rest_of_the_list(left, now):
    with opened(REHOMER.reach, at=now):
        first = pending_of(left.pk)[0].case.pk
    holder = as_owner(settings.DATABASES["default"]["NAME"])
    holder.set_session(autocommit=False)
    try:
        holder.cursor().execute("SELECT 1 FROM triage_case WHERE id = %s FOR UPDATE", [first])
        with pytest.raises(Busy):
            rehome(gone_home_id=left.pk)
    finally:
        holder.close()
    meanwhile = _outcomes(now)

    assert (meanwhile, rehome(gone_home_id=left.pk)) == (["pending", "placed", "placed"], 1)
    assert _outcomes(now) == ["placed"] * 3
    assert broken(at=now) == []


def _two_managers(world, acting, now):
    """The manager and the desk say at the same moment that Dr Oak, without patients, has left."""
    people = [acting(world, "practice_manager"), acting(world, "receptionist")]
    wish = {"clinician_id": world.clinicians["gp_oak"].pk, "from_at": now, "reason": "unwell"}
    return at_once(2, lambda i: perform(go_home, by=people[i], at=now, **wish))


def test_said_twice_at_once_the_list_ends_once(committed_world, acting, now, meet):
    meet(2, IN_VAIN, after=READ)

    answers = _two_managers(committed_world, acting, now)

    with everywhere(because="the test looks", at=now):
        lists = GoneHome.objects.count()
    assert (won(answers), lists, broken(at=now)) == (1, 1, [])


def test_control_without_the_lock_it_ends_twice(committed_world, acting, now, meet, monkeypatch):
    def unlocked(session_id, *_, **__):
        return Session.objects.get(pk=session_id)

    monkeypatch.setattr(rota_changes, "lock_sessions", lambda *_, **__: None)
    monkeypatch.setattr(rota_changes, "_locked", unlocked)
    meet(2, UNTIL_ALL, after=READ)

    assert won(_two_managers(committed_world, acting, now)) == 2
