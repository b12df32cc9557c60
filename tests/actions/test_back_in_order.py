"""A list taken back takes its locks in the order of the house: cases, sessions, slots, ledgers."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practices import clock
from practices.doors import everywhere, perform
from practices.rules.access import AccessNeed
from tests.cases import submitted
from tests.invariants import broken
from triage import actions
from triage.actions import coming_back
from triage.actions.coming_back import take_list_back
from triage.actions.gone_home import go_home
from triage.models import Rehoming
from triage.rules.codes import Need

TABLES = ("triage_case", "appointments_session", "appointments_slot", "appointments_dayload")


@pytest.fixture
def ended(world, acting, now, monkeypatch):
    """Zoë had two slots together with Dr Oak, and Tam one; the list has ended."""
    monkeypatch.setattr(clock, "now", lambda: now)
    desk, slots = acting(world, "receptionist"), world.slots("gp_oak")
    for who, slot, needs in (("zoe", slots[2], (AccessNeed.DOUBLE_TIME,)), ("tam", slots[6], ())):
        case = submitted(
            world, acting, who, Need.SORE_THROAT, at=now, red_flags_asked=True, access_needs=needs
        )
        perform(actions.book, by=desk, at=now, reference=case.reference, slot_id=slot.pk)
    wish = {"clinician_id": world.clinicians["gp_oak"].pk, "from_at": now, "reason": "unwell"}
    return perform(go_home, by=desk, at=now, **wish)


def _locked(world, acting, left, now):
    """By table, the rows that each lock named, in the order of the locks."""
    later = now + timedelta(minutes=1)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        perform(
            take_list_back, by=acting(world, "receptionist"), at=later, public_id=left.public_id
        )
    found = []
    for query in seen.captured_queries:
        if "FOR UPDATE" in query["sql"]:
            table = re.match(r'SELECT "(\w+)"', query["sql"])[1]
            ids = re.search(rf'"{table}"."id" (?:IN \(([\d, ]+)\)|= (\d+))', query["sql"])
            found.append((table, set(re.findall(r"\d+", ids[0])) if ids else set()))
    return found


def test_every_lock_comes_in_the_order_of_the_house(world, acting, ended, now):
    locks = _locked(world, acting, ended, now)

    first = [next(i for i, (name, _) in enumerate(locks) if name == table) for table in TABLES]
    assert first == sorted(first)
    slots = [ids for name, ids in locks if name == "appointments_slot"]
    assert all(ids <= slots[0] for ids in slots)
    with everywhere(because="the test looks", at=now):
        assert set(Rehoming.objects.values_list("outcome", flat=True)) == {"back"}
    assert broken(at=now + timedelta(minutes=1)) == []


def test_control_without_them_the_second_slot_is_locked_late(
    world, acting, ended, now, monkeypatch
):
    monkeypatch.setattr(coming_back, "lock_sessions", lambda ids, **how: None)
    monkeypatch.setattr(coming_back, "lock_places", lambda ids, **how: None)

    slots = [ids for name, ids in _locked(world, acting, ended, now) if name == TABLES[2]]

    assert not all(ids <= slots[0] for ids in slots)
