"""The network's own limit: read, set with a reason and a basis, ended."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from networks.actions.limits import end_network_limits, set_network_limit
from practices.clock import local_day
from practices.forms.limits import FOR_ALL, LimitForm, started_form
from practices.presenters.limits import dated_line
from practices.queries.limit_book import limits_of_organisation
from practices.rules.refusals import BadInput
from practices.rules.roles import NETWORK_ROLES
from practices.views.door import Door


class NetworkLimits(Door):
    """What the network sets for its members; a practice or a person may set their own."""

    roles = NETWORK_ROLES

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(started_form(today=local_day(self.now), causes=FOR_ALL))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = LimitForm(request.POST, causes=FOR_ALL)
        if form.is_valid():
            try:
                answer = self.do_once(
                    set_network_limit, to=lambda _: reverse("networks:limits"), wish=form.wish()
                )
            except BadInput as refusal:
                form.refuse(refusal.text, field=refusal.field)
            else:
                messages.success(request, "The network’s limit is set for every member.")
                return answer
        return self._page(form)

    def _page(self, form: LimitForm) -> HttpResponse:
        today = local_day(self.now)
        found = self.ask(
            limits_of_organisation, organisation_id=self.actor.organisation_id, on=today
        )
        lines = [dated_line(one, on=today, may_end=False) for one in found]
        return render(self.request, "networks/limits.html", {"form": form, "dated": lines})


class EndNetworkLimits(Door):
    """The network sets no limit any more."""

    roles = NETWORK_ROLES

    def post(self, request: HttpRequest) -> HttpResponse:
        self.do(end_network_limits)
        messages.success(request, "The network’s limit ended today.")
        return redirect("networks:limits")
