"""Pages that belong to no single app: the way in, health and the error pages."""

import logging
import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views import View

from config.watching import WATCHERS
from practices.api.problems import plain_problem
from practices.rules.roles import CLINICAL_ROLES, NETWORK_ROLES, Role
from practices.views.door import Door

logger = logging.getLogger(__name__)


def health(request: HttpRequest) -> HttpResponse:
    """Alive: this process answers. It asks nothing of the database."""
    return JsonResponse({"status": "ok"})


START = {
    Role.RECEPTIONIST: "triage:reception",
    Role.PRACTICE_MANAGER: "triage:proposals",
    Role.CLIENT: "docs",
    **dict.fromkeys(CLINICAL_ROLES, "triage:queue"),
    Role.DUTY: "triage:duty",
    **dict.fromkeys(NETWORK_ROLES, "networks:board"),
}


class Alarms(Door):
    """The alarms now, for a page that watches."""

    roles = WATCHERS

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "alarms.html")


class Calls(Door):
    """Who calls for help now, for a duty clinician's page that watches."""

    roles = frozenset({Role.DUTY})

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "calls.html")


class Home(View):
    """Each role starts where its day starts."""

    def get(self, request: HttpRequest) -> HttpResponse:
        actor = request.actor
        if actor is None:
            return redirect("practices:sign_in")
        return redirect(START[actor.role])


def _plain(request: HttpRequest, status: int) -> HttpResponse:
    if request.path.startswith("/api/"):
        return plain_problem(status)
    return render(request, f"{status}.html", status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _plain(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _plain(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _plain(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """What went wrong stands in the log below the reference that the page says."""
    logger.error("problem %s", getattr(request, "problem", ""), exc_info=sys.exc_info())
    return _plain(request, 500)
