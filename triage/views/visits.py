"""Home visits on a phone: whom next, where, one tap to call, one to say that it is done."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from practices.rules.refusals import Absent
from practices.rules.roles import CLINICAL_ROLES
from practices.views.door import Door
from triage.actions.visits import end_visit, open_visits
from triage.presenters.visits import visits_page

PAGE = "triage:visits"
SAID = {"done": "The visit is done.", "not_done": "Not done. The request waits for a clinician."}


class Visits(Door):
    """My home visits of today."""

    roles = CLINICAL_ROLES

    def get(self, request: HttpRequest) -> HttpResponse:
        page = visits_page(self.do(open_visits), now=self.now)
        return render(request, "triage/clinic/visits.html", {"page": page})


class EndVisit(Door):
    """One of them is done, or nobody came to the door."""

    roles = CLINICAL_ROLES

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Read again, its address is the list."""
        return redirect(PAGE)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        how = request.POST.get("how", "")
        if how not in SAID:
            raise Absent
        answer = self.do_once(
            end_visit, to=lambda _: reverse(PAGE), public_id=str(public_id), how=how
        )
        messages.success(request, SAID[how])
        return answer
