"""Patients joining a list, and being shown to another organisation for a reason and a time."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings

from practices import audit
from practices.models import Disclosure, Patient
from practices.rules.person_names import fold
from practices.rules.reach import Actor

KEPT_AFTER_CLOSE = timedelta(days=14)


def person_key(nhs_number: str | None) -> str:
    """Equal for one person in every practice; random where there is no NHS number."""
    if nhs_number is None:
        return secrets.token_hex(32)
    return hmac.new(settings.PERSON_KEY.encode(), nhs_number.encode(), hashlib.sha256).hexdigest()


def register_patient(
    *,
    practice_id: int,
    nhs_number: str | None,
    family_name: str,
    given_name: str,
    born_on: date,
    phone: str = "",
    email: str = "",
    address: str = "",
    postcode: str = "",
    sex: str = "unknown",
    access_needs: Sequence[str] = (),
    born_estimated: bool = False,
    standing: str = "registered",
    by: Actor,
    at: datetime,
) -> Patient:
    """The patient is on the practice's list."""
    patient = Patient.objects.create(
        practice_id=practice_id,
        nhs_number=nhs_number,
        person_key=person_key(nhs_number),
        family_name=family_name,
        given_name=given_name,
        sort_name=fold(f"{family_name} {given_name}"),
        born_on=born_on,
        phone=phone,
        email=email,
        address=address,
        postcode=postcode,
        sex=sex,
        access_needs=list(access_needs),
        born_estimated=born_estimated,
        standing=standing,
    )
    audit.write("patient.registered", entity="patient", entity_id=patient.pk, by=by, at=at)
    return patient


def keep_hub_wish(*, patient: Patient, declines: bool, by: Actor, at: datetime) -> Patient:
    """It is kept whether the patient says no to the hub; said again, nothing changes."""
    if patient.declines_hub == declines:
        return patient
    patient.declines_hub = declines
    patient.save(update_fields=["declines_hub"])
    audit.write(
        "patient.hub_wish",
        entity="patient",
        entity_id=patient.pk,
        by=by,
        at=at,
        declines=declines,
    )
    return patient


def keep_email(*, patient: Patient, email: str, by: Actor, at: datetime) -> Patient:
    """The address is kept, or gone where none is given; said again, nothing changes."""
    if patient.email == email:
        return patient
    patient.email = email
    patient.save(update_fields=["email"])
    audit.write("patient.email", entity="patient", entity_id=patient.pk, by=by, at=at)
    return patient


def disclose(
    *, patient: Patient, organisation_id: int, because: str, by: Actor, at: datetime
) -> Disclosure:
    """The organisation sees this one patient until the reason ends."""
    disclosure = Disclosure.objects.create(
        patient=patient,
        practice_id=patient.practice_id,
        organisation_id=organisation_id,
        because=because,
        from_at=at,
    )
    audit.write(
        "patient.disclosed",
        entity="patient",
        entity_id=patient.pk,
        by=by,
        at=at,
        to=organisation_id,
        because=because,
    )
    return disclosure


def end_disclosures(*, because: str, by: Actor, at: datetime) -> None:
    """What a reason opened closes after a fortnight, time enough for what is still owed."""
    Disclosure.objects.filter(because=because, until_at__isnull=True).update(
        until_at=at + KEPT_AFTER_CLOSE
    )
