"""More people than one may supervise: a colleague reads it everywhere, and takes one over."""

from datetime import timedelta

import pytest

from appointments.actions import SessionWish, publish_session
from appointments.models import PausedList
from practices.clock import on
from practices.doors import everywhere
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from tests.teams import joined, supervised
from tests.world import SETUP

__all__ = ["at_desk", "clock"]
PAGE = "/triage/supervising/"
TOO_MANY = "Supervisor supervises 5 people who are here now, and may have 4"


@pytest.fixture
def crowd(world, now):
    """Five nurses who are here now name the hub's supervisor; a second one has nobody."""
    joined(world, "second", role="supervisor", profession="gp")
    names = [f"nurse_{n}" for n in range(5)]
    for name in names:
        person = joined(world, name, role="clinician", profession="nurse")
        with everywhere(because="the test's set-up", at=now):
            wish = SessionWish(
                clinician_id=person.pk,
                site_id=world.sites[world.hub.pk].pk,
                starts_at=on(now.date(), 9),
                ends_at=on(now.date(), 13),
                hub_id=world.hub.pk,
                practice_id=None,
            )
            publish_session(wish=wish, by=SETUP, at=now - timedelta(days=1))
    supervised(world, *names)
    return [world.clinicians[name].pk for name in names]


def test_who_has_too_many_reads_who_can_help(crowd, at_desk):
    said = text_of(at_desk("supervisor").get(PAGE))

    assert "More people than one supervisor may have" in said
    assert "It stands on the screen of Second (not here now)." in said
    assert TOO_MANY not in said


def test_a_colleague_reads_it_on_every_page_and_takes_one_over(crowd, at_desk, now):
    second = at_desk("second")
    alarm = text_of(second.get("/triage/queue/"))
    page = text_of(second.get(PAGE))

    wish = {"once": "1", "clinician": crowd[0]}
    after = text_of(second.post(PAGE + "take-over/", wish, follow=True))

    theirs = text_of(at_desk("supervisor").get(PAGE))
    assert TOO_MANY in alarm
    assert page.count("I supervise them now") == 5
    assert "You supervise them now. The list goes on" in after
    assert TOO_MANY not in after
    assert "Nurse 0" in after
    assert "4 of your people are here now; one supervisor may have 4" in theirs
    assert "More people than one supervisor may have" not in theirs
    with everywhere(because="the test looks", at=now):
        assert PausedList.objects.filter(until_at=None).count() == 0


def test_nobody_takes_a_person_from_a_colleague_who_has_not_too_many(crowd, at_desk, now):
    second = at_desk("second")
    second.post(PAGE + "take-over/", {"once": "1", "clinician": crowd[0]})

    said = text_of(
        second.post(PAGE + "take-over/", {"once": "2", "clinician": crowd[1]}, follow=True)
    )

    assert "This list is not paused any more" in said
    with everywhere(because="the test looks", at=now):
        assert PausedList.objects.count() == 1


@pytest.mark.parametrize("name", ["clinician", "duty"])
def test_only_who_could_help_is_told(crowd, at_desk, name):
    assert TOO_MANY not in text_of(at_desk(name).get("/triage/queue/"))
