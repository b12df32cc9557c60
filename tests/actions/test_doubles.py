"""An interpreter, signing or double time: two slots together, one appointment for everybody."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from appointments.actions import Terms, Wanted, book_slot, tidy_holds
from appointments.actions.shares import use_share
from appointments.models import Booking, DayLoad, Session, ShareUse
from appointments.queries import free_slots
from hubs.models import Agreement
from practices.clock import local_day
from practices.doors import everywhere, opened, perform
from practices.rules.access import AccessNeed
from practices.rules.refusals import Refused
from tests.cases import submitted
from tests.invariants import broken
from tests.world import SETUP
from triage import actions
from triage.actions.placing import let_go
from triage.models import Case
from triage.queries.options import options
from triage.rules.codes import Need


@pytest.fixture
def desk(world, acting):
    return acting(world, "receptionist")


@pytest.fixture
def case(world, acting, now):
    """Zoë needs an interpreter."""
    return _case(world, acting, "zoe", now, needs=(AccessNeed.INTERPRETER,))


def _case(world, acting, who, now, *, needs=()):
    return submitted(
        world, acting, who, Need.SORE_THROAT, at=now, red_flags_asked=True, access_needs=needs
    )


def _hold(desk, case, slot, now):
    return perform(actions.hold, by=desk, at=now, reference=case.reference, slot_id=slot.pk)


def _book(desk, case, slot, now):
    return perform(actions.book, by=desk, at=now, reference=case.reference, slot_id=slot.pk)


def _free(world, now, session):
    """The numbers, in time, of the session's slots with a free place."""
    with everywhere(because="the test looks", at=now):
        found = {one.id for one in free_slots(at=now, start=now, end=now + timedelta(days=1))}
    return [number for number, slot in enumerate(world.slots(session)) if slot.pk in found]


def _refused(wish, *args):
    with pytest.raises(Refused) as refusal:
        wish(*args)
    return refusal.value.code


def test_it_is_one_appointment_twice_as_long_and_charged_once(world, desk, case, now):
    first, second = world.slots("gp_oak")[:2]

    booking = _book(desk, case, first, now)

    with everywhere(because="the test looks", at=now):
        assert Booking.objects.count() == 1
        assert DayLoad.objects.get(clinician=first.clinician).booked == booking.points == 20
    assert (booking.starts_at, booking.ends_at) == (first.starts_at, second.ends_at)
    assert _free(world, now, "gp_oak") == list(range(2, 12))
    assert broken(at=now) == []


@pytest.mark.parametrize("way", ["let_go", "ran_out", "cancelled"])
def test_its_end_frees_both_slots(world, desk, case, now, way):
    first = world.slots("gp_oak")[0]
    held = _hold(desk, case, first, now)
    assert _free(world, now, "gp_oak") == list(range(2, 12))

    if way == "let_go":
        perform(let_go, by=desk, at=now, reference=case.reference)
    elif way == "ran_out":
        perform(tidy_holds, by=SETUP, at=held.expires_at)
    else:
        booked = _book(desk, case, first, now)
        perform(
            actions.cancel_booking,
            by=desk,
            at=now,
            public_id=booked.public_id,
            because="patient_asked",
        )

    assert _free(world, now, "gp_oak") == list(range(12))
    with everywhere(because="the test looks", at=now):
        load = DayLoad.objects.get(clinician=first.clinician)
    assert (load.held, load.booked) == (0, 0)
    assert broken(at=now) == []


def test_the_list_shows_starts_with_a_free_slot_after_them(world, acting, desk, case, now):
    slots = world.slots("gp_oak")
    other = _case(world, acting, "tam", now)
    _book(desk, other, slots[4], now)

    with opened(desk.reach, at=now):
        found = options(case.reference, at=now)

    own = {slot.pk: number for number, slot in enumerate(slots)}
    key = {f"slot-{pk}": number for pk, number in own.items()}
    starts = {key[o.candidate.key] for o in found.options if o.candidate.key in key}
    refused = {
        key[no.candidate.key]: (no.code, no.text) for no in found.refused if no.candidate.key in key
    }
    assert sorted(starts) == [0, 1, 2, 5, 6, 7, 8, 9, 10]
    assert refused == {
        3: ("taken", "Needs two appointments together: the next one is taken"),
        11: ("access_need", "Needs two appointments together: none follows this one"),
    }


def test_half_a_place_is_refused_whoever_asks(world, acting, desk, case, now):
    slots = world.slots("gp_oak")
    other = _case(world, acting, "tam", now)
    _book(desk, other, slots[4], now)

    assert _refused(_hold, desk, case, slots[3], now) == "slot_taken"
    assert _refused(_book, desk, case, slots[11], now) == "access_need"


def test_a_hold_is_not_booked_into_a_place_kept_for_others_since(world, desk, case, now):
    slots = world.slots("gp_oak")
    _hold(desk, case, slots[0], now)
    until = (now + timedelta(hours=1)).isoformat()
    codes = (world.oak.organisation.code, world.elm.organisation.code)
    with everywhere(because="the second place is given to the other practice", at=now):
        reserve = [{"organisation": one, "places": 1, "until": until} for one in codes]
        Session.objects.filter(pk=slots[0].session_id).update(reserve=reserve)

    assert _refused(_book, desk, case, slots[0], now) == "embargo"


