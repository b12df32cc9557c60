"""A hub's list with an appointment that was planned ahead: the hub knows no such patient yet."""

import pytest

from appointments.actions import OverrideWish
from appointments.queries.rota_changes import ChangeWish
from practices import clock
from practices.clock import on
from practices.doors import everywhere, opened, perform
from practices.models import Message, Patient
from tests.full_day import planned_ahead
from tests.invariants import broken
from triage.actions.gone_home import go_home
from triage.actions.rota_changes import change_session
from triage.models import Case
from triage.queries.worklist import worklist
from triage.rules.codes import Need
from triage.tasks import rehome

NOON = 12


@pytest.fixture
def planned(world, now, monkeypatch):
    """Ellen, of Elm, is planned with the hub's clinician; nothing was asked for her."""
    monkeypatch.setattr(clock, "now", lambda: now)
    planned_ahead(world, "ellen", world.slots("clinician")[-2], Need.FOLLOW_UP)
    return world


def goes_home(world, by, now):
    wish = {"clinician_id": world.clinicians["clinician"].pk, "from_at": on(now.date(), NOON)}
    left = perform(go_home, by=by, at=now, reason="unwell", **wish)
    return lambda: rehome(gone_home_id=left.pk)


def is_cancelled(world, by, now):
    wish = {
        "session_id": world.sessions["clinician"].pk,
        "wish": ChangeWish(is_cancelled=True, reason="no room"),
        "override": OverrideWish("service_failure", "burst pipe"),
    }
    perform(change_session, by=by, at=now, **wish)
    return lambda: None


@pytest.mark.parametrize("ends", [goes_home, is_cancelled])
def test_who_was_planned_becomes_a_case_of_their_practice(planned, acting, now, ends):
    by = acting(planned, "supervisor")
    with opened(by.reach, at=now):
        assert not Patient.objects.filter(pk=planned.patients["ellen"].pk).exists()

    settles = ends(planned, by, now)

    with opened(by.reach, at=now):
        (row,) = worklist(at=now).rows
    assert (row.practice_id, row.need, row.family_name) == (planned.elm.pk, "follow_up", "Brook")
    settles()
    with everywhere(because="the test looks", at=now):
        assert Case.objects.count() == 1
        assert Message.objects.filter(kind__in=["displaced", "changed"]).count() == 1
    assert broken(at=now) == []
