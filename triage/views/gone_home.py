"""A clinician has gone home: say so once, then see what became of every patient."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from practices.rules.refusals import Refused
from practices.rules.roles import Role
from practices.views.door import Door
from triage.actions.automatic import UNDO_FOR
from triage.actions.coming_back import take_list_back
from triage.actions.gone_home import TELLERS, go_home, preview_list
from triage.actions.looking import look_at_list
from triage.forms.gone_home import GoneHomeForm
from triage.forms.once import new_once
from triage.presenters import gone_home as words
from triage.presenters.gone_home_sure import foreseen, sure_page
from triage.queries.gone_home import clinicians_today, lists_ended_today
from triage.queries.may_return import may_return

READERS = TELLERS | {Role.DUTY}


class GoneHome(Door):
    """Who has left, from when, and why."""

    roles = READERS

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(self._form(None))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            if not form.cleaned_data["sure"]:
                return self._ask_if_sure(form)
            return self.do_once(
                go_home,
                to=lambda left: reverse("triage:list_ended", args=[left.public_id]),
                clinician_id=form.cleaned_data["clinician"],
                from_at=form.cleaned_data["from_at"],
                reason=form.cleaned_data["reason"],
                foreseen=form.cleaned_data["shown"],
            )
        except Refused as refusal:
            if refusal.status == 404:
                raise
            form.refuse(str(refusal), field=refusal.field)
            return self._show(form, status=refusal.status)

    def _ask_if_sure(self, form: GoneHomeForm) -> HttpResponse:
        """Nothing has happened: who would go where, and one button that says so."""
        found = self.do(
            preview_list,
            clinician_id=form.cleaned_data["clinician"],
            from_at=form.cleaned_data["from_at"],
        )
        context = {"form": form.kept(foreseen(found)), "page": sure_page(found)}
        return render(self.request, "triage/gone_home_sure.html", context)

    def _form(self, data: QueryDict | None) -> GoneHomeForm:
        rows = self.ask(clinicians_today, organisation_id=self.actor.organisation_id, at=self.now)
        return GoneHomeForm(data, clinicians=[(row.id, row.name) for row in rows], now=self.now)

    def _show(self, form: GoneHomeForm, *, status: int = 200) -> HttpResponse:
        has_sessions = bool(form.fields["clinician"].choices)
        context = {
            "form": form,
            "has_sessions": has_sessions,
            "may_say": self.actor.is_one_of(TELLERS),
            "today": words.today(self.ask(lists_ended_today, at=self.now)),
        }
        return render(self.request, "triage/gone_home.html", context, status=status)


class ListEnded(Door):
    """What became of each patient of the list."""

    roles = READERS

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        found = self.do(look_at_list, public_id=public_id)
        in_time = self.now <= found.said_at + UNDO_FOR and found.taken_back_at is None
        may_undo = in_time and self.actor.is_one_of(TELLERS)
        context = {
            "page": words.page(found, now=self.now),
            "public_id": public_id,
            "once": new_once(),
        }
        if may_undo:
            able = self.ask(may_return, public_id=public_id, at=self.now)
            context["undo"] = words.undo(found, able)
        return render(request, "triage/list_ended.html", context)


class ListBack(Door):
    """The clinician is back: the list is taken back, once."""

    roles = TELLERS

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        to = reverse("triage:list_ended", args=[public_id])
        return self.do_once(take_list_back, to=lambda _: to, public_id=public_id)
