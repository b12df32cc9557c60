"""A house reads its own record and the rules passed over there, never those of its hubs."""

import pytest
from django.db import connection

from appointments.actions import OverrideWish
from appointments.models import Override
from appointments.queries.rota_changes import ChangeWish
from config.reach import acting_in_browser
from practices.actions.reading import log_seen
from practices.doors import opened, perform
from practices.models import AuditEntry
from tests.cases import submitted
from tests.conftest import as_owner
from tests.full_day import booked, limited
from triage import actions
from triage.actions.rota_changes import change_session
from triage.rules.codes import Need

WHY = OverrideWish("clinical_need", "Needs to be seen today")
ROLES = ("receptionist", "practice_manager", "duty", "supervisor", "clinician", "manager")
# What each table let through before: whatever an organisation in reach had written.
REACHED = " OR ".join(
    f"organisation_id = ANY ((SELECT reach_ids('{scope}'))::bigint[])"
    for scope in ("own", "providers", "networks")
)


@pytest.fixture
def both_houses(committed_world, acting, now):
    """Somebody was seen at Oak and at the hub, and a rule was passed over at each."""
    world = committed_world
    seen = {"patient_ids": [world.patients["zoe"].pk], "page": "queue"}
    for by in ("receptionist", "clinician"):
        perform(log_seen, by=acting(world, by), at=now, **seen)
    first, slot = world.slots("clinician")[:2]
    booked(world, acting, "zoe_namesake", first, overflow_reason="own_full")
    limited(world, "clinician", points=10, because="the test")
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    wish = {"reference": case.reference, "slot_id": slot.pk, "override": WHY}
    perform(actions.book, by=acting(world, "clinician"), at=now, **wish)
    gap = {"session_id": world.sessions["gp_oak"].pk, "override": WHY}
    away = ChangeWish(is_cancelled=True, reason="no room")
    perform(change_session, by=acting(world, "practice_manager"), at=now, wish=away, **gap)
    return world


def _houses(reach, now):
    """Whose audit rows, and whose overrides, this person reads."""
    with opened(reach, at=now):
        audit = set(AuditEntry.objects.values_list("organisation_id", flat=True))
        return audit, set(Override.objects.values_list("organisation_id", flat=True))


def _unguarded(reach, table, now):
    """Whose rows they would read by the reach alone; the policy is itself again afterwards."""
    owner = as_owner(connection.settings_dict["NAME"])
    owner.set_session(autocommit=False)
    try:
        with owner.cursor() as cursor:
            cursor.execute(f"ALTER POLICY reach ON {table} USING ({REACHED})")
            cursor.execute("SET LOCAL ROLE headroom_app")
            cursor.execute(
                "SELECT set_config('headroom.reach', %s, true)", [reach.as_setting(at=now)]
            )
            cursor.execute(f"SELECT DISTINCT organisation_id FROM {table}")
            return {pk for (pk,) in cursor.fetchall()}
    finally:
        owner.rollback()
        owner.close()


def test_nobody_reads_the_record_of_another_house(both_houses, now):
    world = both_houses
    reaches = {
        name: acting_in_browser(world.users[name].pk, None, now).actor.reach for name in ROLES
    }

    read = {name: _houses(reach, now) for name, reach in reaches.items()}
    connection.close()
    oak, hub = world.oak.pk, world.hub.pk
    control = {
        table: _unguarded(reaches["receptionist"], table, now)
        for table in ("practices_auditentry", "appointments_override")
    }

    assert all(audit <= {reaches[name].organisation_id} for name, (audit, _) in read.items())
    assert [read[name] for name in ("receptionist", "practice_manager")] == [({oak}, {oak})] * 2
    assert [read[name] for name in ("supervisor", "clinician")] == [({hub}, {hub})] * 2
    assert read["manager"][1] == set()
    assert control == {table: {oak, hub} for table in control}
