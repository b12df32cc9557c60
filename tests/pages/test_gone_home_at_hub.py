"""The hub's front desk ends a list of the hub, also its only supervisor's, and nobody else's."""

import pytest

from appointments.models import Booking, PausedList, Session
from practices.doors import everywhere, perform
from practices.rules.refusals import Absent
from tests.full_day import booked
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from tests.teams import joined
from triage.actions.gone_home import go_home
from triage.models import GoneHome

__all__ = ["at_desk", "clock"]
PAGE = "/triage/gone-home/"


@pytest.fixture
def desk(world, at_desk):
    joined(world, "hub_desk", role="receptionist", profession="care_coordinator")
    return at_desk("hub_desk")


def says(desk, world, who):
    """The whole way: who, the list as it would end, and yes."""
    wish = {"clinician": world.clinicians[who].pk, "reason": "unwell", "once": "1"}
    shown = desk.post(PAGE, wish)
    return shown, desk.post(PAGE, {**wish, "sure": "yes"}, follow=True)


def test_the_desk_ends_the_list_of_the_only_supervisor(world, acting, desk, now):
    booked(world, acting, "zoe", world.slots("supervisor")[3])

    choices = text_of(desk.get(PAGE))
    shown, ended = says(desk, world, "supervisor")

    assert "Supervisor" in choices
    assert "Supervisor supervises Clinician." in text_of(shown)
    assert "Supervisor has gone home" in text_of(ended)
    with everywhere(because="the test looks", at=now):
        assert GoneHome.objects.get().organisation_id == world.hub.pk
        assert Session.objects.get(pk=world.sessions["supervisor"].pk).status == "cancelled"
        assert not Booking.objects.filter(state="booked").exists()
        paused = PausedList.objects.filter(until_at=None).values_list("clinician_id", flat=True)
        assert world.clinicians["clinician"].pk in paused


def test_it_ends_no_list_of_a_practice(world, acting, desk, now):
    with pytest.raises(Absent):
        perform(
            go_home,
            by=acting(world, "hub_desk"),
            at=now,
            clinician_id=world.clinicians["gp_oak"].pk,
            from_at=now,
            reason="unwell",
        )
