"""Who speaks for the patient, put right where it is missed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from practices.clock import local_day
from practices.rules.refusals import Refused
from practices.views.door import Door
from triage.actions.correcting_caller import correct_caller
from triage.forms.calling import CorrectCaller
from triage.views.reception_desk import desk_page
from triage.views.reception_places import PLACERS, desk_after


class CallerOf(Door):
    """Their right is what it is said to be now; the history keeps what it was."""

    roles = PLACERS

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Read again, its address is the case itself."""
        return redirect("triage:desk", reference)

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        form = CorrectCaller(request.POST)
        if form.is_valid():
            try:
                return self.do_once(
                    correct_caller,
                    to=desk_after("caller", reference),
                    reference=reference,
                    caller=form.caller(today=local_day(self.now)),
                )
            except Refused as refusal:
                if refusal.status == 404:
                    raise
                form.refuse(refusal.text, field=refusal.field)
        return desk_page(self, reference, caller=form)
