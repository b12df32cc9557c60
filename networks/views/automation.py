"""What the rebalancer may do without a click: read, and chosen with a reason."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from networks.actions.automation import choose_automation
from networks.forms.automation import AutomationForm
from networks.presenters.automation import aid_words, choice_lines, in_force, in_mutual_aid
from networks.queries.automation import automation_choices
from networks.views.board import NetworkDoor
from practices.rules.refusals import BadInput
from practices.rules.roles import NETWORK_ROLES


class ChooseAutomation(NetworkDoor):
    """The choice in force, who made it and why, and another."""

    roles = NETWORK_ROLES

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page()

    def post(self, request: HttpRequest) -> HttpResponse:
        form = AutomationForm(request.POST)
        if form.is_valid():
            try:
                answer = self.do_once(
                    choose_automation, to=lambda _: reverse("networks:automation"), wish=form.wish()
                )
            except BadInput as refusal:
                form.refuse(refusal.text, field=refusal.field)
            else:
                messages.success(request, "Chosen. The next look at the day goes by it.")
                return answer
        return self._page(form)

    def _page(self, form: AutomationForm | None = None) -> HttpResponse:
        choices = self.ask(automation_choices, network_id=self.network_id)
        now, aided = in_force(choices), in_mutual_aid(choices)
        context = {
            "form": form or AutomationForm(initial={"mode": now.value, "mutual_aid": aided}),
            "now": now,
            "aid": aid_words(choices),
            "choices": choice_lines(choices),
        }
        return render(self.request, "networks/automation.html", context)
