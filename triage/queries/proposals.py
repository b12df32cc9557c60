"""Why: what the rebalancer proposes for a practice's patients, and the proof behind it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from appointments.models import Booking, Slot
from triage.models import Case, Proposal, RebalanceRun
from triage.queries.contact import ContactFacts, contact_of

SHOWN = 100
ON_PAGE = (Proposal.State.OPEN, Proposal.State.ACCEPTED, Proposal.State.DECLINED)


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One proposed move, with both slots and the effect on both days (tenths of a point)."""

    public_id: uuid.UUID
    run_id: uuid.UUID
    state: str
    patient_id: int
    patient: str
    born_on: date
    nhs_number: str | None
    phone: str
    contact: ContactFacts | None
    case_ref: str
    need: str
    from_at: datetime
    from_clinician_id: int
    from_clinician: str
    from_site: str
    from_mode: str
    to_at: datetime
    to_clinician: str
    to_site: str
    to_mode: str
    to_hub: bool
    to_slot_id: int
    booking_id: uuid.UUID
    reasons: tuple[dict[str, Any], ...]
    effects: dict[str, Any]
    needs_consent: bool
    made_at: datetime
    decided_at: datetime | None
    decline_reason: str


@dataclass(frozen=True, slots=True)
class RunRow:
    """One look of the rebalancer and its certificate."""

    public_id: uuid.UUID
    network_id: int
    day: date
    status: str
    asked_at: datetime
    finished_at: datetime | None
    result: dict[str, Any]


def proposals(*, states: tuple[str, ...] = ("open", "accepted")) -> list[ProposalRow]:
    """Proposals in reach, open ones first, newest first. Four statements."""
    found = _found().filter(state__in=states).order_by("-state", "-made_at", "id")
    return _rows(found[:SHOWN])


def proposals_page(*, day: date) -> tuple[list[ProposalRow], RunRow | None]:
    """What the practice decides about or decided that day, and its last run. Five statements."""
    found = _found().filter(run__day=day, state__in=ON_PAGE)
    rows = _rows(found.order_by("-state", "-made_at", "id")[:SHOWN])
    return rows, latest_run(day=day)


def proposals_together(public_id: uuid.UUID | str) -> list[ProposalRow] | None:
    """Every open move away from the same clinician on the same day. Five statements."""
    one = Proposal.objects.select_related("booking").filter(public_id=public_id).first()
    if one is None:
        return None
    found = _found().filter(
        state=Proposal.State.OPEN,
        booking__clinician=one.booking.clinician_id,
        booking__day=one.booking.day,
    )
    return _rows(found.order_by("booking__starts_at", "id")[:SHOWN])


def proposals_of_run(run_id: uuid.UUID | str) -> list[ProposalRow]:
    """The proposals in reach of one run. Four statements."""
    return _rows(_found().filter(run__public_id=run_id).order_by("id"))


def proposal_row(public_id: uuid.UUID | str) -> ProposalRow | None:
    """One proposal in reach. Four statements."""
    return next(iter(_rows(_found().filter(public_id=public_id))), None)


def run_row(public_id: uuid.UUID | str) -> RunRow | None:
    """One run in reach. One statement."""
    found = RebalanceRun.objects.filter(public_id=public_id).first()
    return _run(found) if found else None


def run_with_proposals(public_id: uuid.UUID | str) -> tuple[RunRow, list[ProposalRow]] | None:
    """One run in reach and those of its proposals that are. Five statements."""
    run = run_row(public_id)
    return (run, proposals_of_run(public_id)) if run else None


def latest_run(*, day: date) -> RunRow | None:
    """The network's last finished run of its own places in reach. One statement."""
    done = RebalanceRun.objects.filter(
        day=day, status=RebalanceRun.Status.DONE, kind=RebalanceRun.Kind.OWN
    )
    found = done.order_by("-finished_at", "-id").first()
    return _run(found) if found else None


def _found() -> QuerySet[Proposal]:
    return Proposal.objects.select_related("run")


def _rows(found: Iterable[Proposal]) -> list[ProposalRow]:
    """Each with both places, and its case, which knows how the patient may be reached.

    Found first and named after: fourteen tables in one join were planned badly where PostgreSQL
    knew little of them. What is out of reach by now is not among the rows.
    """
    rows = list(found)
    bookings = Booking.objects.select_related("patient", "clinician__user", "slot__session__site")
    slots = Slot.objects.select_related("clinician__user", "session__site")
    by_booking = bookings.in_bulk([row.booking_id for row in rows])
    by_slot = slots.in_bulk([row.to_slot_id for row in rows])
    references = [row.case_ref for row in rows if row.case_ref]
    cases = {case.reference: case for case in Case.objects.filter(reference__in=references)}
    return [
        _row(row, by_booking[row.booking_id], by_slot[row.to_slot_id], cases.get(row.case_ref))
        for row in rows
        if row.booking_id in by_booking and row.to_slot_id in by_slot
    ]


def _row(row: Proposal, booking: Booking, slot: Slot, case: Case | None) -> ProposalRow:
    return ProposalRow(
        public_id=row.public_id,
        run_id=row.run.public_id,
        state=row.state,
        patient_id=booking.patient_id,
        patient=f"{booking.patient.given_name} {booking.patient.family_name}",
        born_on=booking.patient.born_on,
        nhs_number=booking.patient.nhs_number,
        phone=contact_of(case).rung_on if case else booking.patient.phone,
        contact=contact_of(case) if case else None,
        case_ref=row.case_ref,
        need=booking.reason,
        from_at=booking.starts_at,
        from_clinician_id=booking.clinician_id,
        from_clinician=booking.clinician.user.name,
        from_site=booking.slot.session.site.name,
        from_mode=booking.mode,
        to_at=slot.starts_at,
        to_clinician=slot.clinician.user.name,
        to_site=slot.session.site.name,
        to_mode=slot.mode,
        to_hub=slot.hub_id is not None,
        to_slot_id=slot.pk,
        booking_id=booking.public_id,
        reasons=tuple(row.reasons),
        effects=row.effects,
        needs_consent=row.needs_consent,
        made_at=row.made_at,
        decided_at=row.decided_at,
        decline_reason=row.decline_reason,
    )


def _run(row: RebalanceRun) -> RunRow:
    return RunRow(
        public_id=row.public_id,
        network_id=row.network_id,
        day=row.day,
        status=row.status,
        asked_at=row.asked_at,
        finished_at=row.finished_at,
        result=row.result,
    )
