"""A practice opening its doors, with its site and its whole list."""

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db import connection

from practices import audit
from practices.actions.patients import person_key
from practices.clock import local_day
from practices.models import Organisation, Practice, Site
from practices.rules.person_names import sort_name
from practices.rules.reach import Actor

BATCH = 5000
# One text a batch, unpacked by the database: a tenth of the time of a parameter a value.
INSERT = """
INSERT INTO practices_patient (public_id, practice_id, nhs_number, person_key, family_name,
  given_name, sort_name, born_on, sex, phone, email, address, postcode, access_needs,
  access_detail, usual_clinician_id, continuity, declines_hub)
SELECT public_id, practice_id, nhs_number, person_key, family_name, given_name, sort_name, born_on,
  sex, phone, email, address, postcode, access_needs, access_detail, usual_clinician_id,
  continuity, declines_hub
FROM jsonb_to_recordset(%s::jsonb) AS person (public_id uuid, practice_id bigint, nhs_number text,
  person_key text, family_name text, given_name text, sort_name text, born_on date, sex text,
  phone text, email text, address text, postcode text, access_needs varchar[], access_detail text,
  usual_clinician_id bigint, continuity text, declines_hub boolean)
RETURNING id, public_id::text
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A building: what is on its sign, and whether a wheelchair gets in."""

    name: str
    address: str = ""
    postcode: str = ""
    step_free: bool = True


@dataclass(frozen=True, slots=True)
class NewPatient:
    """Somebody joining a list."""

    nhs_number: str | None
    family_name: str
    given_name: str
    born_on: date
    sex: str = "unknown"
    phone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    access_needs: tuple[str, ...] = ()
    access_detail: str = ""
    usual_clinician_id: int | None = None
    continuity: str = "none"
    declines_hub: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody on a list: what a booking and a scope ask about them."""

    id: int
    practice_id: int
    person_key: str
    born_on: date
    sex: str
    access_needs: tuple[str, ...]
    declines_hub: bool
    phone: str


def open_practice(
    *,
    code: str,
    place: Place,
    list_size: int,
    phone: str,
    limit_mode: str,
    by: Actor,
    at: datetime,
) -> Practice:
    """The practice exists, with its main site; its list is empty until patients register."""
    organisation = Organisation.objects.create(
        kind=Organisation.Kind.PRACTICE, code=code, name=place.name
    )
    practice = Practice.objects.create(
        organisation=organisation,
        list_size=list_size,
        list_size_on=local_day(at),
        phone=phone,
        limit_mode=limit_mode,
    )
    add_site(organisation_id=organisation.pk, place=place, by=by, at=at)
    audit.write("practice.opened", entity="practice", entity_id=practice.pk, by=by, at=at)
    return practice


def add_site(*, organisation_id: int, place: Place, by: Actor, at: datetime) -> Site:
    """The organisation sees people at the place."""
    site = Site.objects.create(
        organisation_id=organisation_id,
        name=place.name,
        address=place.address,
        postcode=place.postcode,
        step_free=place.step_free,
    )
    audit.write("site.added", entity="site", entity_id=site.pk, by=by, at=at)
    return site


def register_list(
    *, practice_id: int, people: Iterable[NewPatient], by: Actor, at: datetime
) -> list[Listed]:
    """Everybody is on the practice's list; one audit row says how many joined together."""
    waiting = iter(people)
    listed: list[Listed] = []
    while batch := list(islice(waiting, BATCH)):
        listed += _insert(practice_id, batch)
    audit.write(
        "list.registered",
        entity="practice",
        entity_id=practice_id,
        by=by,
        at=at,
        patients=len(listed),
    )
    return listed


def rename_practices(*, names: Sequence[tuple[int, str]], by: Actor, at: datetime) -> None:
    """Each practice bears its invented name; nothing real is left but the code.

    Address, phone and the second half of the postcode go too: they would name the practice.
    """
    for practice_id, name in names:
        Organisation.objects.filter(pk=practice_id).update(name=name)
        Practice.objects.filter(pk=practice_id).update(phone="")
        for site in Site.objects.filter(organisation_id=practice_id):
            site.name, site.address = name, ""
            site.postcode = site.postcode.split(" ")[0]
            site.save(update_fields=["name", "address", "postcode"])
        audit.write("practice.renamed", entity="practice", entity_id=practice_id, by=by, at=at)


def _insert(practice_id: int, people: Sequence[NewPatient]) -> Iterator[Listed]:
    """The people are rows, in the order given."""
    rows = [_row(practice_id, person) for person in people]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [json.dumps(rows)])
        ids = {public_id: pk for pk, public_id in cursor.fetchall()}
    for row, person in zip(rows, people, strict=True):
        yield Listed(
            id=ids[row["public_id"]],
            practice_id=practice_id,
            person_key=str(row["person_key"]),
            born_on=person.born_on,
            sex=person.sex,
            access_needs=person.access_needs,
            declines_hub=person.declines_hub,
            phone=person.phone,
        )


def _row(practice_id: int, person: NewPatient) -> dict[str, object]:
    return {
        "public_id": str(uuid.uuid4()),
        "practice_id": practice_id,
        "nhs_number": person.nhs_number,
        "person_key": person_key(person.nhs_number),
        "family_name": person.family_name,
        "given_name": person.given_name,
        "sort_name": sort_name(person.family_name, person.given_name),
        "born_on": person.born_on.isoformat(),
        "sex": person.sex,
        "phone": person.phone,
        "email": person.email,
        "address": person.address,
        "postcode": person.postcode,
        "access_needs": person.access_needs,
        "access_detail": person.access_detail,
        "usual_clinician_id": person.usual_clinician_id,
        "continuity": person.continuity,
        "declines_hub": person.declines_hub,
    }
