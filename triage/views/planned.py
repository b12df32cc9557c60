"""An appointment that was planned ahead of any case: cancelled or moved at its patient's desk."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from practices.rules.refusals import Refused
from practices.views.door import Door
from triage.actions import planned
from triage.forms.once import Once
from triage.forms.placing import CancelBooking
from triage.presenters.planned import MOVED, planned_page
from triage.presenters.undoing import move_offer
from triage.views.reception import DESK
from triage.views.reception_moves import Placed, page_of
from triage.views.reception_places import slot_of


class Planned(Door):
    """The appointment, why it is cancelled, and the times it could be moved to."""

    roles = DESK

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self.shown(public_id, CancelBooking())

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """It is cancelled, with a reason."""
        form = CancelBooking(request.POST)
        if form.is_valid():
            try:
                return self.do_once(
                    planned.cancel_planned,
                    to=lambda booking: _after("cancelled", booking.public_id),
                    public_id=public_id,
                    because=form.cleaned_data["because"],
                )
            except Refused as refusal:
                _say(form, refusal)
        return self.shown(public_id, form)

    def shown(
        self, public_id: UUID, form: CancelBooking, wrong: Once | None = None
    ) -> HttpResponse:
        """The page; `wrong` says why it could not be moved."""
        just = self.request.GET.get("just", "")
        found = self.do(planned.open_planned, public_id=public_id, day=self.day())
        page = planned_page(found, now=self.now, just=just)
        context = {"page": page, "cancel": form, "form": wrong or form, "public_id": public_id}
        return render(self.request, "triage/reception/planned.html", context)

    def day(self) -> date | None:
        """The day that is asked for, if it is one."""
        try:
            return date.fromisoformat(self.request.GET.get("day", ""))
        except ValueError:
            return None


class MovePlanned(Planned):
    """The appointment is at another time, in one step."""

    undo = ""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Read again, its address is the appointment."""
        return redirect("triage:planned", public_id)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        wrong = Once({})
        try:
            answer = self.do_once(
                planned.move_planned,
                to=self.went,
                public_id=public_id,
                to_slot_id=slot_of(request.POST),
            )
        except Refused as refusal:
            wrong.is_valid()
            _say(wrong, refusal)
            return self.shown(public_id, CancelBooking(), wrong)
        messages.success(request, MOVED, extra_tags=self.undo)
        return answer

    def went(self, moved: Placed) -> str:
        """The appointment's page, which offers to put it back."""
        here = page_of(moved)
        self.undo = move_offer(moved.public_id, href=here, at=self.now)
        return here


def _say(form: Once, refusal: Refused) -> None:
    """What went wrong stands above the page; what is nobody's is nowhere."""
    if refusal.status == 404:
        raise refusal
    form.refuse(refusal.text, field=refusal.field)


def _after(just: str, public_id: object) -> str:
    return f"{reverse('triage:planned', args=[public_id])}?just={just}"
