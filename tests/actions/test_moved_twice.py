"""Moved, moved again, and the second move undone: what the patient reads fits what they read."""

import pytest

from appointments.models import Booking
from practices.doors import everywhere
from practices.models import Message
from tests.actions.test_undoing_moves import SOON, desk, moves, seen, undoes
from tests.full_day import booked

__all__ = ["desk"]


@pytest.mark.parametrize(
    ("first", "kind"),
    [("delivered", "changed"), ("told", "changed"), ("failed", "confirmed")],
)
def test_who_has_read_an_earlier_time_reads_that_it_has_changed(
    world, acting, desk, now, first, kind
):
    """Moved, and moved again before the news of it left; the second move is undone."""
    booked(world, acting, "zoe", world.slots("gp_oak")[-1])
    with everywhere(because="the first time was said, or not", at=now):
        Message.objects.filter(kind="confirmed").update(state=first, settled_at=now)
    (old,) = seen(Booking, now)
    once = moves(desk, old, world.slots("gp_oak")[3], now)
    twice = moves(desk, once, world.slots("gp_oak")[5], now + SOON)

    undoes(desk, twice, now + 2 * SOON)

    (standing,) = seen(Message, now, state="queued", kind__in=("confirmed", "changed"))
    assert standing.kind == kind
    assert ("Your appointment has changed" in standing.body) is (kind == "changed")
