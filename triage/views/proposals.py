"""The practice decides about proposed moves of its patients."""

from abc import ABC, abstractmethod

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from practices.clock import local_day
from practices.rules.refusals import Refused
from practices.rules.roles import Role
from practices.views.door import Door
from triage.actions import accept, decline, undo
from triage.presenters import proposals as words
from triage.queries.proposals import proposals_page

DECIDERS = frozenset({Role.PRACTICE_MANAGER, Role.DUTY})


class Proposals(Door):
    """What is proposed for our patients, and what we accepted."""

    roles = DECIDERS

    def get(self, request: HttpRequest) -> HttpResponse:
        rows, run = self.ask(proposals_page, day=local_day(self.now))
        page = words.page(rows, run, now=self.now)
        return render(request, "triage/proposals.html", {"page": page})


class Decide(Door, ABC):
    """One decision about one proposal; then back to the list."""

    roles = DECIDERS

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        try:
            messages.success(request, self._decide(str(public_id)))
        except Refused as refusal:
            if refusal.status == 404:
                raise
            messages.error(request, str(refusal))
        return redirect("triage:proposals")

    @abstractmethod
    def _decide(self, public_id: str) -> str:
        """Do it; the words that say so."""


class Accept(Decide):
    """The patient said yes."""

    def _decide(self, public_id: str) -> str:
        self.do(accept, public_id=public_id)
        return "Moved. The patient will get a message with the new time."


class Decline(Decide):
    """The patient stays."""

    def _decide(self, public_id: str) -> str:
        self.do(decline, public_id=public_id, reason=self.request.POST.get("reason", ""))
        return "Declined. This patient will not be proposed again."


class Undo(Decide):
    """Back to where it was."""

    def _decide(self, public_id: str) -> str:
        self.do(undo, public_id=public_id)
        return "Undone. The patient is back in the old appointment."
