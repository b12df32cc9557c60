"""What streams and single answers share: who asks, from where, and a short answer."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

from config.live.seats import Seat, seat_of
from practices.news import Subject

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
PLAIN = (b"content-type", b"text/plain; charset=utf-8")


def session_key(headers: dict[bytes, bytes]) -> str:
    """The key in the cookie; blank where there is none."""
    try:
        cookies = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1"))
    except CookieError:
        return ""
    found = cookies.get(settings.SESSION_COOKIE_NAME)
    return found.value if found else ""


async def seat_in(headers: dict[bytes, bytes], asking: ThreadPoolExecutor) -> Seat | None:
    """The seat of whoever sent these headers, asked of the database."""
    key = session_key(headers)
    if not key:
        return None
    return await asyncio.get_running_loop().run_in_executor(asking, seat_of, key)


def subjects(query: bytes) -> tuple[Subject, ...]:
    """What the page says it watches."""
    wanted = parse_qs(query.decode("latin-1")).get("of", [])
    return tuple(one for one in Subject if one.value in wanted)


def allowed(headers: dict[bytes, bytes]) -> Headers:
    """In training we have a port of our own beside the pages: the same host may read us."""
    origin = headers.get(b"origin", b"")
    host = urlsplit(f"//{headers.get(b'host', b'').decode('latin-1')}").hostname
    if not settings.TRAINING or urlsplit(origin.decode("latin-1")).hostname != host:
        return []
    return [
        (b"access-control-allow-origin", origin),
        (b"access-control-allow-credentials", b"true"),
        (b"vary", b"origin"),
    ]


async def answer(
    send: Send, status: int, headers: Headers, body: bytes = b"", kind: Headers | None = None
) -> None:
    """A short answer: plain text, unless its kind is named."""
    start = {"type": "http.response.start", "status": status}
    await send({**start, "headers": [*(kind or [PLAIN]), *headers]})
    await send({"type": "http.response.body", "body": body})
