"""The network's own limit: read, set with a reason and a basis, ended."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from networks.actions.limits import end_network_limits, set_network_limit
from practices.clock import local_day
from practices.forms.limits import FOR_ALL, LimitForm, started_form
from practices.presenters.limits import dated_line
from practices.queries.limit_book import DatedLimit, limits_aimed, mark_of
from practices.rules.limits import Layer
from practices.rules.refusals import BadInput, Conflict
from practices.rules.roles import NETWORK_ROLES
from practices.views.door import Door


class NetworkLimits(Door):
    """What the network sets for its members; a practice or a person may set their own."""

    roles = NETWORK_ROLES

    def get(self, request: HttpRequest) -> HttpResponse:
        seen = mark_of(self._standing())
        return self._page(started_form(today=local_day(self.now), seen=seen, causes=FOR_ALL))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = LimitForm(request.POST, causes=FOR_ALL)
        if form.is_valid():
            try:
                answer = self.do_once(
                    set_network_limit, to=lambda _: reverse("networks:limits"), wish=form.wish()
                )
            except BadInput as refusal:
                form.refuse(refusal.text, field=refusal.field)
            except Conflict as refusal:
                form.refuse(refusal.text, field=refusal.field)
                form.has_seen(mark_of(self._standing()))
                return self._page(form, status=409)
            else:
                messages.success(request, "The network’s limit is set for every member.")
                return answer
        return self._page(form)

    def _standing(self) -> tuple[DatedLimit, ...]:
        whose = {"organisation_id": self.actor.organisation_id}
        return self.ask(limits_aimed, layer=Layer.NETWORK, on=local_day(self.now), **whose)

    def _page(self, form: LimitForm, *, status: int = 200) -> HttpResponse:
        """What stands is on the page in any case, above the form."""
        today = local_day(self.now)
        lines = [dated_line(one, on=today, may_end=False) for one in self._standing()]
        context = {"form": form, "dated": lines}
        return render(self.request, "networks/limits.html", context, status=status)


class EndNetworkLimits(Door):
    """The network sets no limit any more."""

    roles = NETWORK_ROLES

    def post(self, request: HttpRequest) -> HttpResponse:
        self.do(end_network_limits)
        messages.success(request, "The network’s limit ended today.")
        return redirect("networks:limits")
