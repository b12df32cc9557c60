"""A contact that was logged by mistake is in no figure: each is what it was before."""

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from appointments.actions import log_contact
from appointments.actions.past_days import PlannedBooking, take_over
from appointments.models import ContactEvent, DayLoad, UndoneContact
from appointments.queries.day_rest import rests_of
from appointments.queries.lived_days import days_with_contacts, lived_days
from appointments.queries.own_day import own_day
from appointments.queries.workload import meters_on, practice_meter
from appointments.rules.codes import ContactKind
from networks.queries import pool_of
from networks.queries.clinician_loads import loads_of
from networks.queries.counting import count_day
from networks.queries.promises import days_past_limit
from networks.queries.shadow_days import shadow_report
from practices.actions import Listed
from practices.doors import everywhere, perform
from tests.full_day import booked
from tests.invariants import broken
from tests.world import SETUP
from triage.actions.undoing_contacts import undo_contact

ROOT = Path(__file__).parents[2]
SOON = timedelta(seconds=4)
# What a booking became is undone with the booking.
READS_BOOKED = {"appointments/queries/lived_days.py"}


@dataclass(frozen=True)
class Own:
    """Dr Oak, logging and taking back."""

    world: object
    by: object

    def logs(self, kind, at):
        return perform(
            log_contact,
            by=self.by,
            at=at,
            clinician_id=self.by.clinician_id,
            organisation_id=self.world.oak.pk,
            kind=kind,
            contact_at=at,
        )

    def undoes(self, contact, at):
        return perform(undo_contact, by=self.by, at=at, contact_id=contact.pk)

    def figures(self, at):
        """Whatever counts contacts, by its name."""
        me, day, oak = self.by.clinician_id, at.date(), self.world.oak.pk
        with everywhere(because="the test looks", at=at):
            (meter,) = meters_on([me], day=day, at=at)
            return {
                "meter": meter,
                "own day": own_day(me, day=day, at=at),
                "practice": practice_meter(oak, day=day),
                "rest": rests_of([me], day=day, at=at),
                "lived": lived_days(day).get(me),
                "days": days_with_contacts(since=day, until=day),
                "loads": loads_of([oak], day=day),
                "shadow": shadow_report(oak, until=day),
                "past limit": days_past_limit(),
                "board": count_day(pool_of(self.world.network.pk, at=at), at=at),
            }


@pytest.fixture
def own(world, acting):
    return Own(world, acting(world, "gp_oak"))


@pytest.mark.parametrize("kind", ContactKind)
@pytest.mark.parametrize("is_busy", [True, False])
def test_every_figure_is_what_it_was(own, world, acting, now, kind, is_busy):
    if is_busy:
        booked(world, acting, "zoe", world.slots("gp_oak")[-1], overflow_reason="patient_choice")
        own.logs(kind, now - timedelta(minutes=3))
    before = own.figures(now)
    logged = own.logs(kind, now)
    between = own.figures(now)

    own.undoes(logged, now + SOON)

    after = own.figures(now)
    assert {name for name in before if after[name] != before[name]} == set()
    changed = {name for name in before if before[name] != between[name]}
    assert {"meter", "own day", "lived"} <= changed
    assert broken(at=now + SOON) == []


def test_the_limit_has_room_again(own, now):
    """Twenty-five contacts fill the day; one taken back is room for one."""
    for _ in range(24):
        own.logs(ContactKind.PHONE, now)
    logged = own.logs(ContactKind.PHONE, now)

    own.undoes(logged, now)

    meter = own.figures(now)["meter"].meter
    assert (meter.used, meter.limit, meter.contacts) == (240, 250, 24)


def test_a_day_past_its_limit_is_not_explained_by_what_was_taken_back(own, world, now):
    with everywhere(because="the test's set-up", at=now):
        DayLoad.objects.create(clinician_id=own.by.clinician_id, day=now.date(), booked=300)
        type(world.oak).objects.filter(pk=world.oak.pk).update(limit_mode="enforce")
    before = own.figures(now)["past limit"]
    logged = own.logs(ContactKind.PHONE, now)
    between = own.figures(now)["past limit"]

    own.undoes(logged, now)

    assert (len(before), between, own.figures(now)["past limit"]) == (1, [], before)


def test_a_ledger_made_anew_counts_it_no_more(own, world, now):
    own.undoes(own.logs(ContactKind.PHONE, now), now)
    zoe = world.patients["zoe"]
    who = (zoe.pk, world.oak.pk, zoe.person_key, zoe.born_on, zoe.sex)
    listed = Listed(*who, access_needs=(), declines_hub=False, phone="")
    wish = PlannedBooking(
        slot=world.slots("gp_oak")[-1],
        patient=listed,
        need="follow_up",
        kind=ContactKind.FACE_TO_FACE,
        points=10,
        booked_at=now,
    )

    with everywhere(because="the test's set-up", at=now):
        take_over(bookings=[wish], by=SETUP, at=now)
        ledger = DayLoad.objects.get(clinician_id=own.by.clinician_id)

    assert (ledger.booked, ledger.logged) == (10, 0)


def test_both_entries_stand_and_neither_can_go(own, now):
    own.undoes(own.logs(ContactKind.PHONE, now), now + SOON)

    with everywhere(because="the test looks", at=now):
        assert (ContactEvent.objects.count(), UndoneContact.objects.count()) == (1, 1)
        (entry,) = UndoneContact.objects.all()
    assert (entry.at, entry.by_id) == (now + SOON, own.by.user_id)


def test_whoever_reads_contacts_leaves_out_what_was_taken_back():
    """A new query says so itself, or fails here."""
    apps = ("appointments", "hubs", "networks", "practices", "triage")
    files = [path for app in apps for path in (ROOT / app).rglob("*.py")]
    texts = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in files
        if not {"migrations", "models"} & set(path.parts)
    }
    as_orm = {
        name
        for name, text in texts.items()
        if re.search(r"ContactEvent.objects.(?!counted|create|bulk_create)", text)
    }
    as_sql = {
        name
        for name, text in texts.items()
        if text.count("appointments_contactevent") != text.count("appointments_undonecontact")
    }

    assert (as_orm, as_sql) == ({"appointments/actions/contacts.py"}, READS_BOOKED)
