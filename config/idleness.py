"""When a session is over: a quarter of an hour without a sign of life, or a whole shift."""

from django.conf import settings
from django.http import HttpRequest

# A page that renews itself says so: that nobody touches it is no sign of life.
WATCHING = "X-Watching"
# Noted at most so often, so that reading a page does not write the session each time.
NOTED_EVERY = 30


def is_over(request: HttpRequest) -> bool:
    """Whether the session has run out at `request.now`; a live one notes the sign of life."""
    now = request.now.timestamp()
    since = request.session.setdefault("since", now)
    last = request.session.setdefault("last", now)
    if now - last > settings.IDLE_SECONDS + NOTED_EVERY or now - since > settings.SHIFT_SECONDS:
        return True
    if now - last > NOTED_EVERY and WATCHING not in request.headers:
        request.session["last"] = now
    return False


