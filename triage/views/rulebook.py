"""Every weight and limit, for everybody who works by them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from practices.rules.roles import CLINICAL_ROLES, EVERYONE, Role
from practices.views.door import Door
from triage.actions.overrides import READERS
from triage.actions.released import LEADS
from triage.presenters.rule_changes import ChangeLine, change_lines
from triage.presenters.rulebook import rulebook
from triage.queries.parameters import versions_of
from triage.queries.protocols import protocols_in_reach
from triage.queries.released import changes_waiting

MAY_CHANGE_LIMITS = CLINICAL_ROLES | {Role.PRACTICE_MANAGER}


class RuleBook(Door):
    """The rules in force today, with where they come from."""

    roles = EVERYONE - {Role.CLIENT}

    def get(self, request: HttpRequest) -> HttpResponse:
        protocols = self.ask(protocols_in_reach)
        networks = self.actor.reach.networks
        network_id = networks[0] if networks else None
        versions = self.ask(versions_of, network_id=network_id)
        context = {
            "to_sign": self._to_sign(network_id),
            "sections": rulebook(protocols, versions[0].weights),
            "may_read_overrides": self.actor.is_one_of(READERS),
            "may_change_limits": self.actor.is_one_of(MAY_CHANGE_LIMITS),
        }
        return render(request, "triage/rulebook.html", context)

    def _to_sign(self, network_id: int | None) -> tuple[ChangeLine, ...]:
        """What another lead has drafted, and waits for this one's signature."""
        if self.actor.role not in LEADS:
            return ()
        by = self.actor.user_id
        found = self.ask(changes_waiting, network_id=network_id, not_of=by)
        return change_lines(found, user_id=by, is_lead=True)
