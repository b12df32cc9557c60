"""Which rules people went past, for whoever answers for the house."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from practices.views.door import Door
from triage.actions.overrides import READERS, look_at_overrides
from triage.presenters.overrides import HEAD, override_rows


class Overrides(Door):
    """Who, why, which rule, and until when; no patient is named."""

    roles = READERS

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = override_rows(self.do(look_at_overrides), now=self.now)
        return render(request, "triage/overrides.html", {"head": HEAD, "rows": rows})
