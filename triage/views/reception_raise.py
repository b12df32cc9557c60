"""The desk hears that somebody is worse than their request says."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from practices.rules.refusals import Refused
from practices.views.door import Door
from triage.actions import change_class, desk
from triage.forms.raising import Raise
from triage.presenters.raising import raise_page
from triage.queries.reception import DeskCase
from triage.rules.codes import Urgency
from triage.rules.urgency import may_be_raised
from triage.views.reception import DESK


class RaiseClass(Door):
    """A request is read sooner, for what the desk saw or heard; who it is with stays."""

    roles = DESK

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        found = self.do(desk.open_case, reference=reference)
        return self._page(found, Raise(now_is=found.case.row.urgency))

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        found = self.do(desk.open_case, reference=reference)
        # A second press, or a colleague's, takes no choice away: the action says what may be.
        form = Raise(request.POST, now_is=Urgency.P6)
        if form.is_valid():
            try:
                return self.do_once(
                    change_class,
                    to=lambda case: f"{reverse('triage:desk', args=[case.reference])}?just=raised",
                    reference=reference,
                    urgency=form.cleaned_data["urgency"],
                    reason=form.cleaned_data["reason"],
                )
            except Refused as refusal:
                form.refuse(refusal.text, field=refusal.field)
        return self._page(found, form)

    def _page(self, found: DeskCase, form: Raise) -> HttpResponse:
        row = found.case.row
        if not may_be_raised(row.state, row.lane, row.urgency):
            if form.errors:
                messages.error(self.request, "It is as urgent as the desk can make it by now.")
            return redirect("triage:desk", row.reference)
        context = {
            "form": form,
            "page": raise_page(found, now=self.now),
            "emergency_of": f"?case={row.reference}",
        }
        return render(self.request, "triage/reception/raise.html", context)
