"""Two presses take one contact back: one entry against it, and its points leave the day once."""

import pytest

from appointments.actions import contacts, log_contact
from appointments.models import ContactEvent, DayLoad, UndoneContact
from appointments.rules.codes import ContactKind
from practices.doors import everywhere, perform
from tests.races.conftest import IN_VAIN, UNTIL_ALL, at_once, won
from triage.actions.undoing_contacts import undo_contact

pytestmark = pytest.mark.race


@pytest.fixture
def race(committed_world, acting, now):
    """Two contacts are on the day; two presses take back the second."""
    by = acting(committed_world, "gp_oak")
    wish = {"clinician_id": by.clinician_id, "organisation_id": committed_world.oak.pk}
    wish |= {"kind": ContactKind.PHONE, "contact_at": now}
    perform(log_contact, by=by, at=now, **wish)
    again = perform(log_contact, by=by, at=now, **wish)

    def pressed():
        answers = at_once(2, lambda _: perform(undo_contact, by=by, at=now, contact_id=again.pk))
        with everywhere(because="the test looks", at=now):
            day = DayLoad.objects.get(clinician_id=by.clinician_id)
            return answers, UndoneContact.objects.count(), day.logged

    return pressed


def _without_lock(contact_id):
    return ContactEvent.objects.get(pk=contact_id)


def test_two_presses_are_one_entry(race, meet):
    meet(2, IN_VAIN, before=[(contacts, "shift")])

    answers, entries, logged = race()

    assert (won(answers), entries, logged) == (1, 1, 10)


def test_without_the_lock_the_database_says_no(race, meet, monkeypatch):
    monkeypatch.setattr(contacts, "_lock", _without_lock)
    meet(2, UNTIL_ALL, after=[(contacts, "_lock")])

    answers, entries, logged = race()

    assert (won(answers), entries, logged) == (1, 1, 10)
    assert {one.code for one in answers if not isinstance(one, ContactEvent)} == {"stale"}


def test_control_without_the_constraint_both_take_it_back(race, meet, monkeypatch, without):
    monkeypatch.setattr(contacts, "_lock", _without_lock)
    meet(2, UNTIL_ALL, before=[(contacts, "shift")])
    table = "appointments_undonecontact"
    off = f"ALTER TABLE {table} DROP CONSTRAINT contact_undone_once"
    on = f"ALTER TABLE {table} ADD CONSTRAINT contact_undone_once UNIQUE (contact_id)"

    with without(off, f"TRUNCATE {table}; {on}"):
        answers, entries, logged = race()

    assert (won(answers), entries, logged) == (2, 2, 0)
