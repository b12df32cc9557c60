"""Somebody who is not on our list, at the desk or on the phone."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from practices.clock import local_day
from practices.rules.refusals import Refused
from practices.views.door import Door
from triage.actions.not_listed import record_stranger
from triage.forms.not_listed import NotListed as NotListedForm
from triage.presenters.reception import with_call
from triage.views.reception import DESK, same_call


class NotListed(Door):
    """A few words on who it is, then their request as everybody else's."""

    roles = DESK

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(NotListedForm(today=local_day(self.now)))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NotListedForm(request.POST, today=local_day(self.now))
        if form.is_valid():
            try:
                return self.do_once(record_stranger, to=self._onwards, wish=form.wish())
            except Refused as refusal:
                form.refuse(refusal.text, field=refusal.field)
        return self._page(form)

    def _onwards(self, public_id: UUID) -> str:
        return with_call(reverse("triage:new", args=[public_id]), same_call(self.request))

    def _page(self, form: NotListedForm) -> HttpResponse:
        context = {"form": form, "asks_another": "is_another" in form.errors}
        return render(self.request, "triage/reception/not_listed.html", context)
