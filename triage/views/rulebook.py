"""Every weight and limit, for everybody who works by them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from practices.rules.roles import CLINICAL_ROLES, EVERYONE, Role
from practices.views.door import Door
from triage.actions.overrides import READERS
from triage.presenters.rulebook import rulebook
from triage.queries.parameters import versions_of
from triage.queries.protocols import protocols_in_reach

MAY_CHANGE_LIMITS = CLINICAL_ROLES | {Role.PRACTICE_MANAGER}


class RuleBook(Door):
    """The rules in force today, with where they come from."""

    roles = EVERYONE - {Role.CLIENT}

    def get(self, request: HttpRequest) -> HttpResponse:
        protocols = self.ask(protocols_in_reach)
        networks = self.actor.reach.networks
        versions = self.ask(versions_of, network_id=networks[0] if networks else None)
        context = {
            "sections": rulebook(protocols, versions[0].weights),
            "may_read_overrides": self.actor.is_one_of(READERS),
            "may_change_limits": self.actor.is_one_of(MAY_CHANGE_LIMITS),
        }
        return render(request, "triage/rulebook.html", context)
