"""Paper is typed in: whose it is, what it says, and what becomes of it where it does not fit."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from practices.clock import local_day
from practices.rules.refusals import Refused
from practices.rules.roles import CLINICAL_ROLES, Role
from practices.views.door import Door
from triage.actions import desk, paper_beside, paper_entry
from triage.forms.paper import PaperContact, PaperRequest
from triage.forms.reception import FindPatient
from triage.presenters import new_request
from triage.presenters import paper_entry as words
from triage.queries.card import card_of_patient
from triage.rules.codes import Need

ENTERS = CLINICAL_ROLES | {Role.RECEPTIONIST}


class PaperDoor(Door):
    """What these pages share."""

    roles = ENTERS

    @property
    def today(self) -> Any:
        return local_day(self.now)

    def drawn(self, template: str, **context: object) -> HttpResponse:
        """The page."""
        return render(self.request, f"triage/paper/{template}.html", context)


class PaperEntry(PaperDoor):
    """Whose sheet is it?"""

    def get(self, request: HttpRequest) -> HttpResponse:
        done = request.GET.get("done") == "contact"
        return self.drawn("entry", form=FindPatient(today=self.today), done=done, **self._who())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FindPatient(request.POST, today=self.today)
        if not form.is_valid():
            return self.drawn("entry", form=form, **self._who())
        try:
            found = self.do(desk.find, sought=form.cleaned_data["sought"])
        except Refused as refusal:
            form.refuse(refusal.text, field=refusal.field)
            return self.drawn("entry", form=form, **self._who())
        if form.cleaned_data["sought"].reference:
            return redirect("triage:paper_case", form.cleaned_data["sought"].reference)
        hits = words.hits_words(found, now=self.now)
        return self.drawn("entry", form=form, hits=hits, sought=True, **self._who())

    def _who(self) -> dict[str, bool]:
        return {
            "is_clinician": self.actor.clinician_id is not None,
            "has_list": bool(self.actor.reach.own),
        }


class Request(PaperDoor):
    """A request that was taken down on paper."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        asked = self.do(desk.open_request, public_id=public_id, asks_all=True)
        initial = new_request.initial(asked, now=self.now)
        return self._page(asked, PaperRequest(today=self.today, initial=initial, card=asked.card))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        # A sheet is printed before anybody knows for whom: all of the card was asked.
        _, card = self.ask(card_of_patient, public_id=public_id, on=self.today)
        form = PaperRequest(request.POST, today=self.today, card=card)
        clash = None
        if form.is_valid():
            try:
                return self.do_once(
                    paper_entry.enter_request,
                    to=lambda case: entered(case.reference),
                    line=form.line(),
                    wish=form.paper_wish(patient=public_id, today=self.today),
                    settle=form.cleaned_data["settle"],
                )
            except paper_entry.Clash as refusal:
                clash = self._clash(refusal, public_id, form)
            except Refused as refusal:
                form.refuse(refusal.text, field=refusal.field)
        asked = self.do(desk.open_request, public_id=public_id, asks_all=True)
        return self._page(asked, form, clash)

    def _clash(self, why: Refused, public_id: UUID, form: PaperRequest) -> words.ClashWords:
        said = form.cleaned_data
        return words.request_clash(
            why.text,
            self.do(paper_beside.look_at_cases, public_id=public_id),
            need=Need(said["need"] or Need.OTHER),
            words=said["words"],
            asked_at=form.line().happened_at,
            now=self.now,
        )

    def _page(
        self, asked: Any, form: PaperRequest, clash: words.ClashWords | None = None
    ) -> HttpResponse:
        page = new_request.page(asked, form.ticked(), now=self.now)
        form.make_room(asks_who=page.asks_who)
        return self.drawn("request", form=form, page=page, clash=clash)


class Contact(PaperDoor):
    """A contact without an appointment, from the log."""

    roles = CLINICAL_ROLES

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.drawn("contact", form=PaperContact(today=self.today))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = PaperContact(request.POST, today=self.today)
        if form.is_valid():
            try:
                return self.do_once(
                    paper_entry.enter_contact,
                    to=lambda _: f"{reverse('triage:paper_entry')}?done=contact",
                    line=form.line(),
                    kind=form.cleaned_data["kind"],
                    note=form.cleaned_data["note"],
                )
            except Refused as refusal:
                form.refuse(refusal.text, field=refusal.field)
        return self.drawn("contact", form=form)


def entered(reference: str) -> str:
    """The case's own page for paper, which says that the line is in."""
    return f"{reverse('triage:paper_case', args=[reference])}?entered=1"
