"""A session under a link: who opens it, and what each may read of it."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from appointments.models import Slot
from hubs.models import Agreement
from practices.doors import everywhere, perform
from practices.models import AuditEntry, Membership, User
from practices.rules.roles import NETWORK_ROLES, Role
from tests.pages.clinic import at_desk, clock
from tests.pages.session_links import ELLEN, ZOE, address, booked, lines, said
from tests.walls.two_networks import knockers
from tests.world import LONG_AGO
from triage.actions.looking import look_at_session
from triage.queries.session_page import session_page

__all__ = ["at_desk", "clock"]


@pytest.fixture
def hub_desk(world, at_desk, now):
    """The receptionist of the hub itself."""
    with everywhere(because="the test's set-up", at=now):
        user = User.objects.create(username="hub_desk", name="Hub Desk")
        Membership.objects.create(
            user=user, role=Role.RECEPTIONIST, organisation_id=world.hub.pk, from_on=LONG_AGO
        )
    world.users["hub_desk"] = user
    return user


@pytest.fixture
def at_hub(world, acting):
    """Zoë of Oak and Ellen of Elm are booked with the hub's clinician, in the first two slots."""
    slots = world.slots("clinician")
    return [
        booked(world, acting, who, slot) for who, slot in zip(("zoe", "ellen"), slots, strict=False)
    ]


@pytest.mark.parametrize("who", ["receptionist", "duty", "practice_manager"])
def test_at_the_practice_each_who_prints_the_list_opens_it(world, acting, at_desk, who):
    booked(world, acting, "zoe", world.slots("gp_oak")[0])

    answer = at_desk(who).get(address(world))

    page = answer.content.decode()
    assert ZOE in lines(answer)[world.slots("gp_oak")[0].pk]
    assert ("/triage/cases/" in page) == (who != "practice_manager")
    assert f'/triage/paper/sessions/?clinician={world.clinicians["gp_oak"].pk}"' in page


@pytest.mark.parametrize("who", ["clinician", "supervisor", "physio", "hub_desk"])
def test_the_hub_s_people_see_everybody_in_its_session(world, hub_desk, at_hub, at_desk, who):
    answer = at_desk(who).get(address(world, "clinician"))

    first, second = list(lines(answer).values())[:2]
    assert (ZOE in first, "Oak Surgery" in first) == (True, True)
    assert (ELLEN in second, "Elm Surgery" in second) == (True, True)


@pytest.mark.parametrize(
    ("who", "mine", "theirs"),
    [("receptionist", 0, 1), ("receptionist_elm", 1, 0), ("gp_elm", 1, 0)],
)
def test_a_practice_sees_its_own_patients_of_a_hub_s_session_and_of_others_only_that(
    world, at_hub, at_desk, now, who, mine, theirs
):
    answer = at_desk(who).get(address(world, "clinician"))

    slots = list(lines(answer).values())
    assert (ZOE, ELLEN)[mine] in slots[mine]
    assert slots[theirs] == f"{('10am', '10:15am')[theirs]} | Booked | "
    assert (ZOE, ELLEN)[theirs] not in said(answer)
    assert at_hub[theirs].case_ref not in answer.content.decode()
    assert "Print this list" not in said(answer)


def test_who_left_the_hub_s_agreement_takes_a_place_without_a_name(world, at_hub, at_desk, now):
    with everywhere(because="Elm's agreement ends", at=now):
        Agreement.objects.filter(practice=world.elm).update(until_on=now.date())

    answer = at_desk("clinician").get(address(world, "clinician"))

    first, second = list(lines(answer).values())[:2]
    assert ZOE in first
    assert second == "10:15am | Booked | "
    # The wall hides her and not the query: without it she is there.
    with everywhere(because="the control", at=now):
        everybody = session_page(world.sessions["clinician"].public_id, at=now).patient_ids
    assert world.patients["ellen"].pk in everybody


