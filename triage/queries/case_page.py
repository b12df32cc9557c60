"""Why: everything about one case that a person needs in order to decide."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from appointments.queries import BookingRow, bookings_of_case
from hubs.queries import reads_from
from practices.clock import bank_holidays
from triage.models import Case, CaseStep, ContactAttempt, Note
from triage.queries.card import card_of_case
from triage.queries.case_rows import (
    AttemptRow,
    EarlierRow,
    NoteRow,
    OutcomeRow,
    PatientFacts,
    StepRow,
)
from triage.queries.contact import ContactFacts, contact_of, may_text
from triage.queries.emergencies import EmergencyRow, emergencies_of_case
from triage.queries.ends import standing
from triage.queries.queue_rows import QueueRow, names_of_case, row_of
from triage.rules.codes import Outcome
from triage.rules.lanes import Lane
from triage.rules.red_flag_list import Endpoint, RedFlag
from triage.rules.red_flags import Card
from triage.rules.states import State, Step

EARLIER = 10


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case. `row` says where it stands, who has it and until when."""

    row: QueueRow
    patient: PatientFacts
    phone: str
    safe_to_text: bool
    contact: ContactFacts
    red_flags_asked: bool
    card_version: int
    flags: tuple[RedFlag, ...]
    scan_hits: tuple[RedFlag, ...]
    signed_by: str
    handed_to: str
    offered_to: str
    offered_to_id: int | None
    submitted_by: str
    asked_for: str
    bookable_now: bool
    bookable_because: str
    external_code: str
    points: int
    available: tuple[dict[str, str], ...]
    closed_at: datetime | None
    notes: tuple[NoteRow, ...]
    history: tuple[StepRow, ...]
    attempts: tuple[AttemptRow, ...]
    outcomes: tuple[OutcomeRow, ...]
    bookings: tuple[BookingRow, ...]
    emergencies: tuple[EmergencyRow, ...]
    earlier: tuple[EarlierRow, ...]
    read_from: datetime | None

    @property
    def attempts_now(self) -> tuple[AttemptRow, ...]:
        """The attempts since the case was opened last, newest first."""
        again = next((step.at for step in self.history if step.step is Step.REOPEN), None)
        return tuple(row for row in self.attempts if again is None or row.at >= again)

    @property
    def is_met(self) -> bool:
        """Whether somebody has spoken with the patient about it."""
        return any(row.answered for row in self.attempts_now)


def case_page(reference: str, *, at: datetime) -> CasePage | None:
    """The case in reach, history newest first; None when absent. Eleven statements at most."""
    case = _load(reference)
    if case is None:
        return None
    card = card_of_case(case)
    return CasePage(
        row=row_of(case, at=at),
        patient=_patient(case),
        phone=case.phone,
        safe_to_text=may_text(case),
        contact=contact_of(case),
        red_flags_asked=case.red_flags_asked,
        card_version=card.version,
        flags=_flags(case.red_flags, card),
        scan_hits=_flags(case.scan_hits, card),
        signed_by=case.signed_by.user.name if case.signed_by else "",
        handed_to=case.handed_to.user.name if case.handed_to else "",
        offered_to=case.offered_to.user.name if case.offered_to else "",
        offered_to_id=case.offered_to_id,
        submitted_by=case.submitted_by.name if case.submitted_by else "",
        asked_for=case.asked_for.user.name if case.asked_for else "",
        bookable_now=case.bookable_now,
        bookable_because=case.bookable_because,
        external_code=case.external_code,
        points=case.points,
        available=tuple(case.available),
        closed_at=case.closed_at,
        notes=_notes(case),
        history=_history(case),
        attempts=_attempts(case),
        outcomes=_outcomes(case),
        bookings=tuple(bookings_of_case(reference)),
        emergencies=emergencies_of_case(case.pk),
        earlier=_earlier(case),
        read_from=_read_from(case, at=at),
    )


def _read_from(case: Case, *, at: datetime) -> datetime | None:
    """When the hub reads the case, if it waits and the hub is closed now."""
    if case.state != State.WAITING or case.lane != Lane.HUB:
        return None
    return reads_from(case.hub_id, at=at, holidays=bank_holidays())


