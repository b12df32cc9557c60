"""Changing a session loses nobody."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from appointments.rules.rota_change import NEARBY, OldSlot, Taken, plan_change
from appointments.rules.slotting import slot_times

TEN = datetime(2026, 11, 30, 10, tzinfo=UTC)
BEFORE = TEN - timedelta(hours=1)


def session(minutes=15, hours=2, *, start=TEN, taken=()):
    """The slots of a session; `taken` lists (slot number, places taken)."""
    people = iter(range(1, 1000))
    by_slot = dict(taken)
    return [
        OldSlot(
            number,
            span,
            tuple(
                Taken(next(people), place, "booked")
                for place in range(1, by_slot.get(number, 0) + 1)
            ),
        )
        for number, span in enumerate(
            slot_times(start, start + timedelta(hours=hours), minutes=minutes)
        )
    ]


def times(start=TEN, hours=2, minutes=15):
    return slot_times(start, start + timedelta(hours=hours), minutes=minutes)


def test_nothing_changes_nothing():
    change = plan_change(session(taken=[(0, 1), (3, 1)]), times(), places=1, at=BEFORE)

    assert (change.withdrawn, change.added, change.moves, change.displaced) == ((), (), {}, ())
    assert change.stays == (1, 2)


def test_a_session_cut_short_displaces_its_end_and_moves_what_is_near():
    slots = session(taken=[(3, 1), (4, 1), (7, 1)])

    change = plan_change(slots, times(hours=1), places=1, at=BEFORE)

    assert change.stays == (1,)
    assert {booking: span.starts_at for booking, span in change.moves.items()} == {
        2: TEN + timedelta(minutes=30)
    }
    assert change.displaced == (3,)


def test_longer_slots_move_people_by_minutes():
    slots = session(taken=[(0, 1), (1, 1)])

    change = plan_change(slots, times(minutes=20), places=1, at=BEFORE)

    starts = [span.starts_at for span in change.moves.values()]
    assert starts == [TEN, TEN + timedelta(minutes=20)]
    assert change.displaced == ()


def test_whoever_is_in_a_slot_that_has_begun_stays():
    slots = session(taken=[(0, 1), (4, 1)])
    at = TEN + timedelta(minutes=5)

    change = plan_change(slots, times(start=TEN + timedelta(hours=3)), places=1, at=at)

    assert change.stays == (1,)
    assert change.displaced == (2,)


def test_fewer_places_keep_whoever_is_in_the_building():
    slot = session(hours=1)[0]
    people = (Taken(1, 1, "booked"), Taken(2, 2, "arrived"), Taken(3, 3, "held"))

    change = plan_change([OldSlot(slot.id, slot.span, people)], [slot.span], places=1, at=BEFORE)

    assert (change.stays, change.displaced) == ((2,), (1, 3))


def _with_double(at, *, hours):
    """Somebody has the first two slots of a two-hour session that will last so many hours."""
    first, second, *rest = session()
    who = Taken(1, 1, "booked", is_double=True)
    slots = [
        replace(first, taken=(who,)),
        replace(second, taken=(replace(who, began_at=first.span.starts_at),)),
        *rest,
    ]
    return plan_change(slots, times(start=TEN, hours=2)[: int(hours * 4)], places=1, at=at)


def test_a_double_keeps_both_of_its_slots_or_none():
    assert _with_double(BEFORE, hours=1).stays == (1,)

    torn = _with_double(BEFORE, hours=0.25)

    assert (torn.stays, torn.moves, torn.displaced) == ((), {}, (1,))


def test_a_double_that_has_begun_keeps_its_second_slot():
    change = _with_double(TEN + timedelta(minutes=5), hours=0.25)

    assert (change.stays, change.displaced) == ((1,), ())
    assert 1 in change.kept


@given(
    taken=st.dictionaries(st.integers(0, 7), st.integers(1, 3)),
    minutes=st.integers(5, 60),
    hours=st.integers(1, 3),
    shift=st.integers(-120, 120),
    places=st.integers(1, 4),
    passed=st.integers(-60, 150),
)
def test_nobody_is_lost_and_no_place_is_given_twice(taken, minutes, hours, shift, places, passed):
    slots = session(taken=taken.items())
    at = TEN + timedelta(minutes=passed)
    spans = times(TEN + timedelta(minutes=shift), hours, minutes)

    change = plan_change(slots, spans, places=places, at=at)

    everybody = sorted(who.booking for slot in slots for who in slot.taken)
    assert sorted([*change.stays, *change.moves, *change.displaced]) == everybody
    span_of = {slot.id: slot.span for slot in slots}
    open_spans = [*change.added, *(span_of[slot] for slot in change.kept)]
    assert all(span in open_spans for span in change.moves.values())
    assert sorted([*change.kept, *change.withdrawn]) == sorted(span_of)
    for slot in slots:
        here = [who for who in slot.taken if who.booking in change.stays]
        moved_in = [b for b, span in change.moves.items() if span == slot.span]
        if slot.id in change.kept and slot.span.starts_at > at:
            assert len(here) + len(moved_in) <= places
    for booking, span in change.moves.items():
        old = next(s.span for s in slots if booking in [who.booking for who in s.taken])
        assert abs(span.starts_at - old.starts_at) <= NEARBY