# Each answer that is a problem has one of its own.
REFERENCE = re.compile(r"reference: \S+")
# `atomic` and the reach are four statements in a test, the line of who looked is one.
COSTS = [("receptionist", "gp_oak", 11), ("clinician", "clinician", 12)]
OUTSIDE = [
    ("other_practice", Role.RECEPTIONIST),
    ("other_practice", Role.DUTY),
    ("other_network", Role.RECEPTIONIST),
    ("other_network", Role.CLINICIAN),
    ("own", Role.CLINICIAN),
    ("own", Role.MANAGER),
    ("own", Role.CLINICAL_LEAD),
    ("own", Role.CLIENT),
]


@pytest.mark.parametrize("whose", OUTSIDE)
def test_to_everybody_else_it_is_nowhere(world, acting, clock, now, whose):
    booked(world, acting, "zoe", world.slots("gp_oak")[0])
    clock(now)
    client = Client()
    client.force_login(knockers(world)[whose])

    there, nowhere = (client.get(one) for one in (address(world), missing()))

    assert (there.status_code, nowhere.status_code) == (404, 404)
    told = [REFERENCE.sub("", said(one)) for one in (there, nowhere)]
    assert told[0] == told[1]


HUB_OUTSIDE = [("other_network", role) for role in Role] + [("own", role) for role in NETWORK_ROLES]


@pytest.mark.parametrize("whose", HUB_OUTSIDE)
def test_a_hub_s_session_is_nowhere_in_another_network_and_to_managers(
    world, at_hub, clock, now, whose
):
    clock(now)
    client = Client()
    client.force_login(knockers(world)[whose])

    assert client.get(address(world, "clinician")).status_code == 404


def missing():
    return reverse("triage:session", args=[uuid4()])


@pytest.mark.parametrize("where", ["/triage/sessions/7/", "/triage/sessions/x%00y/"])
def test_what_is_no_link_of_ours_is_not_found(world, at_desk, where):
    desk = at_desk("receptionist")

    assert [desk.get(one).status_code for one in (missing(), where)] == [404, 404]


def test_who_is_signed_out_signs_in_and_is_on_the_page(world, clock, now):
    clock(now)
    user = world.users["receptionist"]
    user.set_password("an invented pass phrase")
    with everywhere(because="the test's set-up", at=now):
        user.save(update_fields=["password"])
    client = Client()

    asked = client.get(address(world))
    who = {"username": "receptionist", "password": "an invented pass phrase"}
    answer = client.post(asked["Location"], who, follow=True)

    assert asked["Location"].startswith("/practices/sign-in/?next=")
    assert answer.request["PATH_INFO"] == address(world)
    assert "Gp Oak, Monday 30 November" in said(answer)


def test_one_line_says_whom_the_page_showed(world, at_hub, at_desk, now):
    at_desk("receptionist").get(address(world, "clinician"))
    at_desk("supervisor").get(address(world, "clinician"))
    at_desk("supervisor").get(address(world, "supervisor"))

    zoe, ellen = (world.patients[who].pk for who in ("zoe", "ellen"))
    with everywhere(because="the test looks", at=now):
        views = AuditEntry.objects.filter(verb="patient.viewed", facts__page="session")
        assert [one.facts["patients"] for one in views.order_by("pk")] == [[zoe], [zoe, ellen]]


@pytest.mark.parametrize(("rows", "slots"), [(1, 2), (3, 12)])
@pytest.mark.parametrize(("who", "session", "cost"), COSTS)
def test_it_costs_the_same_however_many_slots_and_people_there_are(
    world, acting, now, django_assert_num_queries, who, session, cost, rows, slots
):
    for patient, slot in zip(("zoe", "tam", "child")[:rows], world.slots(session), strict=False):
        booked(world, acting, patient, slot)
    with everywhere(because="the others are no more", at=now):
        Slot.objects.filter(pk__in=[one.pk for one in world.slots(session)[slots:]]).delete()
    wish = {"public_id": world.sessions[session].public_id, "by": acting(world, who), "at": now}

    with django_assert_num_queries(cost):
        found = perform(look_at_session, **wish)

    assert (len(found.slots), len(found.patient_ids)) == (slots, rows)