def test_its_second_slot_is_nobody_elses(world, acting, desk, case, now):
    slots = world.slots("gp_oak")
    _book(desk, case, slots[0], now)

    assert _refused(_book, desk, _case(world, acting, "tam", now), slots[1], now) == "slot_taken"


def test_the_patient_is_nowhere_else_in_all_that_time(world, desk, case, now):
    _book(desk, case, world.slots("gp_oak")[0], now)
    zoe = world.patients["zoe"]
    wanted = Wanted(zoe.pk, world.oak.pk, zoe.person_key, "", "eye", 10, is_urgent=True)

    def elsewhere(number):
        slot = world.slots("gp_elm")[number]
        wish = {"slot_id": slot.pk, "wanted": wanted, "terms": Terms()}
        return perform(book_slot, by=SETUP, at=now, **wish)

    assert _refused(elsewhere, 1) == "duplicate"
    assert elsewhere(2).starts_at == world.slots("gp_oak")[2].starts_at


def test_a_move_takes_both_slots_along(world, desk, case, now):
    slots = world.slots("gp_oak")
    booking = _book(desk, case, slots[0], now)

    def move(to):
        return perform(
            actions.move_booking,
            by=desk,
            at=now,
            public_id=booking.public_id,
            to_slot_id=to.pk,
            because="patient_asked",
        )

    assert _refused(move, slots[11]) == "access_need"
    moved = move(slots[1])

    assert (moved.starts_at, moved.ends_at) == (slots[1].starts_at, slots[2].ends_at)
    assert _free(world, now, "gp_oak") == [0, *range(3, 12)]
    assert broken(at=now) == []


def test_at_a_hub_it_uses_two_places_of_the_share(world, desk, case, now):
    booking = _book(desk, case, world.slots("supervisor")[0], now)

    with everywhere(because="the test looks", at=now):
        assert ShareUse.objects.get(practice=world.oak).used == 2
    perform(
        actions.cancel_booking,
        by=desk,
        at=now,
        public_id=booking.public_id,
        because="patient_asked",
    )
    with everywhere(because="the test looks", at=now):
        assert ShareUse.objects.get(practice=world.oak).used == 0


def _share(world, at, places):
    with everywhere(because="the test's set-up", at=at):
        Agreement.objects.filter(practice=world.oak, provider=world.hub.pk).update(
            share_places=places
        )


def _use(world, at, *, is_urgent):
    with everywhere(because="the test uses it", at=at), transaction.atomic():
        return use_share(
            practice_id=world.oak.pk,
            hub_id=world.hub.pk,
            day=local_day(at),
            places=2,
            is_urgent=is_urgent,
            at=at,
        )


def _used(world, at):
    with everywhere(because="the test looks", at=at):
        return ShareUse.objects.values_list("used", "borrowed").get(practice=world.oak)


def test_the_last_place_of_a_share_does_not_make_two_of_it(world, now):
    """At half past nine nobody's places are released, so there is none to borrow."""
    _share(world, now, 1)

    with pytest.raises(Refused) as refusal:
        _use(world, now, is_urgent=False)

    assert refusal.value.code == "share_used"


def test_urgent_double_uses_the_last_place_and_borrows_the_other(world, desk, case, now):
    _share(world, now, 1)
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(pk=case.pk).update(urgency=3)

    booking = _book(desk, case, world.slots("supervisor")[0], now)

    assert (booking.share, _used(world, now)) == ("both", (1, 1))
    assert broken(at=now) == []
    gone = {"public_id": booking.public_id, "because": "patient_asked"}
    perform(actions.cancel_booking, by=desk, at=now, **gone)
    assert _used(world, now) == (0, 0)
    assert broken(at=now) == []


def test_a_need_that_is_heard_of_late_makes_the_hold_longer(world, acting, desk, now):
    case = _case(world, acting, "zoe", now)
    slot = world.slots("gp_oak")[0]
    _hold(desk, case, slot, now)
    with everywhere(because="the test's set-up", at=now):
        Case.objects.filter(pk=case.pk).update(access_needs=["double_time"], points=20)

    assert _refused(_book, desk, case, slot, now) == "stale"
    held = _hold(desk, case, slot, now)

    assert held.is_double
    assert _free(world, now, "gp_oak") == list(range(2, 12))


@pytest.mark.parametrize(
    ("wrong", "guard"),
    [
        ("second_slot_id = second_slot_id + 1", "booking_keeps_second_slot_time"),
        ("second_slot_id = NULL", "double_says_where_it_turns"),
        ("turns_at = turns_at + interval '1 minute'", "booking_keeps_slot_time"),
    ],
)
def test_raw_sql_cannot_tear_it_apart(world, desk, case, now, wrong, guard):
    _book(desk, case, world.slots("gp_oak")[0], now)

    with (
        pytest.raises(IntegrityError, match=guard),
        transaction.atomic(),
        everywhere(because="the test's raw SQL", at=now),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE appointments_booking SET {wrong}")
