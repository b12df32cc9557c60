"""The own practice's patients: found by what a caller says, and joined to the list."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from practices.actions import register_patient
from practices.actions.finding import look_up_patients
from practices.actions.reading import open_patient
from practices.api.door import ApiDoor
from practices.api.fields import Body, Codes, Day, Email, Shape, Text
from practices.api.listing import Filters, ListDoor, page_body, page_shape, page_within
from practices.api.schema import documented
from practices.clock import local_day
from practices.queries import PatientRow, patient_by_id
from practices.rules import nhs_number, phones, postcodes
from practices.rules.access import AccessNeed
from practices.rules.person_names import check_name, parse_born_on
from practices.rules.refusals import BadInput
from practices.rules.scopes import MAY
from practices.rules.search_box import read_search

SEX = ("female", "male", "other", "unknown")


class PatientShape(Shape):
    """A patient, with enough to tell namesakes apart."""

    id = serializers.UUIDField(source="public_id")
    nhs_number = serializers.CharField(allow_null=True)
    family_name = serializers.CharField()
    given_name = serializers.CharField()
    born_on = Day()
    sex = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField(help_text="used where no text can go, or one fails")
    address = serializers.CharField()
    postcode = serializers.CharField()
    access_needs = serializers.ListField(child=serializers.CharField())
    usual_clinician = serializers.CharField()
    continuity = serializers.CharField()
    declines_hub = serializers.BooleanField()


class PatientFilters(Filters):
    """What the caller said."""

    q = serializers.CharField(
        max_length=200, help_text="name, date of birth or NHS number in any spacing"
    )


class PatientBody(Body):
    """Somebody joins the practice's list."""

    nhs_number = Text(allow_null=True, required=False, max_length=40)
    family_name = Text(max_length=200)
    given_name = Text(max_length=200)
    born_on = Day()
    phone = Text(required=False, allow_blank=True, max_length=40)
    email = Email(required=False, allow_blank=True)
    address = Text(required=False, allow_blank=True, max_length=120)
    postcode = Text(required=False, allow_blank=True, max_length=20)
    sex = serializers.ChoiceField(SEX, required=False)
    access_needs = Codes(AccessNeed.choices(), required=False)


class Patients(ListDoor):
    """Find patients of the own practice, or add one to its list."""

    roles = MAY["patients:read"]
    writers = MAY["patients:write"]

    @documented(answer=page_shape(PatientShape), query=PatientFilters)
    def get(self, request: Request) -> Response:
        asked = self.filters(PatientFilters)
        try:
            sought = read_search(asked["q"], today=local_day(self.now), training=settings.TRAINING)
        except BadInput as bad:
            raise BadInput(str(bad), field="q") from bad
        return self.do(
            look_up_patients,
            show=lambda found: page_body(
                request, page_within(found, asked["turn"], key=_id), PatientShape
            ),
            sought=sought,
            page="api:patients",
        )

    @documented(answer=PatientShape, status=201, body=PatientBody)
    def post(self, request: Request) -> Response:
        said = _checked(self.wish(PatientBody), at=self.now)
        return self.do(
            register_patient,
            show=lambda patient: PatientShape(patient_by_id(patient.public_id)).data,
            status=201,
            practice_id=self.actor.organisation_id,
            **said,
        )


class OnePatient(ApiDoor):
    """One patient; looking is on record."""

    roles = MAY["patients:read"]

    @documented(answer=PatientShape)
    def get(self, request: Request, patient_id: str) -> Response:
        return self.do(
            open_patient,
            show=lambda patient: PatientShape(patient).data,
            public_id=patient_id,
            page="api:patient",
        )


READERS: dict[str, Callable[[str], str]] = {
    "nhs_number": lambda text: nhs_number.parse(text, training=settings.TRAINING),
    "family_name": lambda text: check_name(text, label="Last name", field="family_name"),
    "given_name": lambda text: check_name(text, label="First name", field="given_name"),
    "phone": lambda text: phones.parse_phone(text, training=settings.TRAINING),
    "postcode": postcodes.parse_postcode,
}


def _checked(said: dict[str, Any], *, at: datetime) -> dict[str, Any]:
    """Each field as its rule reads it; left out or blank where that is allowed."""
    read = dict(said)
    for name, reader in READERS.items():
        if read.get(name) or name in {"family_name", "given_name"}:
            read[name] = reader(read[name])
    born_on: date = read["born_on"]
    read["born_on"] = parse_born_on(born_on.isoformat(), today=local_day(at))
    read["nhs_number"] = read.get("nhs_number") or None
    return read


def _id(patient: PatientRow) -> int:
    return patient.id
