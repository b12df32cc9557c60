"""`GET /live/now/`: what a stream would say now, for pages whose way keeps no stream open.

A page asks every few seconds, and looks again only where a version has moved. Who asked lately
keeps their seat; the look round takes it away as it ends a stream, so no seat outlives its session
longer here than there.
"""

import json
from concurrent.futures import ThreadPoolExecutor

from django.db import DatabaseError

from config.live.room import Listener, Room
from config.live.seats import Seat
from config.live.ways import Receive, Scope, Send, allowed, answer, seat_in, session_key, subjects
from practices import clock
from practices.presenters import time_words

MOST = 10_000
JSON = (b"content-type", b"application/json")
FRESH = (b"cache-control", b"no-store")


class Versions:
    """Answers pages that ask, from the room's memory."""

    def __init__(self, room: Room, asking: ThreadPoolExecutor) -> None:
        self.room, self.asking = room, asking
        self.seats: dict[str, Seat] = {}
        self.lately: set[str] = set()

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """One answer; 403 for everybody whom a page would ask to sign in."""
        headers = dict(scope["headers"])
        ways = allowed(headers)
        try:
            seat = await self._seat(headers)
        except DatabaseError:
            return await answer(send, 503, ways)
        if seat is None:
            return await answer(send, 403, ways)
        listener = Listener(seat, subjects(scope["query_string"]))
        facts = {"at": time_words(clock.now()), **self.room.news_for(listener)}
        return await answer(send, 200, ways, json.dumps(facts).encode(), kind=[JSON, FRESH])

    def keep_only(self, seated: set[Seat]) -> None:
        """Only these still sit, of whom asked since the last look round."""
        lately, self.lately = self.lately, set()
        self.seats = {
            key: seat for key, seat in self.seats.items() if key in lately and seat in seated
        }

    async def _seat(self, headers: dict[bytes, bytes]) -> Seat | None:
        key = session_key(headers)
        seat = self.seats.get(key) if key else None
        if seat is None:
            seat = await seat_in(headers, self.asking)
        if seat is not None and len(self.seats) < MOST:
            self.seats[seat.session_key] = seat
            self.lately.add(seat.session_key)
        return seat
