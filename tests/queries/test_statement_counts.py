"""What each hot wish and question costs in statements, transaction and reach included."""

from datetime import timedelta

import pytest

from appointments.models import Slot
from appointments.queries import coming_bookings
from config.reach import acting_in_browser
from practices.clock import on
from practices.doors import everywhere, opened, perform
from tests.cases import submitted
from tests.full_day import planned_ahead
from tests.world import World
from triage import actions
from triage.queries.options import options
from triage.rules.codes import Need

# `atomic` is two statements in a test (a savepoint and its release), the reach two more.


@pytest.fixture
def receptionist(world, acting):
    return acting(world, "receptionist")


@pytest.fixture
def case(world, acting, now):
    return submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)


def _more_slots(world: World, number: int) -> None:
    """The own practice has as many slots more, all free and before the case is due."""
    first = world.slots("gp_oak")[0]
    start = on(world.at.date(), 13)
    with everywhere(because="the test's set-up", at=world.at):
        Slot.objects.bulk_create(
            Slot(
                session=first.session,
                clinician=first.clinician,
                practice=first.practice,
                starts_at=start + timedelta(minutes=minute),
                ends_at=start + timedelta(minutes=minute + 1),
                day=first.day,
                mode=first.mode,
            )
            for minute in range(number)
        )


def test_who_acts(world, now, django_assert_num_queries):
    with django_assert_num_queries(8):
        acting_in_browser(world.users["receptionist"].pk, None, now)


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_options_cost_the_same_however_many_are_free(
    world, receptionist, case, now, rows, django_assert_num_queries
):
    _more_slots(world, rows)

    with django_assert_num_queries(13), opened(receptionist.reach, at=now):
        found = options(case.reference, at=now)

    assert len(found.slots) >= min(rows, 250)


@pytest.mark.parametrize("rows", [1, 3])
def test_what_a_patient_has_booked_already(
    world, receptionist, now, rows, django_assert_num_queries
):
    for slot in world.slots("gp_oak")[-rows:]:
        planned_ahead(world, "zoe", slot, Need.WOUND_INJURY)

    with django_assert_num_queries(5), opened(receptionist.reach, at=now):
        found = coming_bookings(world.patients["zoe"].pk, at=now)

    assert len(found) == rows


def test_a_hold_at_the_own_practice(world, receptionist, case, now, django_assert_num_queries):
    slot = world.slots("gp_oak")[0]

    with django_assert_num_queries(19):
        perform(actions.hold, by=receptionist, at=now, reference=case.reference, slot_id=slot.pk)


@pytest.mark.parametrize(("session", "cost"), [("gp_oak", 27), ("clinician", 36)])
def test_a_booking_without_a_hold(
    world, receptionist, case, now, session, cost, django_assert_num_queries
):
    slot = world.slots(session)[0]

    with django_assert_num_queries(cost):
        perform(actions.book, by=receptionist, at=now, reference=case.reference, slot_id=slot.pk)


def test_a_request_that_comes_in(world, receptionist, now, django_assert_num_queries):
    patient = world.patients["zoe"]
    wish = actions.CaseWish(patient_id=patient.pk, need=Need.SKIN_RASH, words="since Friday")

    with django_assert_num_queries(22):
        perform(actions.submit, by=receptionist, at=now, wish=wish)


@pytest.mark.parametrize("rows", [1, 3])
def test_taking_the_next_case(world, acting, now, rows, django_assert_num_queries):
    clinician = acting(world, "clinician")
    for who in ("zoe", "tam", "child")[:rows]:
        submitted(world, acting, who, Need.SKIN_RASH, at=now)

    with django_assert_num_queries(11):
        perform(actions.take_next, by=clinician, at=now, hub_id=world.hub.pk)
