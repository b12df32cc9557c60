"""Messages that did not get through: a person rings, and says so."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from practices.actions import mark_told, take_message
from practices.rules.roles import PRACTICE_ROLES
from practices.rules.ways import Way
from practices.views.door import Door
from triage.actions.unreached import open_letter, open_messages
from triage.presenters.letters import letter_page
from triage.presenters.messages import is_to_post, messages_page, told_words


class ToTell(Door):
    """Our patients whom no text could reach, longest waiting first."""

    roles = PRACTICE_ROLES

    def get(self, request: HttpRequest) -> HttpResponse:
        page = messages_page(self.do(open_messages), by=self.actor, now=self.now)
        return render(request, "triage/reception/messages.html", {"page": page})


class Told(Door):
    """Somebody has told the patient: it is off the list."""

    roles = PRACTICE_ROLES

    def get(self, request: HttpRequest, reference: UUID) -> HttpResponse:
        """Read again, its address is the list."""
        return redirect("triage:messages")

    def post(self, request: HttpRequest, reference: UUID) -> HttpResponse:
        message = self.do(mark_told, reference=str(reference))
        messages.success(request, told_words(message.channel, message.state))
        return redirect("triage:messages")


class TakeMessage(Door):
    """It is mine to ring, or to print and to post."""

    roles = PRACTICE_ROLES

    def get(self, request: HttpRequest, reference: UUID) -> HttpResponse:
        """Read again, its address is the list."""
        return redirect("triage:messages")

    def post(self, request: HttpRequest, reference: UUID) -> HttpResponse:
        message = self.do(take_message, reference=str(reference))
        if message.channel == Way.LETTER and is_to_post(message, now=self.now):
            return redirect("triage:letter", reference)
        return redirect("triage:messages")


class Letter(Door):
    """The message in large print, to print and to post."""

    roles = PRACTICE_ROLES

    def get(self, request: HttpRequest, reference: UUID) -> HttpResponse:
        page = letter_page(self.do(open_letter, reference=str(reference)), now=self.now)
        return render(request, "triage/reception/letter.html", {"page": page})
