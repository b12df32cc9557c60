"""The end of a practice's day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from practices.rules.roles import Role
from practices.views.door import Door
from triage.actions.looking import look_at_day
from triage.presenters import all_clear as words


class AllClear(Door):
    """Every patient of ours today: seen by whom, how it ended, and what is left to do."""

    roles = frozenset({Role.RECEPTIONIST, Role.DUTY, Role.PRACTICE_MANAGER})

    def get(self, request: HttpRequest) -> HttpResponse:
        page = words.page(self.do(look_at_day), by=self.actor, now=self.now)
        return render(request, "triage/reception/all_clear.html", {"page": page})
