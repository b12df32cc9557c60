"""When a session is over: a quarter of an hour without a sign of life, or a whole shift."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest

# A page that renews itself says so: that nobody touches it is no sign of life.
WATCHING = "X-Watching"
# Noted at most so often, so that reading a page does not write the session each time.
NOTED_EVERY = 30


def is_over(request: HttpRequest) -> bool:
    """Whether the session has run out at `request.now`; a live one notes the sign of life."""
    now = request.now.timestamp()
    request.session.setdefault("since", now)
    last = request.session.setdefault("last", now)
    if has_run_out(request.session, request.now):
        return True
    if now - last > NOTED_EVERY and WATCHING not in request.headers:
        request.session["last"] = now
    return False


def has_run_out(session: Mapping[str, Any], at: datetime) -> bool:
    """Whether what the session noted is too long ago; this only looks."""
    now = at.timestamp()
    is_idle = now - session.get("last", now) > settings.IDLE_SECONDS + NOTED_EVERY
    return is_idle or now - session.get("since", now) > settings.SHIFT_SECONDS


def shift_left(session: Mapping[str, Any], at: datetime) -> int:
    """How many seconds are left of the shift, however busy somebody is."""
    return int(session.get("since", at.timestamp()) + settings.SHIFT_SECONDS - at.timestamp())
