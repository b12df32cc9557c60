"""How soon the live process sends away whoever may no longer listen: counted, not timed."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from config.live.app import Live
from config.live.room import Listener
from config.live.seats import seat_of
from practices.doors import everywhere
from practices.models import Membership
from practices.news import Subject
from tests.pages.test_live_stream import session_of, told

__all__ = ["told"]


def test_who_has_gone_is_cut_within_half_a_minute(committed_world, told, now, monkeypatch):
    """The first look after the end cuts (T02: 30 s); a look is due after 20 s and has 10 itself."""
    world, due, naps = committed_world, 20.0, []
    gone, stays = (
        Listener(seat_of(session_of(world, who)), (Subject.CASES,))
        for who in ("clinician", "supervisor")
    )
    live = Live()
    for listener in (gone, stays):
        live.room.enter(listener)
    with everywhere(because="the test ends it", at=now):
        Membership.objects.filter(user=world.users["clinician"]).update(until_on=now.date())

    async def nap(seconds):
        naps.append((seconds, gone.is_over, stays.is_over))
        if len(naps) > 1:
            raise asyncio.CancelledError

    monkeypatch.setattr(asyncio, "sleep", nap)
    # In a thread of its own: where a browser runs, this one has an event loop already.
    with live.asking, ThreadPoolExecutor(1) as apart, pytest.raises(asyncio.CancelledError):
        apart.submit(asyncio.run, live._look_round()).result()

    assert naps == [(due, False, False), (due, True, False)]
