"""Whoever opens a page that shows a patient is on record, once a page: never unlogged (T05).

Every named address is opened as every role at home. What shows our patient leaves exactly one line
that names them; what shows no patient leaves none.
"""

import pytest
from django.test import Client
from django.urls import reverse

from hubs.models import WalkUp
from practices import audit, clock
from practices.doors import everywhere
from practices.models import AuditEntry, Patient
from practices.rules.nhs_number import spaced
from practices.rules.roles import Role
from tests.walls.matrix import MATRIX
from tests.walls.two_networks import NAME, NUMBER, knockers, target_of
from triage.models import DowntimePack

pytestmark = pytest.mark.long
SHOWN = (NAME, NAME.upper(), NUMBER, spaced(NUMBER))
ASKED = {"api_patients": {"q": spaced(NUMBER)}}
SEARCHES = ("triage:reception", "triage:paper_entry", "triage:who_viewed")


@pytest.fixture
def target(world, acting, now, monkeypatch):
    """Our patient, named nowhere but in the record and in the pack of the practice."""
    monkeypatch.setattr(clock, "now", lambda: now)
    target = target_of(world, acting)
    with everywhere(because="the test's set-up", at=now):
        patient = Patient.objects.get(nhs_number=NUMBER)
        DowntimePack.objects.update(patient_ids=[patient.pk])
        WalkUp.objects.update(name="Somebody at the door")
    return target


@pytest.fixture
def people(world):
    return knockers(world)


def _lines(now):
    with everywhere(because="the test looks", at=now):
        views = AuditEntry.objects.filter(verb="patient.viewed").order_by("pk")
        return {line.pk: line.facts["patients"] for line in views}


def _opened(people, target, roles):
    """Every address that opens for somebody at home: who asked, which, and how to ask."""
    for (place, role), user in people.items():
        if place != "own" or role not in roles:
            continue
        client = Client(raise_request_exception=False)
        client.force_login(user)
        for name, knocks in MATRIX.items():
            for knock in (one for one in knocks if one.method == "get"):
                address = reverse(name, kwargs=knock.filled(target)[0])
                yield f"{role} {name}", lambda a=address, n=name, c=client: c.get(a, ASKED.get(n))


def _faults(people, target, now, roles=tuple(Role)):
    """A line for each page that shows our patient unlogged or twice, or logs who is not there."""
    with everywhere(because="the test looks", at=now):
        ours = Patient.objects.get(nhs_number=NUMBER).pk
    faults, shown = [], set()
    for what, ask in _opened(people, target, roles):
        before = _lines(now)
        answer = ask()
        new = [who for pk, who in _lines(now).items() if pk not in before]
        said = b"".join(answer) if answer.streaming else answer.content
        if any(text in said.decode() for text in SHOWN):
            shown.add(what)
            if len(new) != 1 or ours not in new[0]:
                faults.append(f"{what}: shows them, {new}")
        elif len(new) > 1 or any(ours in who for who in new):
            faults.append(f"{what}: {answer.status_code}, shows nobody, {new}")
    return faults, shown


def test_t05_each_page_that_shows_a_patient_leaves_exactly_one_line(world, people, target, now):
    faults, shown = _faults(people, target, now)

    assert faults == []
    assert len(shown) >= 40, sorted(shown)


def test_t05_each_search_that_finds_them_leaves_exactly_one_line(world, people, target, now):
    faults = []
    for (place, role), user in people.items():
        client = Client()
        client.force_login(user)
        for name in SEARCHES if place == "own" else ():
            before = len(_lines(now))
            answer = client.post(reverse(name), {"sought": spaced(NUMBER)})
            shows = NAME.upper() in answer.content.decode().upper()
            found = shows or answer.status_code == 302
            if len(_lines(now)) - before != int(found):
                faults.append(f"{role} {name}: {answer.status_code}")

    assert faults == []


def test_t05_control_without_the_record_every_page_is_found(
    world, people, target, now, monkeypatch
):
    monkeypatch.setattr(audit, "write", lambda *args, **facts: None)

    faults, shown = _faults(people, target, now, [Role.RECEPTIONIST])

    assert {fault.partition(": ")[0] for fault in faults} == shown
    assert len(shown) >= 8
