"""Who: finding a patient with the caller on the line."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_

from django.db.models import Count, Q, QuerySet

from practices.models import Patient
from practices.rules.person_names import sort_name, spellings

SHOWN = 20


@dataclass(frozen=True, slots=True)
class PatientRow:
    """A patient as the desk needs them: enough to tell namesakes apart."""

    id: int
    public_id: uuid.UUID
    practice_id: int
    practice: str
    nhs_number: str | None
    person_key: str
    family_name: str
    given_name: str
    born_on: date
    sex: str
    phone: str
    address: str
    postcode: str
    access_needs: tuple[str, ...]
    access_detail: str
    usual_clinician_id: int | None
    usual_clinician: str
    continuity: str
    declines_hub: bool
    born_estimated: bool = False
    standing: str = "registered"
    email: str = ""
    left_on: date | None = None


def find_patients(
    *,
    words: str,
    born_on: date | None,
    nhs_number: str | None,
    born_in: int | None = None,
    with_former: bool = False,
) -> list[PatientRow]:
    """At most `SHOWN` patients in reach that fit all that was typed. One statement.

    `words` are parts of names in any order, accents and apostrophes ignored. Who has left a list
    is found only `with_former`.
    """
    found = Patient.objects.all() if with_former else Patient.objects.filter(left_on__isnull=True)
    if nhs_number is not None:
        found = found.filter(nhs_number=nhs_number)
    if born_on is not None:
        found = found.filter(born_on=born_on)
    if born_in is not None:
        found = found.filter(born_on__year=born_in)
    found = found.filter(reduce(or_, map(_has_all, spellings(words))))
    return [_row(patient) for patient in _with_names(found)[:SHOWN]]


def _has_all(words: Iterable[str]) -> Q:
    """Each of the words begins a part of the name."""
    begins = (Q(sort_name__startswith=word) | Q(sort_name__contains=f" {word}") for word in words)
    return reduce(and_, begins, Q())


def patient_by_id(public_id: uuid.UUID | str) -> PatientRow | None:
    """The patient in reach under this public id. One statement."""
    found = _with_names(Patient.objects.filter(public_id=public_id)).first()
    return _row(found) if found else None


def shared_names(patients: Iterable[PatientRow]) -> frozenset[str]:
    """The full names, folded, that more than one patient in reach has. One statement."""
    names = {_sort_name(patient) for patient in patients}
    found = (
        Patient.objects.filter(left_on__isnull=True, sort_name__in=names)
        .values("sort_name")
        .annotate(people=Count("pk"))
        .filter(people__gt=1)
        .order_by("sort_name")
    )
    return frozenset(found.values_list("sort_name", flat=True))


def has_namesake(patient: PatientRow, shared: frozenset[str]) -> bool:
    """Whether somebody else has the patient's name, however it is written."""
    return _sort_name(patient) in shared


def _sort_name(patient: PatientRow) -> str:
    return sort_name(patient.family_name, patient.given_name)


def _with_names(found: QuerySet[Patient]) -> QuerySet[Patient]:
    return found.select_related("usual_clinician__user", "practice__organisation").order_by(
        "sort_name", "born_on", "id"
    )


def _row(patient: Patient) -> PatientRow:
    usual = patient.usual_clinician
    return PatientRow(
        id=patient.pk,
        public_id=patient.public_id,
        practice_id=patient.practice_id,
        practice=patient.practice.organisation.name,
        nhs_number=patient.nhs_number,
        person_key=patient.person_key,
        family_name=patient.family_name,
        given_name=patient.given_name,
        born_on=patient.born_on,
        sex=patient.sex,
        phone=patient.phone,
        address=patient.address,
        postcode=patient.postcode,
        access_needs=tuple(patient.access_needs),
        access_detail=patient.access_detail,
        usual_clinician_id=patient.usual_clinician_id,
        usual_clinician=usual.user.name if usual else "",
        continuity=patient.continuity,
        declines_hub=patient.declines_hub,
        born_estimated=patient.born_estimated,
        standing=patient.standing,
        email=patient.email,
        left_on=patient.left_on,
    )
