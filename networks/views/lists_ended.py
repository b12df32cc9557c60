"""Lists that ended early today, for whoever answers for a network."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from networks.actions.lists_ended import look_at_lists
from networks.presenters.lists_ended import HEAD, rows
from practices.rules.roles import NETWORK_ROLES
from practices.views.door import Door


class ListsEnded(Door):
    """Counts only, small ones hidden."""

    roles = NETWORK_ROLES

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {"head": list(HEAD), "rows": rows(self.do(look_at_lists))}
        return render(request, "networks/lists_ended.html", context)
