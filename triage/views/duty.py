"""The duty clinician of a practice: what falls to me now."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from practices import news
from practices.news import Subject
from practices.presenters import time_words
from practices.rules.refusals import Refused
from practices.rules.roles import CLINICAL_ROLES, Role
from practices.views.door import Door
from triage.actions.handing_over import accept_handover
from triage.actions.looking import look_at_duty
from triage.forms.once import new_once
from triage.presenters import duty as words
from triage.presenters.own_meter import contact_buttons
from triage.presenters.undoing import Changed, undo_offer
from triage.rules.states import Step

LONGEST_NOTE = 500


class Duty(Door):
    """Hand-backs to answer, calls for help, my own meter."""

    roles = frozenset({Role.DUTY})

    def get(self, request: HttpRequest) -> HttpResponse:
        # First the version, then what it counts: else a change between the two would be missed.
        version = news.version(Subject.CASES, self.actor.reach)
        found = self.do(look_at_duty)
        quick, others = contact_buttons()
        context = {
            "page": words.page(found, now=self.now, clinician_id=self.actor.clinician_id),
            "version": version,
            "as_of": time_words(self.now),
            "once": new_once(),
            "quick_contacts": quick,
            "other_contacts": others,
        }
        return render(request, "triage/clinic/duty.html", context)


class AcceptHandover(Door):
    """The other side has it: who there does what, by when, is in the case's history."""

    roles = CLINICAL_ROLES
    undo = ""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return redirect("triage:case", reference)

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        try:
            answer = self.do_once(
                accept_handover,
                to=self.went,
                reference=reference,
                what=request.POST.get("what", "").replace("\0", ""),
                note=request.POST.get("note", "").replace("\0", "")[:LONGEST_NOTE],
            )
        except Refused as refusal:
            if refusal.status == 404:
                raise
            messages.error(request, str(refusal))
            return redirect(self.back())
        said = "Accepted: who has it now is in the history"
        messages.success(request, said, extra_tags=self.undo)
        return answer

    def went(self, case: Changed) -> str:
        """Where it was accepted, and there it is taken back."""
        self.undo = undo_offer(case, Step.ACCEPT_HANDOVER, at=self.now)
        return self.back()

    def back(self) -> str:
        """The page that asked for it: a duty clinician's own, else the case."""
        if self.actor.role is Role.DUTY:
            return reverse("triage:duty")
        return reverse("triage:case", args=[self.kwargs["reference"]])
