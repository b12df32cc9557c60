"""Who looked at whom: one line a page, and none for a page that shows nobody."""

import pytest

from practices.actions.reading import log_seen, open_patient
from practices.doors import opened, perform
from practices.models import AuditEntry
from practices.rules.refusals import Absent


def looks(actor, at):
    with opened(actor.reach, at=at):
        found = AuditEntry.objects.filter(verb="patient.viewed").order_by("id")
        return [(row.by_id, row.entity_id, row.facts) for row in found]


def test_opening_a_patient_is_on_record_once(world, acting, now):
    receptionist, zoe = acting(world, "receptionist"), world.patients["zoe"]

    found = perform(open_patient, by=receptionist, at=now, public_id=zoe.public_id, page="new")

    assert (found.id, found.practice) == (zoe.pk, "Oak Surgery")
    facts = {"page": "new", "patients": [zoe.pk]}
    assert looks(receptionist, now) == [(receptionist.user_id, str(zoe.pk), facts)]


def test_a_patient_of_another_practice_is_absent_and_leaves_no_line(world, acting, now):
    receptionist, ellen = acting(world, "receptionist"), world.patients["ellen"]

    with pytest.raises(Absent):
        perform(open_patient, by=receptionist, at=now, public_id=ellen.public_id, page="new")

    assert looks(receptionist, now) == []


def test_a_list_is_one_line_and_an_empty_list_none(world, acting, now):
    receptionist = acting(world, "receptionist")
    ids = [world.patients["tam"].pk, world.patients["zoe"].pk]

    perform(log_seen, by=receptionist, at=now, patient_ids=ids, page="reception")
    perform(log_seen, by=receptionist, at=now, patient_ids=[], page="reception")

    facts = {"page": "reception", "patients": sorted(ids)}
    assert looks(receptionist, now) == [(receptionist.user_id, "2", facts)]