def _load(reference: str) -> Case | None:
    found: QuerySet[Case] = names_of_case(Case.objects.filter(reference=reference))
    found = found.select_related("patient__usual_clinician__user", "submitted_by", "card")
    return found.select_related(
        "signed_by__user", "handed_to__user", "offered_to__user", "asked_for__user"
    ).first()


def _flags(codes: list[str], card: Card) -> tuple[RedFlag, ...]:
    """Flags by code, in the words of the case's own card; an unknown one is shown by its code."""
    return tuple(
        card.find(code) or RedFlag(code, code.replace("_", " "), Endpoint.AMBULANCE, ())
        for code in codes
    )


def _patient(case: Case) -> PatientFacts:
    patient = case.patient
    usual = patient.usual_clinician
    return PatientFacts(
        id=patient.pk,
        public_id=patient.public_id,
        family_name=patient.family_name,
        given_name=patient.given_name,
        born_on=patient.born_on,
        sex=patient.sex,
        nhs_number=patient.nhs_number,
        phone=patient.phone,
        address=patient.address,
        postcode=patient.postcode,
        access_detail=patient.access_detail,
        continuity=patient.continuity,
        usual_clinician=usual.user.name if usual else "",
        declines_hub=patient.declines_hub,
        born_estimated=patient.born_estimated,
        standing=patient.standing,
    )


def _notes(case: Case) -> tuple[NoteRow, ...]:
    found = Note.objects.filter(case=case).select_related("by").order_by("id")
    return tuple(
        NoteRow(
            kind=note.kind,
            text=_text(note),
            at=note.at,
            by=note.by.name if note.by else "",
            is_erased=note.erased_at is not None,
        )
        for note in found
    )


def _text(note: Note | None) -> str:
    return "" if note is None or note.erased_at is not None else note.text


def _history(case: Case) -> tuple[StepRow, ...]:
    found = CaseStep.objects.filter(case=case).select_related("by", "note").order_by("-id")
    return tuple(
        StepRow(
            step=Step(step.step),
            at=step.at,
            by=step.by.name if step.by else "",
            role=step.role,
            from_state=State(step.from_state),
            to_state=State(step.to_state),
            urgency=step.urgency,
            code=step.code,
            reason=_text(step.note),
            entered_at=step.entered_at,
        )
        for step in found
    )


def _attempts(case: Case) -> tuple[AttemptRow, ...]:
    found = ContactAttempt.objects.filter(case=case).select_related("by").order_by("-id")
    return tuple(
        AttemptRow(row.at, row.by.name, row.channel, row.answered, row.met) for row in found
    )


def _outcomes(case: Case) -> tuple[OutcomeRow, ...]:
    found = standing().filter(case=case)
    found = found.select_related("by", "safety_net", "note", "entry").order_by("-id")
    return tuple(
        OutcomeRow(
            code=Outcome(row.code),
            at=row.at,
            by=row.by.name if row.by else "",
            record_viewed=row.record_viewed,
            safety_net=_text(row.safety_net),
            note=_text(row.note),
            is_written=hasattr(row, "entry"),
        )
        for row in found
    )


def _last(other: Case) -> str:
    """How it ended, where it is over; what a case that is open again once ended by is history."""
    ended = list(other.outcomes.all())
    return ended[-1].code if ended and other.state == State.CLOSED else ""


def _earlier(case: Case) -> tuple[EarlierRow, ...]:
    """Newest first, with how each ended last. One statement for the cases, one for outcomes."""
    others = Case.objects.filter(patient_id=case.patient_id).exclude(pk=case.pk)
    found = others.order_by("-submitted_at", "-id").prefetch_related("outcomes")[:EARLIER]
    return tuple(
        EarlierRow(
            reference=other.reference,
            submitted_at=other.submitted_at,
            need=other.need,
            state=State(other.state),
            urgency=other.urgency,
            outcome=_last(other),
        )
        for other in found
    )
