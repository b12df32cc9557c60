"""An emergency that nobody had in two minutes is on the managers' pages, without the patient."""

from datetime import timedelta

import pytest
from django.db import connection

from practices.doors import everywhere, perform
from practices.models import OutboxItem
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from triage import actions
from triage.actions.emergencies import acknowledge_emergency, raise_emergency
from triage.rules.codes import Need, Urgency
from triage.rules.reading import ACKNOWLEDGED_IN
from triage.tasks import tell_late_words

__all__ = ["at_desk", "clock"]
CHASED = "Oak Surgery: nobody has an emergency. Get a clinician to it now"
PAGES = {"practice_manager": "/triage/cover/", "manager": "/triage/cover/"}
PHONE = "07700 900321"


def shown(at_desk, at):
    pages = [text_of(at_desk(who, at=at).get(page)) for who, page in PAGES.items()]
    assert not any(PHONE in page or "Nguyễn" in page for page in pages)
    return [CHASED in page for page in pages]


@pytest.fixture
def call(world, acting, now):
    wish = {"phone": PHONE, "where": "at home"}
    return perform(raise_emergency, by=acting(world, "receptionist"), at=now, **wish)


def test_both_managers_read_it_from_the_second_minute_until_somebody_has_it(
    world, acting, call, at_desk, now
):
    late = now + ACKNOWLEDGED_IN

    assert shown(at_desk, late - timedelta(seconds=1)) == [False, False]
    assert shown(at_desk, late) == [True, True]
    perform(acknowledge_emergency, by=acting(world, "duty"), at=late, reference=call.reference)
    assert shown(at_desk, late) == [False, False]


def test_the_banners_look_again_by_themselves_at_that_moment(world, call, at_desk, now):
    late = now + ACKNOWLEDGED_IN
    with everywhere(because="the test looks", at=now):
        promise = OutboxItem.objects.get(task="triage.tasks.tell_late_words")

    page = at_desk("duty", at=late).get("/triage/queue/").content.decode()
    assert promise.due_at == late
    assert f'data-alarm="late {call.reference}"' in page
    assert tell_late_words(reference=call.reference)
    told = {said.topic for _, said, *_ in connection.run_on_commit if hasattr(said, "topic")}
    houses = {world.oak.pk, world.hub.pk, world.network.pk}
    assert told >= {f"news:alarms:{house}" for house in houses}


def test_a_case_of_class_p0_is_chased_alike(world, acting, at_desk, now):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    late = now + timedelta(minutes=30)
    wish = {"reference": case.reference, "urgency": Urgency.P0, "reason": "worse"}
    perform(actions.change_class, by=acting(world, "receptionist"), at=late, **wish)

    assert shown(at_desk, late + timedelta(minutes=1)) == [False, False]
    assert shown(at_desk, late + ACKNOWLEDGED_IN) == [True, True]


def test_whoever_is_elsewhere_reads_nothing_of_it(call, at_desk, now):
    late = now + ACKNOWLEDGED_IN

    assert CHASED not in text_of(at_desk("clinical_lead", at=late).get("/triage/cover/"))
