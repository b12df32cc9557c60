"""Booking an interpreter with an appointment."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from practices.rules.refusals import Refused
from practices.views.door import Door
from triage.actions.interpreters import book_interpreter, open_interpreter
from triage.forms.interpreters import InterpreterForm
from triage.presenters.interpreters import FRONT_DESK, interpreter_page, kept_words
from triage.views.reception_places import PLACERS


class Interpreter(Door):
    """Who interprets, or that nobody is booked yet and whose desk does it."""

    roles = PLACERS

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._page(public_id)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        form = InterpreterForm(request.POST)
        if not form.is_valid():
            return self._page(public_id, form)
        found = self.do(open_interpreter, public_id=public_id)
        to = interpreter_page(found, at_front_desk=self._at_front_desk, now=self.now).back
        try:
            answer = self.do_once(
                book_interpreter,
                to=lambda _: to,
                public_id=str(public_id),
                words=form.booked(),
                version=form.cleaned_data["version"],
            )
        except Refused as refusal:
            form.refuse(refusal.text, field="words")
            return self._page(public_id, form)
        messages.success(request, kept_words(found, form.booked()))
        return answer

    @property
    def _at_front_desk(self) -> bool:
        """Whether the person came from the front desk's list."""
        return self.request.GET.get("from") == FRONT_DESK

    def _page(self, public_id: UUID, form: InterpreterForm | None = None) -> HttpResponse:
        found = self.do(open_interpreter, public_id=public_id)
        page = interpreter_page(found, at_front_desk=self._at_front_desk, now=self.now)
        version = found.row.version
        said = InterpreterForm.starting(found.row.interpreter, found.language)
        said |= {"version": str(version)}
        known = form.at_version(version) if form else InterpreterForm(initial=said)
        context = {"form": known, "page": page}
        return render(self.request, "triage/reception/interpreter.html", context)
