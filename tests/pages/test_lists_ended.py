"""What a network sees of lists that ended early: where, when and how far, never who."""

from uuid import uuid4

import pytest

from networks.queries.lists_ended import lists_ended
from practices.doors import everywhere, perform
from practices.models import AuditEntry
from tests.full_day import overfill
from tests.pages.clinic import at_desk, clock
from triage.actions.gone_home import go_home
from triage.models import GoneHome, Rehoming
from triage.tasks import rehome

__all__ = ["at_desk", "clock"]
PAGE = "/networks/lists-ended/"


@pytest.fixture
def ended(world, acting, now, at_desk):
    """Dr Oak's list of three has ended."""
    overfill(world, acting)
    wish = {"clinician_id": world.clinicians["gp_oak"].pk, "from_at": now, "reason": "unwell"}
    return perform(go_home, by=acting(world, "receptionist"), at=now, **wish)


@pytest.mark.parametrize("who", ["manager", "clinical_lead"])
def test_a_network_sees_where_and_how_far_and_no_small_number(at_desk, ended, who):
    """U37."""
    looking = at_desk(who).get(PAGE).content.decode()
    rehome(gone_home_id=ended.pk)

    page = at_desk(who).get(PAGE).content.decode()

    assert "Ended at 9:30am: places are looked for" in looking
    assert "Ended at 9:30am: places were looked for" in page
    assert "Oak Surgery" in page
    assert (page.count("*</td>"), "3</td>" in page) == (2, False)


def test_no_name_leaves_and_nobody_was_looked_at(at_desk, ended, now):
    rehome(gone_home_id=ended.pk)
    with everywhere(because="the test looks", at=now):
        before = AuditEntry.objects.filter(verb="patient.viewed").count()
        names = [line.case.patient.family_name for line in Rehoming.objects.all()]
        references = [line.case.reference for line in Rehoming.objects.all()]

    page = at_desk("manager").get(PAGE).content.decode()

    assert len(names) == 3
    assert not [word for word in (*names, *references, "Gp Oak", "unwell") if word in page]
    with everywhere(because="the test looks", at=now):
        assert AuditEntry.objects.filter(verb="patient.viewed").count() == before


def test_another_networks_list_is_not_counted(world, at_desk, ended, now):
    """The list is there, at a place that is not the network's."""
    with everywhere(because="the list is at the network itself, which is no member", at=now):
        GoneHome.objects.update(organisation=world.network.organisation)

    assert "None so far" in at_desk("manager").get(PAGE).content.decode()


def test_a_list_that_was_undone_says_so(at_desk, ended, now):
    with everywhere(because="the clinician is back", at=now):
        GoneHome.objects.update(taken_back_at=now)

    page = at_desk("manager").get(PAGE).content.decode()

    assert "Ended at 9:30am, undone at 9:30am" in page


def test_the_board_leads_there_and_a_desk_may_not(at_desk, ended):
    assert PAGE in at_desk("manager").get("/networks/board/").content.decode()
    assert at_desk("receptionist").get(PAGE).status_code == 403


@pytest.mark.parametrize("lists", [1, 3])
def test_many_lists_cost_what_one_costs(ended, now, lists, django_assert_num_queries):
    with everywhere(because="the test's set-up", at=now):
        for _ in range(lists - 1):
            ended.pk, ended.public_id = None, uuid4()
            ended.save(force_insert=True)
        with django_assert_num_queries(1):
            found = lists_ended([ended.organisation_id], at=now)

    assert len(found) == lists
