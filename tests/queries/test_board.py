"""The board: what it costs, and that its figures are those of the rows."""

from datetime import timedelta

import pytest

from appointments.actions import log_contact
from appointments.models import Booking, DayLoad, Slot
from appointments.rules.codes import ContactKind
from networks.actions.snapshots import take_snapshot
from networks.models import CapacitySnapshot
from networks.presenters.board_json import board_json
from networks.queries import board, pool_of
from networks.queries.counting import count_day
from practices.doors import everywhere, opened, perform
from practices.models import Clinician, Organisation, User
from tests.cases import filled_queue, submitted
from tests.world import SETUP
from triage import actions
from triage.models import Case
from triage.rules.codes import Need

# The last count and its rows; which hubs are shut now takes two more where there are hubs.
STATEMENTS = 2


def look(world, at):
    return perform(take_snapshot, by=SETUP, at=at, network_id=world.network.pk)


def seen(world, actor, at, **question):
    with opened(actor.reach, at=at):
        return board(network_id=world.network.pk, at=at, **question)


def counted(world, at):
    with everywhere(because="the test looks", at=at):
        return count_day(pool_of(world.network.pk, at=at), at=at)


@pytest.fixture
def busy(world, acting, now):
    """One hold, one booking, one cancelled booking and ten waiting cases, one of them late."""
    receptionist = acting(world, "receptionist")
    hub, oak = world.slots("supervisor"), world.slots("gp_oak")
    cases = [
        submitted(world, acting, who, Need.SORE_THROAT, at=now, red_flags_asked=True)
        for who in ("zoe", "tam", "zoe_namesake")
    ]
    book, hold = actions.book, actions.hold
    for case, slot, step in zip(cases, (hub[0], hub[1], oak[0]), (book, hold, book), strict=True):
        perform(step, by=receptionist, at=now, reference=case.reference, slot_id=slot.pk)
    with everywhere(because="the test looks", at=now):
        booking = Booking.objects.get(case_ref=cases[2].reference)
    perform(
        actions.cancel_booking,
        by=receptionist,
        at=now,
        public_id=booking.public_id,
        because="patient_declined",
    )
    filled_queue(world, 10, at=now - timedelta(minutes=55))
    return world


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_the_board_costs_the_same(world, acting, now, rows, django_assert_num_queries):
    look(world, now)
    with everywhere(because="the test's set-up", at=now):
        sample = CapacitySnapshot.objects.filter(organisation=world.oak.organisation).get()
        CapacitySnapshot.objects.exclude(organisation=world.network.organisation).delete()
        places = Organisation.objects.bulk_create(
            Organisation(kind="practice", code=f"X{number:04}", name=f"Practice {number}")
            for number in range(rows)
        )
        for place in places:
            sample.pk, sample.organisation = None, place
            sample.save(force_insert=True)
    manager = acting(world, "manager")

    with opened(manager.reach, at=now), django_assert_num_queries(STATEMENTS):
        found = board(network_id=world.network.pk, at=now)

    assert len(found.places) == rows


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_a_practices_board_costs_the_same(world, acting, now, rows, django_assert_num_queries):
    with everywhere(because="the test's set-up", at=now):
        tired = [
            Clinician(
                user=User.objects.create(username=f"gp{number}", name=f"Doctor {number}"),
                home_id=world.oak.pk,
                profession="gp",
            )
            for number in range(rows)
        ]
        DayLoad.objects.bulk_create(
            DayLoad(clinician=one, day=now.date(), logged=240)
            for one in Clinician.objects.bulk_create(tired)
        )
    look(world, now)
    own = acting(world, "practice_manager")

    with opened(own.reach, at=now), django_assert_num_queries(STATEMENTS + 9):
        found = board(network_id=world.network.pk, at=now, practice_id=world.oak.pk)

    assert len(found.own) == rows


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_a_count_costs_the_same_for_any_number(world, now, rows, django_assert_num_queries):
    filled_queue(world, rows, at=now)
    with everywhere(because="the test looks", at=now):
        pool = pool_of(world.network.pk, at=now)
        with django_assert_num_queries(15):
            count_day(pool, at=now)


def test_places_are_those_of_the_rows(busy, now):
    figures = counted(busy, now)

    with everywhere(because="the test looks", at=now):
        slots = Slot.objects.filter(day=now.date(), status="open")
        total = sum(slots.values_list("places", flat=True))
        at_hub = sum(slots.filter(hub=busy.hub).values_list("places", flat=True))
    network, hub = figures[busy.network.pk].places, figures[busy.hub.pk].places
    assert (network.total, network.booked, network.held) == (total, 1, 1)
    assert (hub.total, hub.booked, hub.held, hub.free) == (at_hub, 1, 1, at_hub - 2)
    assert network.free == total - 2
    assert sum(figures[busy.hub.pk].capacity.values()) == at_hub


def test_a_place_whose_time_has_passed_is_not_free(busy, now):
    later = now + timedelta(minutes=61)
    with everywhere(because="the test looks", at=now):
        ahead = Slot.objects.filter(hub=busy.hub, starts_at__gt=later).count()
        taken = Booking.objects.filter(
            slot__hub=busy.hub, starts_at__gt=later, state="booked"
        ).count()

    assert counted(busy, later)[busy.hub.pk].places.free == ahead - taken


