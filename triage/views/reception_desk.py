"""A case as the desk follows it: what was booked, what to say, and how to undo it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from practices.rules.refusals import Conflict, Refused
from practices.views.door import Door
from triage.actions import cancel_booking, desk
from triage.actions.automatic import undo_placement
from triage.actions.flagging import tick_flag
from triage.forms.placing import CancelBooking
from triage.presenters.desk import cancel_page, desk_case_page
from triage.views.reception import DESK
from triage.views.reception_places import PLACERS

LONGEST_CODE = 40


class DeskCase(Door):
    """One case: where it stands, the sentence to read aloud, what was sent."""

    roles = PLACERS

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        found = self.do(desk.open_case, reference=reference)
        just = request.GET.get("just", "")
        page = desk_case_page(found, now=self.now, just=just)
        part = "standing" if request.htmx else "case"
        context = {"page": page, "at_desk": self.actor.is_one_of(DESK)}
        return render(request, f"triage/reception/{part}.html", context)


class Flag(Door):
    """A red flag that is said only now: the case is an emergency at once."""

    roles = PLACERS

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Read again, its address is the case itself."""
        return redirect("triage:desk", reference)

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        self.do(tick_flag, reference=reference, code=request.POST.get("code", "")[:LONGEST_CODE])
        return redirect("triage:desk", reference)


class UndoPlacement(Door):
    """A place that nobody's click gave is given back; its case waits as it did before."""

    roles = PLACERS

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        found = self.do(desk.open_booking, public_id=public_id)
        just = "undone"
        try:
            self.do(undo_placement, public_id=str(public_id))
        except Conflict as refusal:
            messages.error(request, str(refusal))
            just = ""
        where = reverse("triage:desk", args=[found.case.row.reference])
        return redirect(f"{where}?just={just}" if just else where)


class Cancel(Door):
    """An appointment is given back, with a reason; its case waits again."""

    roles = PLACERS

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._page(public_id, CancelBooking())

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        form = CancelBooking(request.POST)
        if form.is_valid():
            try:
                return self.do_once(
                    cancel_booking,
                    to=lambda case: (
                        f"{reverse('triage:desk', args=[case.reference])}?just=cancelled"
                    ),
                    public_id=str(public_id),
                    because=form.cleaned_data["because"],
                )
            except Refused as refusal:
                form.refuse(refusal.text, field=refusal.field)
        return self._page(public_id, form)

    def _page(self, public_id: UUID, form: CancelBooking) -> HttpResponse:
        found = self.do(desk.open_booking, public_id=public_id)
        page = cancel_page(found, public_id=public_id, now=self.now)
        return render(self.request, "triage/reception/cancel.html", {"form": form, "page": page})
