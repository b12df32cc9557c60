"""Somebody who is not on our list is looked after all the same, and recorded as far as known."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from practices.actions import register_patient
from practices.clock import local_day
from practices.queries import find_patients
from practices.rules.person_names import fold
from practices.rules.reach import Actor
from practices.rules.refusals import Conflict, Refused

OLDEST = 120


@dataclass(frozen=True, slots=True)
class StrangerWish:
    """What is known of somebody not on our list. One of `born_on` and `age` is."""

    family_name: str
    given_name: str
    standing: str
    phone: str = ""
    email: str = ""
    born_on: date | None = None
    age: int | None = None
    nhs_number: str | None = None
    is_another: bool = False


def record_stranger(*, wish: StrangerWish, by: Actor, at: datetime) -> uuid.UUID:
    """The person can have a case from now on; their public id.

    An age that was only heard becomes a date of birth marked as estimated: no protocol books by
    it. Somebody of the same name and date of birth is named first, and kept apart if told so.
    """
    born_on = wish.born_on or _sounds_like(wish.age, today=local_day(at))
    if not wish.is_another:
        _check_not_listed(wish, born_on)
    patient = register_patient(
        practice_id=by.organisation_id or 0,
        nhs_number=wish.nhs_number,
        family_name=wish.family_name,
        given_name=wish.given_name,
        born_on=born_on,
        born_estimated=wish.born_on is None,
        standing=wish.standing,
        phone=wish.phone,
        email=wish.email,
        by=by,
        at=at,
    )
    return patient.public_id


def _sounds_like(age: int | None, *, today: date) -> date:
    """The youngest somebody of this age can be: a baby's fever is never taken for a child's."""
    if age is None or not 0 <= age <= OLDEST:
        raise Refused(
            f"Enter the date of birth, or an age from 0 to {OLDEST} as it sounds",
            code="required",
            field="born_on",
        )
    if not age:
        return today
    return date(today.year - age, today.month, min(today.day, 28))


def _check_not_listed(wish: StrangerWish, born_on: date) -> None:
    """A second row of the same person would hide what the first one knows."""
    names = f"{wish.family_name} {wish.given_name}"
    there = find_patients(words=names, born_on=wish.born_on, nhs_number=wish.nhs_number)
    wanted = fold(names)
    same = [row for row in there if fold(f"{row.family_name} {row.given_name}") == wanted]
    if wish.born_on is not None and same:
        raise Conflict(
            f"{wish.given_name} {wish.family_name}, born {born_on.day} {born_on:%B %Y}, is on our"
            " list. Search again, or tick that this is another person.",
            code="duplicate",
            field="is_another",
        )