def test_waiting_cases_are_those_of_the_rows(busy, now):
    at = now + timedelta(minutes=10)
    waiting = counted(busy, at)[busy.oak.pk].waiting

    with everywhere(because="the test looks", at=at):
        queue = Case.objects.filter(practice=busy.oak).exclude(state__in=["booked", "closed"])
        by_class = tuple(queue.filter(urgency=rank).count() for rank in range(7))
        late = queue.filter(due_at__lte=at)
        oldest = queue.order_by("submitted_at").first().submitted_at
        assert waiting.late == late.count() > 0
        assert waiting.late_urgent == late.filter(urgency__range=(1, 4)).count()
        assert waiting.untaken == queue.filter(state="waiting").count()
    assert waiting.by_class == by_class
    assert waiting.oldest_at == oldest


def test_a_practice_a_hub_and_the_network_count_their_own_cases(busy, acting, now):
    submitted(busy, acting, "ellen", Need.SKIN_RASH, at=now)

    totals = {pk: one.waiting.total for pk, one in counted(busy, now).items()}

    elm, oak = totals[busy.elm.pk], totals[busy.oak.pk]
    assert elm == 1
    assert totals[busy.hub.pk] == totals[busy.network.pk] == oak + elm


def test_demand_is_by_hour_of_the_wall_clock(busy, now):
    demand = counted(busy, now)[busy.oak.pk].demand

    with everywhere(because="the test looks", at=now):
        moments = list(Case.objects.values_list("submitted_at", flat=True))
    # In November the wall clock of England shows UTC.
    assert demand == {hour: sum(at.hour == hour for at in moments) for hour in demand}
    assert sum(demand.values()) == len(moments)


@pytest.mark.parametrize(
    ("contacts", "expected"), [(21, (0, 0, 0)), (22, (1, 0, 0)), (26, (0, 1, 0)), (36, (0, 0, 1))]
)
def test_a_clinician_is_near_over_or_far_over(world, now, contacts, expected):
    with everywhere(because="the test's set-up", at=now):
        for _ in range(contacts):
            log_contact(
                clinician_id=world.clinicians["gp_oak"].pk,
                organisation_id=world.oak.pk,
                kind=ContactKind.PHONE,
                contact_at=now,
                by=SETUP,
                at=now,
            )

    staff = counted(world, now)[world.oak.pk].staff

    assert (staff.near.get("gp", 0), staff.amber, staff.red) == expected
    assert (staff.used, staff.limit) == (contacts * 10, 250)


def test_who_works_in_two_places_counts_once_in_the_network(world, now):
    with everywhere(because="the test's set-up", at=now):
        session = world.sessions["gp_oak"]
        twice = {"clinician_id": session.clinician_id, "site_id": session.site_id}
        type(session).objects.create(
            **twice,
            hub=world.hub,
            starts_at=session.ends_at,
            ends_at=session.ends_at + timedelta(hours=1),
            mode=session.mode,
        )

    figures = counted(world, now)

    each = [figures[pk].staff.clinicians for pk in (world.oak.pk, world.elm.pk, world.hub.pk)]
    assert each == [1, 1, 3]
    assert figures[world.network.pk].staff.clinicians == 4


def test_an_urgent_case_is_unowned_while_nobody_is_at_the_hub(world, now):
    filled_queue(world, 3, at=now)

    before = counted(world, now)[world.oak.pk].waiting.unowned
    at_work = counted(world, now + timedelta(minutes=45))[world.oak.pk].waiting.unowned

    assert (before, at_work) == (3, 0)


def test_the_share_left_is_what_was_not_used(busy, now):
    figures = counted(busy, now)[busy.oak.pk]

    assert (figures.share_places, figures.share_left) == (20, 18)


def test_the_board_is_the_last_count_up_to_the_instant(world, acting, now):
    for minute in (0, 1, 2):
        look(world, now + timedelta(minutes=minute))
    manager = acting(world, "manager")

    found = seen(world, manager, now + timedelta(minutes=1, seconds=30))

    assert found.as_of == now + timedelta(minutes=1)
    assert [row.name for row in found.places] == ["Elm Surgery", "Oak Surgery", "Riverside hub"]


def test_outside_the_network_there_is_no_board(world, acting, now):
    look(world, now)
    manager = acting(world, "manager")
    stranger = type(manager.reach)(networks=(world.oak.pk,), user_id=manager.user_id)

    with opened(stranger, at=now):
        found = board(network_id=world.network.pk, at=now)

    assert (found.as_of, found.network, found.places) == (None, None, ())


def test_programs_get_the_figures_people_see(busy, acting, now):
    look(busy, now)
    found = seen(busy, acting(busy, "manager"), now)

    answer = board_json(found)

    assert [place["code"] for place in answer["practices"]] == ["ELM1", "OAK1"]
    assert answer["hubs"][0]["fill"] == {"taken": 2, "usable": 24}
    assert answer["network"]["waiting"]["total"] == found.network.figures.waiting.total
    assert answer["own_clinicians_near_limit"] == []
