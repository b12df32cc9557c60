"""The end of a practice's day."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from practices.rules.refusals import Refused
from practices.rules.roles import PRACTICE_ROLES, Role
from practices.views.door import Door
from triage.actions.escalating import send_to_duty
from triage.actions.looking import look_at_day
from triage.presenters import all_clear as words


class AllClear(Door):
    """Every patient of ours today: seen by whom, how it ended, and what is left to do."""

    roles = frozenset({Role.RECEPTIONIST, Role.DUTY, Role.PRACTICE_MANAGER})

    def get(self, request: HttpRequest) -> HttpResponse:
        page = words.page(self.do(look_at_day), by=self.actor, now=self.now)
        return render(request, "triage/reception/all_clear.html", {"page": page})


class SendToDuty(Door):
    """An emergency that nobody has is our duty clinician's from now; then back to the day."""

    roles = PRACTICE_ROLES

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Read again, its address is the day."""
        return redirect("triage:all_clear")

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        try:
            self.do(send_to_duty, reference=reference)
        except Refused as refusal:
            if refusal.status == 404:
                raise
            messages.error(request, str(refusal))
        return redirect("triage:all_clear")
