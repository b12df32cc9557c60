"""Where? The ranked list, the place that is held, and the booking."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from practices.rules.refusals import Absent, Refused
from practices.rules.roles import CLINICAL_ROLES, Role
from practices.views.door import Door
from triage.actions import book, desk, hold
from triage.actions.placing import let_go
from triage.forms.number import OPTIONS, GivenNumber
from triage.forms.once import Once
from triage.forms.placing import ASKED, ConfirmPlace
from triage.presenters import places
from triage.presenters.coming import coming_lines, place_to_leave
from triage.presenters.contact import phone_words
from triage.presenters.desk import booking_to_move, case_banner
from triage.presenters.flags import ask_again
from triage.presenters.signs import left, priority, status_words
from triage.presenters.telling import TELL_NOTHING
from triage.queries.where import Places
from triage.rules.states import State
from triage.views.reception import DESK

PLACERS = CLINICAL_ROLES | {Role.RECEPTIONIST}
LOST = frozenset({"hold_expired", "slot_taken", "limit_reached", "share_used", "started"})
# The longest slot id of a bigserial column is well within this.
LONGEST_ID = 18
LONGEST_WAY = 40


class PlacePage(Door):
    """What the doors of this page share: the page itself, with what went wrong."""

    roles = PLACERS

    def shown(
        self, reference: str, form: Once | None = None, *, lost: Refused | None = None
    ) -> HttpResponse:
        """The page, or the board alone where a part is asked for; nothing typed is lost."""
        found = self.do(desk.open_places, reference=reference)
        if found.case.row.state is State.CLOSED:
            return redirect("triage:desk", reference)
        board = places.board(found, now=self.now)
        if form is not None and lost is not None:
            form.refuse(places.lost_words(lost, board), field=lost.field)
        part = "board" if self.request.htmx else "options"
        context = self._words(found) | self._forms(board, form) | {"board": board}
        context["number"] = self._number(found, form)
        return render(self.request, f"triage/reception/{part}.html", context)

    def refuse(self, refusal: Refused, reference: str, form: Once) -> HttpResponse:
        """The page again with the sentence, everything kept, and the next free times."""
        if refusal.status == 404:
            raise refusal
        form.is_valid()
        if refusal.code in LOST:
            return self.shown(reference, form, lost=refusal)
        form.refuse(refusal.text, field=refusal.field)
        return self.shown(reference, form)

    def _forms(self, board: places.Board, form: Once | None) -> dict[str, object]:
        """`form` says what went wrong; `confirm` is the held place's own form."""
        if isinstance(form, ConfirmPlace):
            return {"form": form, "confirm": form}
        held = board.held
        confirm = ConfirmPlace(
            initial={
                "hold": held.hold_id if held else "",
                # Held again, the place keeps the reason that was chosen for it.
                "overflow_reason": self.request.POST.get("overflow_reason", ""),
            },
            why_not_own=ASKED if held and held.asks_overflow else None,
        )
        return {"form": form, "confirm": confirm}

    def _number(self, found: Places, form: Once | None) -> GivenNumber | None:
        """The number is asked for where no number can be rung; else nothing is asked."""
        if isinstance(form, GivenNumber):
            return form
        contact = found.case.contact
        return None if contact.rung_on else GivenNumber.of(contact, back=OPTIONS)

    @property
    def _at_desk(self) -> bool:
        """Whether the appointments of this practice's patients are changed from here."""
        return self.actor.is_one_of(DESK) and bool(self.actor.reach.own)

    def _words(self, found: Places) -> dict[str, object]:
        row, moving = found.case.row, booking_to_move(found.case)
        return {
            "banner": case_banner(found.case, now=self.now),
            "reference": row.reference,
            "emergency_of": f"?case={row.reference}",
            "ask_again": ask_again(found.case, now=self.now),
            "phone": phone_words(found.case.phone, found.case.contact),
            "coming": coming_lines(found.coming, at_desk=self._at_desk, now=self.now),
            "need": row.need.label,
            "tell_nothing": TELL_NOTHING if found.case.contact.tells_nothing else "",
            "priority": priority(row.urgency),
            "status": status_words(row.status),
            "due": left(row.due_at, now=self.now),
            "moving": moving,
            "leaving": place_to_leave(found.case.bookings, moving, now=self.now),
        }


class Options(PlacePage):
    """The ranked list of one case."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return self.shown(reference)


class Step(PlacePage):
    """A step on the way to a booking; read again, its address is the list itself."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return redirect("triage:options", reference)

    def slot_id(self) -> int:
        """The slot of the button that was pressed."""
        return slot_of(self.request.POST)


class Hold(Step):
    """The place is kept for two minutes; pressed again, for longer."""

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        try:
            self.do(hold, reference=reference, slot_id=self.slot_id())
        except Refused as refusal:
            return self.refuse(refusal, reference, Once({}))
        return self.shown(reference) if request.htmx else redirect("triage:options", reference)


class LetGo(Step):
    """The held place is free for others at once."""

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        self.do(let_go, reference=reference)
        return redirect("triage:options", reference)


class Book(Step):
    """The held place is booked."""

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        form = ConfirmPlace.read(request.POST)
        if not form.is_valid():
            return self.shown(reference, form)
        try:
            return self.do_once(
                book, to=desk_after("booked", reference), reference=reference, **form.wish()
            )
        except Refused as refusal:
            if refusal.code == "duplicate":
                form = form.asking_twice()
            return self.refuse(refusal, reference, form)


class Way(Step):
    """The case goes a way that takes no appointment."""

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        way = request.POST.get("way", "")[:LONGEST_WAY]
        try:
            return self.do_once(
                desk.choose_way, to=desk_after("sent", reference), reference=reference, key=way
            )
        except Refused as refusal:
            return self.refuse(refusal, reference, Once({}))


def desk_after(just: str, reference: str) -> Callable[[object], str]:
    """The case's page, which says what was just done."""
    return lambda _: f"{reverse('triage:desk', args=[reference])}?just={just}"


def slot_of(typed: QueryDict) -> int:
    """The slot of the button that was pressed."""
    slot = typed.get("slot", "")
    if not (slot.isascii() and slot.isdigit() and len(slot) <= LONGEST_ID):
        raise Refused("Choose an appointment.", code="required", field="slot")
    return int(slot)


def read_uuid(typed: str) -> str:
    """A public id as it came; what is none belongs to nothing."""
    try:
        return str(UUID(typed))
    except ValueError:
        raise Absent from None
