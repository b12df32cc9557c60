"""The handover sheet: what I leave at the end of my shift."""

from django.http import HttpRequest, HttpResponse

from practices.rules.roles import CLINICAL_ROLES
from triage.actions.looking import look_at_shift_end
from triage.presenters import shift_end as words
from triage.views.paper import Printed


class ShiftEnd(Printed):
    """Cases in hand, outcomes not recorded, debriefs due, and what no practice accepted yet."""

    roles = CLINICAL_ROLES

    def get(self, request: HttpRequest) -> HttpResponse:
        found = self.do(look_at_shift_end)
        return self.printed("shift_end", words.sheet(found, name=self.actor.name, now=self.now))
