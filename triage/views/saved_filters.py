"""Naming the list that the queue shows, and forgetting a name."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from practices.rules.refusals import Refused
from practices.rules.roles import CLINICAL_ROLES
from practices.views.door import Door
from triage.actions.saved_filters import forget_filter, save_filter
from triage.forms.queue_filters import read_filters
from triage.presenters.queue import query_of

# Anything longer was never an address of ours.
LONGEST_QUERY = 400


class SaveFilter(Door):
    """The list has a name, and stands beside the queue for me alone."""

    roles = CLINICAL_ROLES

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("triage:queue")

    def post(self, request: HttpRequest) -> HttpResponse:
        said = request.POST.get("query", "")[:LONGEST_QUERY].replace("\0", "")
        chosen = read_filters(QueryDict(said), clinician_id=self.actor.clinician_id)
        query = query_of(chosen)
        name = request.POST.get("name", "").replace("\0", "")
        try:
            self.do(save_filter, name=name, query=query)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Saved as {name.strip()}")
        return redirect(f"{reverse('triage:queue')}?{query}")


class ForgetFilter(Door):
    """The name is gone; the cases are where they were."""

    roles = CLINICAL_ROLES

    def get(self, request: HttpRequest, filter_id: int) -> HttpResponse:
        return redirect("triage:queue")

    def post(self, request: HttpRequest, filter_id: int) -> HttpResponse:
        self.do(forget_filter, filter_id=min(filter_id, 2**62))
        messages.success(request, "Removed from your lists")
        return redirect("triage:queue")
