"""A case as the desk follows it: what was booked, what to say, and how to undo it."""

from typing import Protocol
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from practices.rules.refusals import Conflict, Refused
from practices.views.door import Door
from triage.actions import desk
from triage.actions.automatic import undo_placement
from triage.actions.declining import decline_help
from triage.actions.flagging import keep_asked, tick_flag
from triage.actions.no_longer import cancel_at_desk
from triage.forms.calling import CorrectCaller
from triage.forms.emergency import SaysNo
from triage.forms.number import GivenNumber
from triage.forms.placing import CancelBooking
from triage.presenters.desk import cancel_page, desk_case_page
from triage.presenters.telling import TELL_NOTHING
from triage.rules.reading import Asked
from triage.rules.states import State
from triage.views.reception import DESK
from triage.views.reception_places import PLACERS

LONGEST_CODE = 40


class Waits(Protocol):
    """What the door asks of a case whose appointment was cancelled."""

    reference: str
    state: str


def desk_page(
    door: Door,
    reference: str,
    form: GivenNumber | None = None,
    *,
    no: SaysNo | None = None,
    caller: CorrectCaller | None = None,
    status: int = 200,
) -> HttpResponse:
    """The request's page; `form` is the number as it was typed, with what went wrong.

    `no` is the same for who says no to emergency help, `caller` for who speaks for the patient.
    """
    found, request = door.do(desk.open_case, reference=reference), door.request
    page = desk_case_page(found, now=door.now, just=request.GET.get("just", ""))
    known = GivenNumber.of(found.case.contact)
    part = "standing" if request.htmx else "case"
    context = {
        "page": page,
        "emergency_of": f"?case={reference}",
        "at_desk": door.actor.is_one_of(DESK),
        "form": form or no or caller,
        "caller_form": caller or CorrectCaller.of(found.case.contact.caller),
        "number": form or known,
        "tell_nothing": TELL_NOTHING if found.case.contact.tells_nothing else "",
        "no_form": no or SaysNo(),
    }
    return render(request, f"triage/reception/{part}.html", context, status=status)


class DeskCase(Door):
    """One case: where it stands, the sentence to read aloud, what was sent."""

    roles = PLACERS

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return desk_page(self, reference)


class Flag(Door):
    """A red flag that is said only now: the case is an emergency at once. Or it is not said."""

    roles = PLACERS

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Read again, its address is the case itself."""
        return redirect("triage:desk", reference)

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        code, answer = request.POST.get("code", "")[:LONGEST_CODE], request.POST.get("answer", "")
        if answer in set(Asked):
            self.do(keep_asked, reference=reference, code=code, said=Asked(answer))
        else:
            self.do(tick_flag, reference=reference, code=code)
        return redirect("triage:desk", reference)


class Declined(Door):
    """They say no to emergency help: every clinician's screen says so at once."""

    roles = PLACERS

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Read again, its address is the case itself."""
        return redirect("triage:desk", reference)

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        form = SaysNo(request.POST)
        if not form.is_valid():
            return desk_page(self, reference, no=form, status=422)
        try:
            return self.do_once(
                decline_help,
                to=lambda case: reverse("triage:desk", args=[case.reference]),
                reference=reference,
                said_by=form.cleaned_data["said_by"],
                words=form.cleaned_data["words"],
            )
        except Conflict as refusal:
            # A page without the card has no box for them, and what was typed is not lost.
            words = form.cleaned_data["words"]
            said = f" You wrote: “{words}”" if words else ""
            messages.error(request, f"{refusal}{said}")
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
        return self._page(public_id, None)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        form = CancelBooking(request.POST, may_close="closes" in request.POST)
        if form.is_valid():
            try:
                return self.do_once(
                    cancel_at_desk,
                    to=_after_cancel,
                    public_id=str(public_id),
                    because=form.cleaned_data["because"],
                    closes=form.cleaned_data.get("closes", False),
                )
            except Refused as refusal:
                form.refuse(refusal.text, field=refusal.field)
        return self._page(public_id, form)

    def _page(self, public_id: UUID, form: CancelBooking | None) -> HttpResponse:
        found = self.do(desk.open_booking, public_id=public_id)
        page = cancel_page(found, public_id=public_id, now=self.now)
        form = form or CancelBooking(may_close=page.may_close)
        if page.may_close:
            form.offer_to_close()
        of = f"?case={found.case.row.reference}"
        context = {"form": form, "page": page, "emergency_of": of}
        return render(self.request, "triage/reception/cancel.html", context)


def _after_cancel(case: Waits) -> str:
    """The request's page, which says whether it waits again or is over."""
    just = "closed" if case.state == State.CLOSED else "cancelled"
    return f"{reverse('triage:desk', args=[case.reference])}?just={just}"
