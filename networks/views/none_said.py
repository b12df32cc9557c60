"""How often no red flag was said, and who was raised later: for leads and practice managers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from networks.actions.none_said import READERS, look_at_answers
from networks.presenters.none_said import answers_page
from practices.views.door import Door


class NoneSaid(Door):
    """Counts only: the own practice as they are, a network with small ones hidden."""

    roles = READERS

    def get(self, request: HttpRequest) -> HttpResponse:
        page = answers_page(self.do(look_at_answers))
        return render(request, "networks/none_said.html", {"page": page})
