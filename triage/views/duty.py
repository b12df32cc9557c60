"""The duty clinician of a practice: what falls to me now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from practices.rules.roles import Role
from practices.views.door import Door
from triage.actions.looking import look_at_duty
from triage.forms.once import new_once
from triage.presenters import duty as words
from triage.presenters.own_meter import contact_buttons


class Duty(Door):
    """Hand-backs to answer, calls for help, my own meter."""

    roles = frozenset({Role.DUTY})

    def get(self, request: HttpRequest) -> HttpResponse:
        found = self.do(look_at_duty)
        quick, others = contact_buttons()
        context = {
            "page": words.page(found, now=self.now, clinician_id=self.actor.clinician_id),
            "once": new_once(),
            "quick_contacts": quick,
            "other_contacts": others,
        }
        return render(request, "triage/clinic/duty.html", context)
