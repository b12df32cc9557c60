"""The ASGI application: `GET /live/` is one page's stream of server-sent events."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

from django.db import DatabaseError

from config.live.room import Listener, Room
from config.live.ways import Headers, Receive, Scope, Send, allowed, answer, seat_in, subjects
from practices import clock
from practices.presenters import time_words

# A burst of changes is one event; the first of it is told at once.
REST = 0.25
MOST = 10_000
EVENTS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    # A proxy that collects an answer before it passes it on would make this no stream.
    (b"x-accel-buffering", b"no"),
]


class Stream:
    """Answers pages with what the room has for them."""

    def __init__(self, room: Room, asking: ThreadPoolExecutor) -> None:
        self.room, self.asking = room, asking

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One page listens until it goes, or until its session no longer holds."""
        headers = dict(scope["headers"])
        ways = allowed(headers)
        try:
            seat = await seat_in(headers, self.asking)
        except DatabaseError:
            return await answer(send, 503, ways)
        if seat is None:
            return await answer(send, 403, ways)
        if len(self.room.listeners) >= MOST or not self.room.has_place_for(seat):
            return await answer(send, 429, ways)
        listener = Listener(seat, subjects(scope["query_string"]))
        self.room.enter(listener)
        watching = asyncio.create_task(_until_gone(receive, listener))
        try:
            await self._tell(listener, send, ways)
        finally:
            watching.cancel()
            self.room.leave(listener)

    async def _tell(self, listener: Listener, send: Send, ways: Headers) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": [*EVENTS, *ways]}
        await send(start)
        while not listener.is_over:
            listener.wake.clear()
            facts = {"at": time_words(clock.now()), **self.room.news_for(listener)}
            body = f"data: {json.dumps(facts)}\n\n".encode()
            await send({"type": "http.response.body", "body": body, "more_body": True})
            await asyncio.sleep(REST)
            await listener.wake.wait()
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _until_gone(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue
    listener.end()
