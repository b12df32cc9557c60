"""The clinician's queue: what is there, what comes next, and my own day."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from appointments.actions import log_contact
from appointments.rules.codes import ContactKind
from practices import news
from practices.news import Subject
from practices.rules.refusals import BadInput, Conflict, Forbidden
from practices.rules.roles import CLINICAL_ROLES, Role
from practices.views.door import Door
from triage.actions import acknowledge_emergency
from triage.actions.looking import look_at_queue
from triage.actions.taking import take_my_next
from triage.actions.undoing_contacts import undo_contact
from triage.forms.once import new_once
from triage.forms.queue_filters import read_filters, read_place
from triage.presenters import queue as words
from triage.presenters.own_meter import contact_buttons
from triage.presenters.undoing import Changed, Logged, contact_offer, undo_offer
from triage.rules.states import Step


class Queue(Door):
    """The one central queue, in the order people are looked after."""

    roles = CLINICAL_ROLES

    def get(self, request: HttpRequest) -> HttpResponse:
        # First the version, then what it counts: else a change between the two would be missed.
        version = news.version(Subject.CASES, self.actor.reach)
        filters = read_filters(request.GET, clinician_id=self.actor.clinician_id)
        found = self.do(look_at_queue, filters=filters, after=read_place(request.GET))
        quick, others = contact_buttons()
        context = {
            "page": words.page(
                found,
                by=self.actor,
                organisation=request.acting.organisation_name,
                now=self.now,
            ),
            "version": version,
            "once": new_once(),
            "quick_contacts": quick,
            "other_contacts": others,
        }
        template = "queue_news" if request.htmx else "queue"
        return render(request, f"triage/clinic/{template}.html", context)


class Next(Door):
    """The most urgent case within my scope is mine, and its page opens."""

    roles = CLINICAL_ROLES
    undo = ""

    def post(self, request: HttpRequest) -> HttpResponse:
        answer = self.do_once(
            take_my_next,
            to=self.onwards,
        )
        if answer["Location"].endswith("?nothing"):
            messages.info(request, "No case waits that is within your scope.")
            return redirect("triage:queue")
        messages.success(request, "The case is with you", extra_tags=self.undo)
        return answer

    def onwards(self, case: Changed | None) -> str:
        """To the case that was taken, which the page there offers to put back."""
        if case is None:
            return f"{reverse('triage:queue')}?nothing"
        self.undo = undo_offer(case, Step.CLAIM, at=self.now)
        return reverse("triage:case", args=[case.reference])


class OwnMeter(Door):
    """Something about my own meter, which stands on the page I work from."""

    roles = CLINICAL_ROLES

    def start(self) -> str:
        """The page this person works from."""
        return reverse("triage:duty" if self.actor.role is Role.DUTY else "triage:queue")


class LogContact(OwnMeter):
    """A contact that no booking stands for is on my meter."""

    undo = ""

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.actor.clinician_id is None:
            raise Forbidden("Only a clinician has contacts to log.")
        said = request.POST.get("kind", "")
        if said not in set(ContactKind):
            raise BadInput("Choose what kind of contact it was.", field="kind")
        kind = ContactKind(said)
        answer = self.do_once(
            log_contact,
            to=self.went,
            clinician_id=self.actor.clinician_id,
            organisation_id=self.actor.organisation_id,
            kind=kind,
            contact_at=self.now,
        )
        messages.success(request, f"Logged: {kind.label.lower()}", extra_tags=self.undo)
        return answer

    def went(self, logged: Logged) -> str:
        """Where it goes on, and there it is taken back."""
        here = self.start()
        self.undo = contact_offer(logged, href=f"{here}#my-day", at=self.now)
        return here


class UndoContact(OwnMeter):
    """The contact I logged a moment ago was a slip of the hand."""

    def get(self, request: HttpRequest, contact_id: int) -> HttpResponse:
        return redirect(self.start())

    def post(self, request: HttpRequest, contact_id: int) -> HttpResponse:
        try:
            answer = self.do_once(undo_contact, to=lambda _: self.start(), contact_id=contact_id)
        except Conflict as refusal:
            messages.error(request, str(refusal))
            return redirect(self.start())
        messages.success(request, "Undone. Your meter is as it was before")
        return answer


class Acknowledge(Door):
    """I have this emergency: its banner goes from every screen."""

    roles = CLINICAL_ROLES

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return redirect("triage:emergency_raised", reference)

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        self.do(acknowledge_emergency, reference=reference)
        return redirect("triage:emergency_raised", reference)
