"""What another program asks for by numbers and codes, done as at the desk."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from practices.actions.reading import log_seen
from practices.clock import local_day
from practices.models import Organisation, Patient
from practices.rules.access import AccessNeed
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, BadInput
from triage.actions.case_wish import CaseWish
from triage.actions.claiming import take_next
from triage.actions.submitting import submit
from triage.actions.taking import take_my_next
from triage.models import Case
from triage.queries.case_page import CasePage, case_page
from triage.queries.people import people_for
from triage.rules.callers import Caller, Reaching
from triage.rules.codes import Channel, Need


@dataclass(frozen=True, slots=True)
class RequestWish:
    """What the program knows. Exactly one of `patient` and `nhs_number` says whose case it is."""

    need: Need
    channel: Channel
    patient: uuid.UUID | None = None
    nhs_number: str | None = None
    words: str = ""
    red_flags: tuple[str, ...] = ()
    red_flags_asked: bool = False
    asked_version: int | None = None
    access_needs: tuple[AccessNeed, ...] = ()
    continuity: int | None = None
    phone: str = ""
    safe_to_text: bool = True
    available: list[dict[str, str]] = field(default_factory=list)
    external_code: str = ""
    caller: Caller | None = None
    reaching: Reaching = field(default_factory=Reaching)
    linked_to: str = ""
    again: str = ""
    not_the_hub: bool | None = None
    email: str | None = None
    happened_at: datetime | None = None


def submit_request(*, wish: RequestWish, by: Actor, at: datetime) -> Case:
    """The case is submitted for the patient in reach who is meant."""
    patient = _patient(wish)
    if wish.continuity is not None:
        _check_may_be_asked_for(wish.continuity, patient, at=at)
    return submit(
        wish=CaseWish(
            patient_id=patient.pk,
            need=wish.need,
            channel=wish.channel,
            words=wish.words,
            red_flags=wish.red_flags,
            red_flags_asked=wish.red_flags_asked,
            asked_version=wish.asked_version,
            access_needs=wish.access_needs,
            phone=wish.phone,
            safe_to_text=wish.safe_to_text,
            available=wish.available,
            external_code=wish.external_code,
            asked_for_id=wish.continuity,
            caller=wish.caller,
            reaching=wish.reaching,
            linked_to=wish.linked_to,
            again=wish.again,
            not_the_hub=wish.not_the_hub,
            email=wish.email,
            happened_at=wish.happened_at,
        ),
        by=by,
        at=at,
    )


def read_case(*, reference: str, by: Actor, at: datetime) -> CasePage:
    """The case in reach, and on record who read it."""
    page = case_page(reference, at=at)
    if page is None:
        raise Absent
    log_seen([page.patient.id], page="api:case", by=by, at=at)
    return page


def take_next_of(*, hub_code: str, by: Actor, at: datetime) -> Case | None:
    """The most urgent case within my scope of the hub's queue is mine; None when there is none."""
    if not hub_code:
        return take_my_next(by=by, at=at)
    found = Organisation.objects.filter(
        code=hub_code, kind=Organisation.Kind.HUB, pk__in=by.reach.providers
    )
    hub_id = found.values_list("pk", flat=True).first()
    if hub_id is None:
        raise Absent
    return take_next(hub_id=hub_id, by=by, at=at)


def _check_may_be_asked_for(clinician_id: int, patient: Patient, *, at: datetime) -> None:
    people = people_for(patient.practice_id, on=local_day(at))
    if clinician_id not in {one.id for one in people}:
        words = "Choose a clinician of the patient’s practice or of its hub"
        raise BadInput(words, field="continuity")


def _patient(wish: RequestWish) -> Patient:
    found = Patient.objects.filter(left_on__isnull=True)
    if wish.patient is not None:
        found = found.filter(public_id=wish.patient)
    else:
        found = found.filter(nhs_number=wish.nhs_number)
    patient = found.order_by("pk").first()
    if patient is None:
        raise Absent
    return patient
