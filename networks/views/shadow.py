"""The first weeks of a practice: what its limits would have done, before it lets them bind."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from networks.presenters.shadow import shadow_page
from networks.queries.shadow_days import shadow_report
from practices.clock import local_day
from practices.rules.roles import Role
from practices.views.door import Door


class ShadowReport(Door):
    """Counts of the own practice only; nothing is enforced by looking."""

    roles = frozenset({Role.PRACTICE_MANAGER})

    def get(self, request: HttpRequest) -> HttpResponse:
        report = self.ask(
            shadow_report, practice_id=self.actor.organisation_id, until=local_day(self.now)
        )
        return render(request, "networks/shadow.html", {"page": shadow_page(report)})
