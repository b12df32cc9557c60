"""A clinician has gone home: say so once, then see what became of every patient."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from practices.rules.refusals import Refused
from practices.rules.roles import Role
from practices.views.door import Door
from triage.actions.gone_home import go_home
from triage.actions.looking import look_at_list
from triage.forms.gone_home import GoneHomeForm
from triage.presenters import gone_home as words
from triage.queries.gone_home import clinicians_today

TELLERS = frozenset({Role.PRACTICE_MANAGER, Role.RECEPTIONIST, Role.SUPERVISOR})


class GoneHome(Door):
    """Who has left, from when, and why."""

    roles = TELLERS

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(self._form(None))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            return self.do_once(
                go_home,
                to=lambda left: reverse("triage:list_ended", args=[left.public_id]),
                clinician_id=form.cleaned_data["clinician"],
                from_at=form.cleaned_data["from_at"],
                reason=form.cleaned_data["reason"],
            )
        except Refused as refusal:
            if refusal.status == 404:
                raise
            form.refuse(str(refusal), field=refusal.field)
            return self._show(form, status=refusal.status)

    def _form(self, data: QueryDict | None) -> GoneHomeForm:
        rows = self.ask(clinicians_today, organisation_id=self.actor.organisation_id, at=self.now)
        return GoneHomeForm(data, clinicians=[(row.id, row.name) for row in rows], now=self.now)

    def _show(self, form: GoneHomeForm, *, status: int = 200) -> HttpResponse:
        has_sessions = bool(form.fields["clinician"].choices)
        context = {"form": form, "has_sessions": has_sessions}
        return render(self.request, "triage/gone_home.html", context, status=status)


class ListEnded(Door):
    """What became of each patient of the list."""

    roles = TELLERS

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        found = self.do(look_at_list, public_id=public_id)
        return render(request, "triage/list_ended.html", {"page": words.page(found)})
