"""PostgreSQL itself hides what is out of reach, and our role cannot ask it not to (law 6, T01)."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from psycopg2.sql import SQL, Identifier

from appointments.actions import log_contact
from appointments.models import Booking, ChangedDay, UndoneContact
from appointments.rules.codes import ContactKind
from hubs.models import WalkUp
from networks.actions.snapshots import take_snapshot
from practices.actions import issue_token, set_limit
from practices.doors import Answer, Once, everywhere, opened, perform
from practices.rules.reach import Reach
from tests.cases import SPOKE
from tests.conftest import as_owner
from tests.walls import unasked_rows
from tests.walls.two_networks import FAR, target_of
from tests.world import SETUP
from triage import actions
from triage.models import OwnCancelTry
from triage.rules.codes import Outcome

OURS = ("practices", "hubs", "appointments", "triage", "networks")
PRIVATE = {"practices.Practice", "hubs.Hub", "practices.Patient"}
# Facts about organisations that are published, or that everybody needs to find their way.
OPEN = {
    "practices_organisation": "names and codes of organisations are published",
    "practices_practice": "list sizes and addresses are published",
    "practices_site": "addresses are published",
    "hubs_hub": "that a hub exists, and its telephone",
    "hubs_room": "a door's width is no secret",
    "networks_network": "which networks there are is published",
    "networks_networkmember": "who is in which network is published",
    "networks_networkhub": "which network runs a hub is published",
}
# It holds nothing, and nobody, of ours.
STRANGER = Reach(
    own=(FAR,), served=(FAR,), providers=(FAR,), networks=(FAR,), organisation_id=FAR, user_id=FAR
)


def _models():
    return [model for label in OURS for model in apps.get_app_config(label).get_models()]


def _leads_to_private(model, seen=()):
    """Whether a chain of foreign keys ends at a practice, a hub or a patient."""
    if model._meta.label in PRIVATE:
        return True
    targets = {
        field.related_model
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is not None
    }
    return any(_leads_to_private(one, (*seen, model)) for one in targets - {model, *seen})


def _rows(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall()


def _guarded():
    """Tables with row-level security on and a policy."""
    return {
        table
        for (table,) in _rows(
            "SELECT relname FROM pg_class JOIN pg_policies ON tablename = relname"
            " WHERE relrowsecurity AND schemaname = 'public' AND relkind = 'r'"
        )
    }


def test_every_table_with_a_way_to_a_practice_hub_or_patient_has_a_policy(db):
    private = {model._meta.db_table for model in _models() if _leads_to_private(model)}

    assert private - _guarded() - set(OPEN) == set()
    assert set(OPEN) & _guarded() == set()
    assert set(OPEN) - {model._meta.db_table for model in _models()} == set()


def test_a_view_shows_which_places_are_taken_and_not_by_whom(db):
    views = _rows(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_name IN (SELECT viewname FROM pg_views WHERE schemaname = 'public')"
    )

    when = {"expires_at", "taken_at"}
    assert {column for _, column in views} == {"slot_id", "place", "state"} | when


def test_our_role_owns_nothing_and_bypasses_nothing(db):
    ((name, is_super, bypasses, may_login),) = _rows(
        "SELECT rolname, rolsuper, rolbypassrls, rolcanlogin FROM pg_roles"
        " WHERE rolname = current_user"
    )
    owned = _rows("SELECT tablename FROM pg_tables WHERE tableowner = current_user")
    may_truncate = _rows(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        " AND has_table_privilege(current_user, format('%I.%I', schemaname, tablename), 'TRUNCATE')"
    )
    may_become = _rows(
        "SELECT rolname FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER')"
        " AND rolname <> current_user"
    )

    assert (name, is_super, bypasses, may_login) == ("headroom_app", False, False, False)
    assert (owned, may_truncate, may_become) == ([], [], [])


@pytest.fixture
def one_of_each(committed_world, acting, now):
    """At least one row in every table that has a policy."""
    target = target_of(committed_world, acting)
    with everywhere(because="the test's set-up", at=now):
        _rows_nobody_asked_for(committed_world, now)
    with everywhere(because="the test's set-up", at=now):
        booking = Booking.objects.get(public_id=target.booking)
        OwnCancelTry.objects.create(booking=booking, at=now)
    perform(
        actions.move_booking,
        by=acting(committed_world, "receptionist"),
        at=now,
        once=Once.of("key", "POST", "/", b""),
        answer=lambda moved: Answer(200, str(moved.public_id)),
        public_id=target.booking,
        to_slot_id=committed_world.slots("clinician")[6].pk,
        because="patient_choice",
    )
    _treat(target.case, acting(committed_world, "clinician"), now)
    return committed_world


def _rows_nobody_asked_for(world, now):
    """What no wish fills, a snapshot, a token, a limit and a contact."""
    clinician_id = world.clinicians["gp_oak"].pk
    membership_id = world.memberships["client"].pk
    unasked_rows.fill(world, now=now)
    by = world.users["clinician"]
    WalkUp.objects.create(
        hub=world.hub, words="a cough", sent_to="pharmacy", on=now.date(), at=now, by=by
    )
    assert take_snapshot(network_id=world.network.pk, by=SETUP, at=now)
    issue_token(membership_id=membership_id, name="t", days=1, by=SETUP, at=now)
    set_limit(
        layer="person",
        clinician_id=clinician_id,
        points=200,
        from_on=now.date(),
        basis="the test",
        by=SETUP,
        at=now,
    )
    logged = log_contact(
        clinician_id=clinician_id,
        organisation_id=world.oak.pk,
        kind=ContactKind.BRIEF_ADVICE,
        contact_at=now - timedelta(minutes=1),
        note="rang about a rash",
        by=SETUP,
        at=now,
    )
    UndoneContact.objects.create(contact=logged, at=now, by=by)


def _treat(reference, by, now):
    """The case is claimed, rung and closed."""
    perform(actions.claim, by=by, at=now, reference=reference)
    rung = {"reference": reference, "channel": "phone", "answered": False}
    perform(actions.record_attempt, by=by, at=now, **rung)
    wish = actions.OutcomeWish(
        Outcome.DENTAL, safety_net="Call us", record_viewed="summary", contact=SPOKE
    )
    perform(actions.close, by=by, at=now, reference=reference, wish=wish)


def _seen_with_policy(tables, now):
    with opened(STRANGER, at=now):
        return {table: _rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables}


def _seen_without_policy(database, table, now):
    """What the stranger would read were the table's policy off; it is on again afterwards."""
    owner = as_owner(database)
    owner.set_session(autocommit=False)
    try:
        with owner.cursor() as cursor:
            cursor.execute(
                SQL("ALTER TABLE {} DISABLE ROW LEVEL SECURITY").format(Identifier(table))
            )
            cursor.execute("SET LOCAL ROLE headroom_app")
            cursor.execute(
                "SELECT set_config('headroom.reach', %s, true)", [STRANGER.as_setting(at=now)]
            )
            cursor.execute(SQL("SELECT count(*) FROM {}").format(Identifier(table)))
            return cursor.fetchone()[0]
    finally:
        owner.rollback()
        owner.close()


def test_each_policy_hides_every_row_from_a_stranger(one_of_each, now):
    tables = sorted(_guarded())
    hidden = _seen_with_policy(tables, now)
    connection.close()
    database = connection.settings_dict["NAME"]
    control = {table: _seen_without_policy(database, table, now) for table in tables}

    assert {table for table, seen in hidden.items() if seen} == set()
    assert {table for table, seen in control.items() if not seen} == set()


def test_without_a_reach_nothing_can_be_read(one_of_each):
    read = []
    for table in sorted(_guarded()):
        try:
            with transaction.atomic():
                _rows(f"SELECT * FROM {table}")
        except ProgrammingError as refusal:
            if "no reach is open" in str(refusal):
                continue
        read.append(table)

    assert read == []


def test_a_stranger_writes_no_row_for_somebody_else(one_of_each, now):
    world = one_of_each
    with opened(STRANGER, at=now):
        changed = Booking.objects.update(state="cancelled")
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        opened(STRANGER, at=now),
    ):
        ChangedDay.objects.create(organisation_id=world.oak.pk, day=now.date(), changed_at=now)

    assert changed == 0
