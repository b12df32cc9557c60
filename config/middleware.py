"""What surrounds every request: the instant, who acts, and nothing left in the browser."""

import logging
import secrets
from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from config.idleness import is_over
from config.reach import Acting, acting_by_token, acting_in_browser
from practices import clock

logger = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponse]
# The pages that say what went wrong: templates 400.html to 503.html.
PROBLEMS = frozenset({400, 403, 404, 500, 503})
# Read aloud on the telephone: no vowels, and nothing that looks like something else.
LETTERS, LENGTH = "23456789BCDFGHJKMNPQRSTVWXZ", 6


class Problems:
    """Who is told that something went wrong has a reference to say, and the log has it too."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.problem = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        response = self.get_response(request)
        if response.status_code in PROBLEMS:
            match = request.resolver_match
            page = match.view_name if match else "no page"
            logger.warning("problem %s: %s at %s", request.problem, response.status_code, page)
        return response


class ActingReach:
    """`request.now` is one instant; `request.acting` is who asks in which membership, or None."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = clock.now()
        request.acting = None
        bearer = request.headers.get("Authorization", "")
        if bearer.startswith("Bearer "):
            request.acting = acting_by_token(bearer.removeprefix("Bearer ").strip(), request.now)
        elif request.user.is_authenticated:
            request.acting = _acting_in_session(request)
        request.actor = request.acting.actor if request.acting else None
        return self.get_response(request)


def _acting_in_session(request: HttpRequest) -> Acting | None:
    """Who acts; a session whose membership has ended is over, never quietly another one's."""
    if is_over(request):
        logout(request)
        return None
    wanted = request.session.get("membership")
    acting = acting_in_browser(request.user.pk, wanted, request.now)
    if acting is None and wanted is not None:
        logout(request)
    elif acting is not None and wanted is None:
        request.session["membership"] = acting.actor.membership_id
    return acting


class NoStore:
    """Pages about people stay out of every cache; static files set their own header before."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
