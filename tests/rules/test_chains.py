"""Moves that hang together are tried from the free end, rings from the lowest id."""

from hypothesis import given
from hypothesis import strategies as st

from appointments.rules.chains import Hop, in_order, waits_for

HOPS = st.lists(
    st.tuples(st.integers(1, 8), st.integers(1, 12)), max_size=8, unique_by=lambda pair: pair[0]
).map(lambda pairs: [Hop(booking=leaves, leaves=leaves, takes=takes) for leaves, takes in pairs])


def test_who_leaves_stands_before_who_takes():
    chain = [Hop(1, leaves=10, takes=20), Hop(2, leaves=20, takes=30), Hop(3, 30, 40)]

    assert [hop.booking for hop in in_order(chain)] == [3, 2, 1]


def test_a_ring_is_entered_at_its_lowest_id():
    ring = [Hop(7, leaves=1, takes=2), Hop(5, leaves=2, takes=3), Hop(6, leaves=3, takes=1)]

    assert [hop.booking for hop in in_order(ring)] == [5, 7, 6]


@given(HOPS)
def test_nobody_is_lost_and_whoever_can_wait_does(hops):
    order = in_order(hops)

    assert sorted(hop.booking for hop in order) == sorted(hop.booking for hop in hops)
    assert in_order(list(reversed(hops))) == order
    early = [
        (hop, other)
        for place, hop in enumerate(order)
        for other in waits_for(hop, order)
        if order.index(other) > place
    ]
    # Only in a ring does anybody stand before the one they wait for.
    assert all(_reaches(hop, hop, hops) for hop, _ in early)


def _reaches(start, goal, hops):
    seen, todo = set(), waits_for(start, hops)
    while todo:
        hop = todo.pop()
        if hop == goal:
            return True
        if hop not in seen:
            seen.add(hop)
            todo += waits_for(hop, hops)
    return False
