"""Why: places at other networks that wait for the practice's word."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from triage.models import PlaceOffer, Proposal
from triage.queries.contact import ContactFacts, contact_of

SHOWN = 100


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One waiting case and the place it could have."""

    public_id: uuid.UUID
    patient_id: int
    patient: str
    born_on: date
    nhs_number: str | None
    phone: str
    contact: ContactFacts
    case_ref: str
    need: str
    due_at: datetime
    to_at: datetime
    to_clinician: str
    to_site: str
    to_mode: str
    reasons: tuple[dict[str, Any], ...]


def open_offers(*, day: date) -> list[OfferRow]:
    """Open offers of the day in reach that can still be accepted, most pressing first.

    Nobody is rung about a place for a case that has changed since. One statement.
    """
    found = PlaceOffer.objects.select_related(
        "case__patient", "to_slot__clinician__user", "to_slot__session__site"
    ).filter(state=Proposal.State.OPEN, to_slot__day=day, case_version=F("case__version"))
    return [_row(one) for one in found.order_by("case__urgency", "case__due_at", "id")[:SHOWN]]


def _row(one: PlaceOffer) -> OfferRow:
    case, slot, patient = one.case, one.to_slot, one.case.patient
    return OfferRow(
        public_id=one.public_id,
        patient_id=patient.pk,
        patient=f"{patient.given_name} {patient.family_name}",
        born_on=patient.born_on,
        nhs_number=patient.nhs_number,
        phone=contact_of(case).rung_on,
        contact=contact_of(case),
        case_ref=case.reference,
        need=case.need,
        due_at=case.due_at,
        to_at=slot.starts_at,
        to_clinician=slot.clinician.user.name,
        to_site=slot.session.site.name,
        to_mode=slot.mode,
        reasons=tuple(one.reasons),
    )
