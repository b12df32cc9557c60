"""Every weight and limit, for everybody who works by them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from practices.clock import local_day
from practices.rules.roles import EVERYONE, Role
from practices.views.door import Door
from triage.presenters.rulebook import rulebook
from triage.queries.protocols import protocols_in_reach


class RuleBook(Door):
    """The rules in force today, with where they come from."""

    roles = EVERYONE - {Role.CLIENT}

    def get(self, request: HttpRequest) -> HttpResponse:
        protocols = self.ask(protocols_in_reach, on=local_day(self.now))
        return render(request, "triage/rulebook.html", {"sections": rulebook(protocols)})
