"""The phone number of a request, given or corrected where it is missed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from practices.rules.refusals import Refused
from triage.actions.numbers import NumberMoved, give_number
from triage.forms.number import OPTIONS, GivenNumber
from triage.views.reception_desk import desk_page
from triage.views.reception_places import PlacePage, desk_after


class Number(PlacePage):
    """The patient is called on this number from now on."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Read again, its address is the case itself."""
        return redirect("triage:desk", reference)

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        form = GivenNumber(request.POST)
        at_places = request.POST.get("back") == OPTIONS
        here = reverse("triage:options", args=[reference])
        if form.is_valid():
            try:
                return self.do_once(
                    give_number,
                    to=(lambda _: here) if at_places else desk_after("number", reference),
                    reference=reference,
                    wish=form.wish(),
                    knew=form.cleaned_data["knew"] if "knew" in request.POST else None,
                )
            except NumberMoved as moved:
                form.moved_to(moved.phone)
                form.refuse(moved.text, field=moved.field)
            except Refused as refusal:
                if refusal.status == 404:
                    raise
                form.refuse(refusal.text, field=refusal.field)
        return self.shown(reference, form) if at_places else desk_page(self, reference, form)
