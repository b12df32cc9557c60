"""The front desk: arrive, did not come, and without an appointment."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from practices.rules.refusals import Absent, Conflict, Refused
from practices.rules.roles import CLINICAL_ROLES, PRACTICE_ROLES, Role
from practices.views.door import Door
from triage.actions import arrivals as desk
from triage.actions.attending import arrive, miss
from triage.actions.undoing_marks import Unmarked, undo_mark
from triage.forms.arrivals import WalkUp
from triage.presenters.arrivals import arrivals_page
from triage.presenters.undoing import call_offer
from triage.queries.card import card_for
from triage.rules.red_flags import USUAL

STAYS = (
    "Undone. A request to look into why nobody brought them stays with the duty clinician, who"
    " ends it"
)
STEPS = {"arrived": arrive, "missed": miss}


def line_of(public_id: object, *, just: bool = False) -> str:
    """Back to the same line: the desk does not look for its place again."""
    asked = f"?just={public_id}" if just else ""
    return f"{reverse('triage:arrivals')}{asked}#arrival-{public_id}"


class Arrivals(Door):
    """Who comes to our house today, and who came without an appointment."""

    roles = CLINICAL_ROLES | {Role.RECEPTIONIST}

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown()

    def post(self, request: HttpRequest) -> HttpResponse:
        """Somebody came without an appointment, and was sent on."""
        practices = self.do(desk.open_arrivals).practices
        form = WalkUp(request.POST, practices=practices)
        if form.is_valid():
            try:
                return self.do_once(
                    desk.note_walk_up,
                    to=self._onwards,
                    wish=form.wish(),
                )
            except Refused as refusal:
                form.refuse(refusal.text, field=refusal.field)
        return self.shown(form)

    def _onwards(self, made: Any) -> str:
        """What to read to them; with words that may mean a red flag, what to ask them first."""
        first = f"&heard={made.public_id}" if made.scan_hits else ""
        return f"{reverse('triage:arrivals')}?sent={made.sent_to}{first}"

    def shown(self, form: WalkUp | None = None) -> HttpResponse:
        """The page, with the form as it was sent where something was wrong."""
        asked = self.request.GET
        found = self.do(desk.open_arrivals, just=asked.get("just", ""))
        is_hub = desk.is_hub_desk(self.actor)
        flagged = (one for one in found.came if one.scan_hits and is_hub)
        heard = next((one for one in flagged if str(one.public_id) == asked.get("heard")), None)
        card = self.ask(card_for, hub_id=self.actor.organisation_id) if heard else USUAL
        sent = asked.get("sent", "")
        context = {
            "page": arrivals_page(found, now=self.now, sent=sent, heard=heard, card=card),
            "form": form or WalkUp(practices=found.practices),
            "is_hub": is_hub,
        }
        return render(self.request, "triage/reception/arrivals.html", context)


class Arrive(Arrivals):
    """The patient is here, or did not come."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Read again, its address is the list."""
        return redirect("triage:arrivals")

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        step = STEPS.get(request.POST.get("step", ""))
        if step is None:
            raise Absent
        self.do(step, public_id=str(public_id))
        return redirect(line_of(public_id, just=True))


class UndoMark(Arrivals):
    """That somebody is here, or did not come, was a slip of the hand."""

    def get(self, request: HttpRequest, public_id: UUID, version: int) -> HttpResponse:
        """Read again, its address is the list."""
        return redirect("triage:arrivals")

    def post(self, request: HttpRequest, public_id: UUID, version: int) -> HttpResponse:
        try:
            return self.do_once(
                undo_mark,
                to=self.went,
                public_id=public_id,
                version=version,
            )
        except Conflict as refusal:
            messages.error(request, f"Not undone. {refusal}")
            return redirect(line_of(public_id))

    def went(self, undone: Unmarked) -> str:
        """The same line, and what of it stands."""
        if undone.request_stays:
            messages.info(self.request, STAYS)
        return line_of(undone.booking.public_id)


class Answered(Arrivals):
    """Our practice has called somebody who stood at the hub's desk."""

    roles = PRACTICE_ROLES

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Read again, its address is the list."""
        return redirect("triage:arrivals")

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        self.do(desk.answer_walk_up, public_id=str(public_id))
        here = "triage:tasks" if request.POST.get("from") == "tasks" else "triage:arrivals"
        undo = call_offer(public_id, href=reverse(here), at=self.now)
        messages.success(request, "Recorded: you have called them", extra_tags=undo)
        return redirect(here)


class NotYet(Answered):
    """We have not called them after all."""

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        try:
            self.do(desk.undo_answer, public_id=str(public_id))
        except Conflict as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Undone. They still have to be called")
        return redirect("triage:arrivals")
