"""The database tells a patient's views to the manager of the practice, and to nobody else (T05)."""

import re
from datetime import timedelta

import pytest
from django.db import connection

from config.reach import acting_in_browser
from hubs.models import Agreement
from practices.actions.reading import log_seen
from practices.doors import everywhere, opened, perform
from practices.models import AuditEntry, Membership, User
from practices.queries.who_viewed import views_of
from practices.rules.roles import Role
from tests.conftest import as_owner
from tests.world import LONG_AGO

DEFINITION = "SELECT pg_get_functiondef('views_of_patient'::regproc)"
GUARD = re.compile(r"IF NOT EXISTS \(.*?END IF;", re.DOTALL)
ASKED = "SELECT count(*) FROM views_of_patient(%s, '-infinity', NULL, 100)"
OTHERS = (
    "receptionist",
    "duty",
    "clinician",
    "supervisor",
    "manager",
    "receptionist_elm",
    "manager_elm",
    "left",
)


@pytest.fixture
def viewed(committed_world, acting, now):
    """Zoë of Oak was seen at Oak, and in a list at the hub beside Ellen of Elm."""
    world = committed_world
    zoe, ellen = (world.patients[name].pk for name in ("zoe", "ellen"))
    for by, ids in (("receptionist", [zoe]), ("clinician", [zoe, ellen])):
        perform(log_seen, by=acting(world, by), at=now, patient_ids=ids, page="queue")
    return world


@pytest.fixture
def reaches(viewed, now):
    """The reach of everybody who asks, by name."""
    with everywhere(because="the test's set-up", at=now):
        for name, practice in (("manager_elm", viewed.elm), ("left", viewed.oak)):
            viewed.users[name] = User.objects.create(username=name, name=name)
            Membership.objects.create(
                user=viewed.users[name],
                role=Role.PRACTICE_MANAGER,
                organisation_id=practice.pk,
                from_on=LONG_AGO,
            )
    names = ("practice_manager", *OTHERS)
    found = {name: acting_in_browser(viewed.users[name].pk, None, now).actor for name in names}
    with everywhere(because="the test's set-up", at=now):
        Membership.objects.filter(user=viewed.users["left"]).update(until_on=now.date())
    return {name: actor.reach for name, actor in found.items()}


def _told(reach, patient_id, now):
    with opened(reach, at=now):
        return len(views_of(patient_id, older_than=None, at=now + timedelta(minutes=1)).rows)


def _told_unguarded(reach, patient_id, now):
    """What they would be told were the function's guard off; it is on again afterwards."""
    owner = as_owner(connection.settings_dict["NAME"])
    owner.set_session(autocommit=False)
    try:
        with owner.cursor() as cursor:
            cursor.execute(DEFINITION)
            open_to_all, times = GUARD.subn("", cursor.fetchone()[0])
            assert times == 1
            cursor.execute(open_to_all)
            cursor.execute("SET LOCAL ROLE headroom_app")
            cursor.execute(
                "SELECT set_config('headroom.reach', %s, true)", [reach.as_setting(at=now)]
            )
            cursor.execute(ASKED, [patient_id])
            return cursor.fetchone()[0]
    finally:
        owner.rollback()
        owner.close()


def test_only_the_practices_own_manager_is_told(viewed, reaches, now):
    zoe = viewed.patients["zoe"].pk
    told = {name: _told(reach, zoe, now) for name, reach in reaches.items()}
    connection.close()
    control = {name: _told_unguarded(reach, zoe, now) for name, reach in reaches.items()}

    assert told == {"practice_manager": 2} | dict.fromkeys(OTHERS, 0)
    assert control == dict.fromkeys(reaches, 2)


def test_each_manager_is_told_of_their_own_patients(viewed, reaches, now):
    ellen = viewed.patients["ellen"].pk

    told = [_told(reaches[name], ellen, now) for name in ("manager_elm", "practice_manager")]

    assert told == [1, 0]


def test_what_a_hub_saw_is_told_after_it_serves_us_no_more(viewed, now):
    with everywhere(because="the test's set-up", at=now):
        Agreement.objects.filter(practice=viewed.oak).update(until_on=now.date())
    reach = acting_in_browser(viewed.users["practice_manager"].pk, None, now).actor.reach

    with opened(reach, at=now):
        in_reach = set(AuditEntry.objects.values_list("organisation_id", flat=True))

    assert in_reach == {viewed.oak.pk}
    assert _told(reach, viewed.patients["zoe"].pk, now) == 2
