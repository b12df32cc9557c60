"""The ASGI application: `GET /live/` is one page's stream of server-sent events."""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.db import DatabaseError

from config.live.room import Listener, Room
from config.live.seats import Seat, seat_of
from practices import clock
from practices.news import Subject
from practices.presenters import time_words

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
# A burst of changes is one event; the first of it is told at once.
REST = 0.25
MOST = 10_000
PLAIN = (b"content-type", b"text/plain; charset=utf-8")
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
        allowed = _allowed(headers)
        try:
            seat = await self._seat(headers)
        except DatabaseError:
            return await answer(send, 503, allowed)
        if seat is None:
            return await answer(send, 403, allowed)
        if len(self.room.listeners) >= MOST or not self.room.has_place_for(seat):
            return await answer(send, 429, allowed)
        listener = Listener(seat, _subjects(scope["query_string"]))
        self.room.enter(listener)
        watching = asyncio.create_task(_until_gone(receive, listener))
        try:
            await self._tell(listener, send, allowed)
        finally:
            watching.cancel()
            self.room.leave(listener)

    async def _seat(self, headers: dict[bytes, bytes]) -> Seat | None:
        try:
            cookies = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1"))
        except CookieError:
            return None
        key = cookies.get(settings.SESSION_COOKIE_NAME)
        if key is None or not key.value:
            return None
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.asking, seat_of, key.value)

    async def _tell(self, listener: Listener, send: Send, allowed: Headers) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": [*EVENTS, *allowed]}
        await send(start)
        while not listener.is_over:
            listener.wake.clear()
            facts = {"at": time_words(clock.now()), **self.room.news_for(listener)}
            body = f"data: {json.dumps(facts)}\n\n".encode()
            await send({"type": "http.response.body", "body": body, "more_body": True})
            await asyncio.sleep(REST)
            await listener.wake.wait()
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def answer(send: Send, status: int, headers: Headers, body: bytes = b"") -> None:
    """A short answer of plain text."""
    start = {"type": "http.response.start", "status": status, "headers": [PLAIN, *headers]}
    await send(start)
    await send({"type": "http.response.body", "body": body})


async def _until_gone(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue
    listener.end()


def _subjects(query: bytes) -> tuple[Subject, ...]:
    wanted = parse_qs(query.decode("latin-1")).get("of", [])
    return tuple(one for one in Subject if one.value in wanted)


def _allowed(headers: dict[bytes, bytes]) -> Headers:
    """In training the stream has a port of its own beside the pages: the same host may read it."""
    origin = headers.get(b"origin", b"")
    host = urlsplit(f"//{headers.get(b'host', b'').decode('latin-1')}").hostname
    if not settings.TRAINING or urlsplit(origin.decode("latin-1")).hostname != host:
        return []
    return [
        (b"access-control-allow-origin", origin),
        (b"access-control-allow-credentials", b"true"),
        (b"vary", b"origin"),
    ]
