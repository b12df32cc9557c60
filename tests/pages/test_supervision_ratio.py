"""A hub's rota with more people than its supervisors may answer for is published with a reason."""

import pytest

from appointments.models import Override, Session
from appointments.rules.ratio import There, crowded
from hubs.rules.opening import Period
from practices.clock import on
from practices.doors import everywhere
from tests.api.conftest import as_, frozen, problem
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from tests.pages.test_too_many_supervised import crowd
from tests.teams import joined

__all__ = ["as_", "at_desk", "clock", "crowd", "frozen"]
WHY = {"code": "service_failure", "reason": "Nobody else is to be had"}


def _wish(world, name, hours=(9, 12)):
    starts, ends = (f"2026-12-01T{hour:02}:00:00+00:00" for hour in hours)
    who = world.clinicians[name].pk
    return {"hub": "HUB1", "clinician": who, "starts_at": starts, "ends_at": ends}


@pytest.fixture
def full(world, as_):
    """Tomorrow one GP is there from 9am to midday, and the four people they may have."""
    for number in range(5):
        joined(world, f"learner_{number}", role="clinician", profession="registrar")
    joined(world, "second", role="supervisor", profession="gp")
    people = ["supervisor", *(f"learner_{number}" for number in range(4))]
    answers = [as_("supervisor").post("sessions", _wish(world, name)) for name in people]
    assert [answer.status_code for answer in answers] == [201] * 5
    return as_("supervisor")


def test_one_more_than_the_supervisor_may_have_is_not_published_without_a_reason(world, full, now):
    refused = problem(full.post("sessions", _wish(world, "learner_4", (11, 13))))

    assert (refused["status"], refused["code"]) == (409, "cover")
    refused = problem(full.post("sessions", _wish(world, "learner_4", (10, 12))))
    assert (refused["status"], refused["code"]) == (409, "ratio")
    assert "4 each, from 10am to midday on Tuesday 1 December" in refused["detail"]
    said = _wish(world, "learner_4", (10, 12)) | {"override": WHY}
    assert full.post("sessions", said).status_code == 201
    with everywhere(because="the test looks", at=now):
        assert list(Override.objects.values_list("rule", flat=True)) == ["ratio"]


def test_with_a_second_supervisor_there_is_room_until_one_goes(world, full, now):
    for name in ("second", "learner_4"):
        assert full.post("sessions", _wish(world, name)).status_code == 201
    with everywhere(because="the test looks", at=now):
        mine = Session.objects.filter(clinician=world.clinicians["second"])
        address = f"sessions/{mine.get().pk}/cancel"

    refused = problem(full.post(address, {"reason": "leave"}))

    assert (refused["status"], refused["code"]) == (409, "ratio")
    assert full.post(address, {"override": WHY}).status_code == 200


def test_who_supervises_alone_reads_on_every_page_that_it_is_too_much(crowd, at_desk):
    said = text_of(at_desk("supervisor").get("/triage/queue/"))

    assert "You supervise 5 people who are here now, and may have 4" in said


def test_only_the_times_with_too_many_are_found(now):
    def there(who, start, end):
        return There(who, on(now.date(), start), on(now.date(), end))

    led = [there(number, 9, 12) for number in range(1, 5)] + [there(5, 10, 13)]

    assert crowded(led, [there(9, 9, 11)]) == [Period(on(now.date(), 10), on(now.date(), 11))]
    assert crowded(led, [there(9, 9, 13), there(8, 9, 13)]) == []
    assert crowded(led, []) == []
