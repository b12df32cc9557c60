"""Why: everything about one case that a person needs in order to decide."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from appointments.queries import BookingRow, bookings_of_case
from hubs.queries import reads_from
from practices.clock import bank_holidays
from practices.models import Clinician
from practices.queries import MessageRow
from practices.rules.roles import PRACTICE_ROLES
from triage.models import Case
from triage.queries.card import card_of_case
from triage.queries.case_history import (
    attempts_of,
    history_of,
    notes_of,
    taken_back_of,
    text_of,
)
from triage.queries.case_rows import (
    AttemptRow,
    EarlierRow,
    NoteRow,
    OutcomeRow,
    PatientFacts,
    StepRow,
    TakenBack,
)
from triage.queries.contact import ContactFacts, contact_of, may_text
from triage.queries.emergencies import EmergencyRow, emergencies_of_case
from triage.queries.ends import standing
from triage.queries.queue_rows import QueueRow, names_of_case, row_of
from triage.queries.tries import written_of
from triage.rules.closing import is_ahead
from triage.rules.codes import Outcome
from triage.rules.lanes import Lane
from triage.rules.red_flag_list import Endpoint, RedFlag
from triage.rules.red_flags import Card
from triage.rules.states import State, Step

EARLIER = 10
UNSETTLED = ("booked", "arrived")


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
    written: tuple[MessageRow, ...]
    outcomes: tuple[OutcomeRow, ...]
    bookings: tuple[BookingRow, ...]
    emergencies: tuple[EmergencyRow, ...]
    earlier: tuple[EarlierRow, ...]
    read_from: datetime | None
    taken_back: TakenBack | None
    is_seen: bool
    is_expected: bool

    @property
    def attempts_now(self) -> tuple[AttemptRow, ...]:
        """The attempts since the case was opened last, newest first."""
        again = next((step.at for step in self.history if step.step is Step.REOPEN), None)
        return tuple(row for row in self.attempts if again is None or row.at >= again)

    @property
    def open_others(self) -> tuple[EarlierRow, ...]:
        """The patient's other cases that a duplicate can be about."""
        return tuple(row for row in self.earlier if row.state is not State.CLOSED)

    @property
    def booking(self) -> BookingRow | None:
        """The appointment the case has now; None too where it is beyond our reach."""
        return next((one for one in self.bookings if one.id == self.row.booking_id), None)

    @property
    def is_met(self) -> bool:
        """Whether a clinician has spoken with the patient about it."""
        return any(row.answered and row.is_clinician for row in self.attempts_now)


def case_page(reference: str, *, at: datetime) -> CasePage | None:
    """The case in reach; None when absent. Eleven statements, and at most three for its story."""
    if (case := _load(reference)) is None:
        return None
    card, history, attempts = card_of_case(case), history_of(case), attempts_of(case)
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
        signed_by=_name(case.signed_by),
        handed_to=_name(case.handed_to),
        offered_to=_name(case.offered_to),
        offered_to_id=case.offered_to_id,
        submitted_by=case.submitted_by.name if case.submitted_by else "",
        asked_for=_name(case.asked_for),
        bookable_now=case.bookable_now,
        bookable_because=case.bookable_because,
        external_code=case.external_code,
        points=case.points,
        available=tuple(case.available),
        closed_at=case.closed_at,
        notes=notes_of(case),
        history=history,
        attempts=attempts,
        written=written_of(reference) if attempts else (),
        outcomes=_outcomes(case),
        bookings=(bookings := tuple(bookings_of_case(reference))),
        emergencies=emergencies_of_case(case.pk),
        earlier=_earlier(case),
        read_from=_read_from(case, at=at),
        taken_back=taken_back_of(case, history),
        is_seen=_is_seen(case, bookings, at=at),
        is_expected=_is_expected(case, bookings, at=at),
    )


def _name(clinician: Clinician | None) -> str:
    return clinician.user.name if clinician else ""


def _read_from(case: Case, *, at: datetime) -> datetime | None:
    """When the hub reads the case, if it waits and the hub is closed now."""
    if case.state != State.WAITING or case.lane != Lane.HUB:
        return None
    return reads_from(case.hub_id, at=at, holidays=bank_holidays())


def _is_seen(case: Case, bookings: tuple[BookingRow, ...], *, at: datetime) -> bool:
    """Whether the case is booked, and its appointment is not still ahead."""
    is_to_come = any(is_ahead(one.state, one.starts_at, at=at) for one in bookings)
    return case.state == State.BOOKED and not is_to_come


def _is_expected(case: Case, bookings: tuple[BookingRow, ...], *, at: datetime) -> bool:
    """Whether somebody has the case while its appointment lives; one beyond our reach may."""
    is_over = any(
        one.id == case.booking_id and (one.state not in UNSETTLED or one.ends_at <= at)
        for one in bookings
    )
    return case.state == State.CLAIMED and case.booking_id is not None and not is_over


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


def _outcomes(case: Case) -> tuple[OutcomeRow, ...]:
    found = standing().filter(case=case)
    found = found.select_related(
        "by", "safety_net", "note", "entry", "step", "duplicate_of"
    ).order_by("-id")
    return tuple(
        OutcomeRow(
            code=Outcome(row.code),
            at=row.at,
            by=row.by.name if row.by else "",
            record_viewed=row.record_viewed,
            safety_net=text_of(row.safety_net),
            note=text_of(row.note),
            is_written=hasattr(row, "entry"),
            is_by_practice=row.step is not None and row.step.role in PRACTICE_ROLES,
            duplicate_of=row.duplicate_of.reference if row.duplicate_of else "",
        )
        for row in found
    )


def _last(other: Case) -> str:
    """How it ended, where it is over; what a case that is open again once ended by is history."""
    ended = list(other.outcomes.all())
    return ended[-1].code if ended and other.state == State.CLOSED else ""


def _earlier(case: Case) -> tuple[EarlierRow, ...]:
    """Newest first, with how each ended last: all that are open, before any that is over.

    One statement for the cases, one for outcomes.
    """
    others = Case.objects.filter(patient_id=case.patient_id).exclude(pk=case.pk)
    others = others.annotate(is_over=Q(state=State.CLOSED)).prefetch_related("outcomes")
    found = list(others.order_by("is_over", "-submitted_at", "-id")[:EARLIER])
    found.sort(key=lambda other: (other.submitted_at, other.pk), reverse=True)
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
