"""The supervising GP's page: people, ratio, paused lists, reviews due, rules to countersign."""

import pytest

from practices.doors import everywhere, opened
from practices.models import AuditEntry
from tests.actions.test_supervising import ended, passed
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import address, text_of
from tests.teams import joined, supervised
from triage.queries.supervising_page import supervising_page
from triage.rules.codes import Need

__all__ = ["at_desk", "clock", "passed"]
PAGE = "/triage/supervising/"


@pytest.fixture
def team(world):
    supervised(world, "clinician", "physio")


def test_who_is_here_and_what_they_have_in_hand(world, acting, team, at_desk, now):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    later = world.slots("clinician")[0].starts_at
    at_desk("clinician", at=later).post(address(case, "claim/"), {"once": "1"})

    said = text_of(at_desk("supervisor", at=later).get(PAGE))

    assert "1 of your people is here now; one supervisor may have 4" in said
    assert "Here until 1pm" in said
    assert "Nguyễn" in said
    with everywhere(because="the test looks", at=now):
        lines = AuditEntry.objects.filter(verb="patient.viewed", facts__page="supervising")
        assert [line.entity_id for line in lines] == [str(world.patients["tam"].pk)]


def test_leaving_is_told_on_the_screen_of_everybody_it_concerns(team, at_desk):
    supervisor = at_desk("supervisor")
    after = text_of(supervisor.post(PAGE + "leave/", {"once": "1"}, follow=True))

    theirs = text_of(at_desk("clinician").get("/triage/queue/"))
    back = text_of(supervisor.post(PAGE + "back/", {"once": "2"}, follow=True))

    assert "Lists that nobody supervises (2)" in after
    assert "Your list is paused" in theirs
    assert "Supervisor, who supervises you, left at 9:30am" in theirs
    assert "The lists go on" in back
    assert "Your list is paused" not in text_of(at_desk("clinician").get("/triage/queue/"))


def test_whose_list_is_paused_is_not_counted_as_supervised(world, team, at_desk):
    supervisor = at_desk("supervisor", at=world.slots("clinician")[0].starts_at)

    before = text_of(supervisor.get(PAGE))
    after = text_of(supervisor.post(PAGE + "leave/", {"once": "1"}, follow=True))

    assert "1 of your people is here now" in before
    assert "0 of your people are here now" in after
    assert "Lists that nobody supervises (2)" in after


def test_another_supervisor_reads_the_paused_list_and_takes_it_over(world, team, at_desk):
    joined(world, "second", role="supervisor", profession="gp")
    at_desk("supervisor").post(PAGE + "leave/", {"once": "1"})
    second = at_desk("second")

    offered = text_of(second.get(PAGE))
    wish = {"clinician": world.clinicians["clinician"].pk, "once": "2"}
    after = text_of(second.post(PAGE + "take-over/", wish, follow=True))

    assert "Clinician: paused since 9:30am, when Supervisor left" in offered
    assert "Lists that nobody supervises (1)" in after
    assert "Your people (1)" in after


def test_a_trainees_case_waits_for_its_debrief(world, acting, at_desk, now):
    joined(world, "learner", role="clinician", profession="registrar", stage="st1")
    supervised(world, "learner")
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now)
    ended(world, acting, "learner", case, now)
    supervisor = at_desk("supervisor")

    before = text_of(supervisor.get(PAGE))
    after = text_of(supervisor.post(address(case, "review/"), {"once": "1"}, follow=True))

    assert "Debrief done" in before
    assert "No case of today waits to be talked over." in after


def test_a_rule_passed_over_is_countersigned_with_one_press(passed, at_desk):
    case, _ = passed
    supervisor = at_desk("supervisor")

    before = text_of(supervisor.get(PAGE))
    after = text_of(supervisor.post(address(case, "countersign/"), {"once": "1"}, follow=True))
    again = text_of(supervisor.post(address(case, "countersign/"), {"once": "2"}, follow=True))

    assert "Rule: Past the safe working limit" in before
    assert "Nothing waits for your name." in after
    assert "This is countersigned already." in again


def test_it_is_the_supervisors_page_alone(at_desk):
    assert at_desk("clinician").get(PAGE).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_many_wait(
    world, acting, now, rows, django_assert_num_queries
):
    joined(world, "learner", role="clinician", profession="registrar", stage="st1")
    supervised(world, "learner")
    for patient, need in zip(("zoe", "tam", "ellen"), Need, strict=False):
        if rows == 1 and patient != "zoe":
            continue
        case = submitted(world, acting, patient, need, at=now)
        ended(world, acting, "learner", case, now)
    by = acting(world, "supervisor")

    with opened(by.reach, at=now), django_assert_num_queries(23):
        supervising_page(by=by, at=now)
