"""Closing a hub for the day, and opening it again."""

from collections.abc import Callable
from typing import ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from practices.rules.refusals import Refused
from practices.views.door import Door
from triage.actions.hub_day import CLOSERS, close_hub, look_at_hub_days, reopen_hub
from triage.forms.once import new_once
from triage.presenters import hub_day as words

PAGE = "triage:hub_day"


class HubDay(Door):
    """What keeps the hub open, who has it, and the press that closes it."""

    roles = CLOSERS

    def get(self, request: HttpRequest) -> HttpResponse:
        days = self.do(look_at_hub_days)
        hubs = words.page(days, now=self.now, clinician_id=self.actor.clinician_id)
        context = {"hubs": hubs, "once": new_once()}
        return render(request, "triage/hub_day.html", context)


class Press(Door):
    """One press about one hub."""

    roles = CLOSERS
    action: ClassVar[Callable[..., object]]
    said: ClassVar[str]

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        return redirect(PAGE)

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        try:
            answer = self.do_once(type(self).action, to=lambda _: reverse(PAGE), code=code)
        except Refused as refusal:
            if refusal.status == 404:
                raise
            messages.error(request, str(refusal))
            return redirect(PAGE)
        messages.success(request, self.said)
        return answer


class CloseHub(Press):
    """The hub is closed for today."""

    action = staticmethod(close_hub)
    said = "Closed for today"


class ReopenHub(Press):
    """The hub reads again today."""

    action = staticmethod(reopen_hub)
    said = "Open again"
