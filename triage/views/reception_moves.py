"""An appointment is moved in one step, and for ten seconds put back in one."""

from typing import Protocol
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from appointments.queries import BookingRow, booking_row
from practices.rules.refusals import Absent, Refused
from practices.views.door import Door
from triage.actions import move_booking
from triage.actions.undoing_moves import undo_move
from triage.forms.once import Once
from triage.presenters.undoing import move_offer
from triage.views.reception_places import PLACERS, Step, read_uuid

NOT_MINE = frozenset({403, 404})
MOVED = "The appointment is moved"
UNDONE = "Undone. The appointment is where it was, and the patient hears of no other time"


class Placed(Protocol):
    """What the door asks of an appointment."""

    public_id: UUID
    case_ref: str


def page_of(booking: Placed) -> str:
    """The page an appointment is moved from: its request's, or its own where it has none."""
    if booking.case_ref:
        return reverse("triage:desk", args=[booking.case_ref])
    return reverse("triage:planned", args=[booking.public_id])


class Move(Step):
    """The appointment is another one, in one step."""

    undo = ""

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        try:
            answer = self.do_once(
                move_booking,
                to=self.went,
                public_id=read_uuid(request.POST.get("booking", "")),
                to_slot_id=self.slot_id(),
                because="patient_asked",
            )
        except Refused as refusal:
            return self.refuse(refusal, reference, Once({}))
        messages.success(request, MOVED, extra_tags=self.undo)
        return answer

    def went(self, moved: Placed) -> str:
        """The request's page, which offers to put it back."""
        here = reverse("triage:desk", args=[self.kwargs["reference"]])
        self.undo = move_offer(moved.public_id, href=here, at=self.now)
        return here


class UndoMove(Door):
    """What was moved a moment ago is where it was."""

    roles = PLACERS

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Read again, its address is the page it was moved from."""
        return redirect(page_of(self._found(public_id)))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        row = self._found(public_id)
        try:
            answer = self.do_once(undo_move, to=page_of, public_id=public_id)
        except Refused as refusal:
            if refusal.status in NOT_MINE:
                raise
            messages.error(request, f"Not undone. {refusal}")
            return redirect(page_of(row))
        messages.success(request, UNDONE)
        return answer

    def _found(self, public_id: UUID) -> BookingRow:
        row = self.ask(booking_row, public_id=public_id)
        if row is None:
            raise Absent
        return row
