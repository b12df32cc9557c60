"""Sheets of an outage for tests: the network came back at 11:40am, and somebody types."""

from datetime import timedelta

import pytest

from practices import clock
from practices.doors import everywhere, perform
from tests.pages.clinic import signed_in
from triage import actions
from triage.rules.codes import Urgency

NINE_TWELVE = {"number": "K7M-3QX", "happened_on": "2026-11-30", "time": "9:12am"}
SAID = {"none_said": "on", "need": "sore_throat", "words": "sore for four days", "channel": "phone"}


@pytest.fixture
def reading(monkeypatch, now):
    """The network came back at 11:40am."""
    told = [now + timedelta(hours=2, minutes=10)]
    monkeypatch.setattr(clock, "now", lambda: told[0])
    return told


@pytest.fixture
def desk(world, reading):
    return signed_in(world, "receptionist")


def enter_request(desk, world, who="zoe", **said):
    address = f"/triage/paper/enter/patients/{world.patients[who].public_id}/"
    return desk.post(address, NINE_TWELVE | SAID | said)


def everything(model, **which):
    with everywhere(because="the test looks", at=clock.now()):
        return list(model.objects.filter(**which).order_by("pk"))


def only(model, **which):
    (found,) = everything(model, **which)
    return found


def signed(world, acting, reading, case):
    sign = {"reference": case.reference, "urgency": Urgency.P4, "reason": "seen"}
    perform(actions.change_class, by=acting(world, "clinician"), at=reading[0], **sign)


def place(world, number=0, session="gp_oak"):
    return world.slots(session)[number]


def book_on_paper(desk, case, world, *, at="10am", number="B2B-2B2/1", **more):
    wish = {
        "number": number,
        "happened_on": "2026-11-30",
        "time": "9:40am",
        "slot_on": "2026-11-30",
        "slot_time": at,
        "clinician": world.clinicians["gp_oak"].pk,
    }
    return desk.post(f"/triage/paper/enter/{case.reference}/booking/", wish | more)
