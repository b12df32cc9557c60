"""Sheets that belong to a case: its appointment, an attempt to reach the patient, its outcome."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from practices.rules.refusals import Refused
from practices.rules.roles import CLINICAL_ROLES
from triage.actions import desk, paper_beside, paper_entry
from triage.forms.paper import OnPaper, PaperAttempt, PaperBooking, PaperOutcome
from triage.presenters import paper_entry as words
from triage.queries.paper_clash import clinicians_of_days, slot_written
from triage.rules.states import Step as CaseStep
from triage.rules.states import may
from triage.views.paper_entry import PaperDoor, entered

DAYS = 15
# What only the world can have made impossible; the rest is a slip of the pen.
CLASHES = frozenset(
    {"booked", "stale", "slot_taken", "limit_reached", "share_used", "duplicate", "claimed"}
)
# A colleague has the case, or the patient is still expected.
MEANWHILE = frozenset({"booked", "stale", "claimed", "not_claimed", "lease_expired"})


class PaperCase(PaperDoor):
    """The case, and the sheets one can enter for it."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return self.shown(reference)

    def shown(
        self,
        reference: str,
        clash: words.ClashWords | None = None,
        **forms: OnPaper,
    ) -> HttpResponse:
        """The page; the form that was sent keeps what was typed."""
        found = self.do(desk.open_case, reference=reference)
        is_entered = self.request.GET.get("entered") == "1"
        page = words.case_words(found, now=self.now, is_entered=is_entered)
        is_clinical = self.actor.is_one_of(CLINICAL_ROLES)
        sent = next(iter(forms.values()), None)
        return self.drawn(
            "case",
            page=page,
            form=sent,
            clash=clash,
            clash_of=next(iter(forms), ""),
            booking=forms.get("booking") or self.booking_form(),
            outcome=forms.get("outcome") or self.outcome_form(found.case),
            attempt=forms.get("attempt") or PaperAttempt(today=self.today, auto_id="id_try_%s"),
            is_clinical=is_clinical,
            may_book=may(found.case.row.state, CaseStep.BOOK),
        )

    def outcome_form(self, case: Any, data: Any = None) -> PaperOutcome:
        """The form of an ending that fits the case."""
        return PaperOutcome(
            data, today=self.today, is_booked=case.row.is_booked, others=case.open_others
        )

    def booking_form(self, data: Any = None) -> PaperBooking:
        """The form of an appointment, with whom there can be one."""
        first = self.today - timedelta(days=1)
        clinicians = self.ask(clinicians_of_days, first=first, days=DAYS)
        return PaperBooking(data, today=self.today, clinicians=clinicians)


class Sheet(PaperCase):
    """A sheet that is sent; read again, its address is the case."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return redirect("triage:paper_case", reference)

    def enter(self, action: Any, form: OnPaper, reference: str, **wish: object) -> HttpResponse:
        """The line is in, and the case's page says so."""
        return self.do_once(
            action,
            to=lambda _: entered(reference),
            line=form.line(),
            reference=reference,
            **wish,
        )


class Booking(Sheet):
    """The appointment that was made on paper."""

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        form = self.booking_form(request.POST)
        if not form.is_valid():
            return self.shown(reference, booking=form)
        starts_at, who = form.starts_at(), form.cleaned_data["clinician"]
        slot_id = self.ask(slot_written, starts_at=starts_at, clinician_id=who)
        written = words.written_words(starts_at, form.clinician_name(), now=self.now)
        try:
            return self.enter(
                paper_entry.enter_booking,
                form,
                reference,
                slot_id=slot_id,
                written=written,
                settle=form.cleaned_data["settle"],
            )
        except Refused as refusal:
            if refusal.status == 404:
                raise
            is_clash = isinstance(refusal, paper_entry.Clash) or refusal.code in CLASHES
            if not is_clash:
                form.refuse(refusal.text, field=refusal.field)
                return self.shown(reference, booking=form)
            _, there = self.do(
                paper_beside.look_beside,
                reference=reference,
                slot_id=slot_id,
                starts_at=starts_at,
            )
            clash = words.booking_clash(
                refusal.text, there, written=written, can_move=slot_id is not None, now=self.now
            )
            return self.shown(reference, clash, booking=form)


class Outcome(Sheet):
    """How the case ended, as a clinician wrote it."""

    roles = CLINICAL_ROLES

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        case = self.do(desk.open_case, reference=reference).case
        form = self.outcome_form(case, request.POST)
        if not form.is_valid():
            return self.shown(reference, outcome=form)
        written = form.written()
        try:
            return self.enter(
                paper_entry.enter_outcome,
                form,
                reference,
                wish=form.wish(),
                written="\n".join(written),
                settle=form.cleaned_data["settle"],
            )
        except Refused as refusal:
            if refusal.status == 404:
                raise
            is_clash = isinstance(refusal, paper_entry.Clash) or refusal.code in MEANWHILE
            if not is_clash:
                form.refuse(refusal.text, field=refusal.field)
                return self.shown(reference, outcome=form)
            there = self.do(desk.open_case, reference=reference).case
            clash = words.outcome_clash(
                refusal.text,
                there,
                written=written,
                happened_at=form.line().happened_at,
                can_end=refusal.code == paper_entry.LATER,
                now=self.now,
            )
            return self.shown(reference, clash, outcome=form)


class Attempt(Sheet):
    """Somebody tried to reach the patient."""

    roles = CLINICAL_ROLES

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        form = PaperAttempt(request.POST, today=self.today, auto_id="id_try_%s")
        if form.is_valid():
            said = form.cleaned_data
            try:
                return self.enter(
                    paper_entry.enter_attempt,
                    form,
                    reference,
                    channel=said["channel"],
                    met=said["met"],
                    number=said["number_rung"],
                )
            except Refused as refusal:
                if refusal.status == 404:
                    raise
                # The sheet has a number of its own.
                field = "number_rung" if refusal.code == "number" else refusal.field
                form.refuse(refusal.text, field=field)
        return self.shown(reference, attempt=form)
