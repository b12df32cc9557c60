"""The lists of the practices that live a day: those that stand, or invented people of that size."""

from itertools import islice
from random import Random

from networks.actions.invented.making import Making
from networks.actions.invented.people import invented_nhs_numbers, people_of
from practices.actions import Listed, register_list
from practices.models import Clinician, Patient

OUTWARD = "ZZ99"


def deal(making: Making, *, practice_id: int, size: int, code: str) -> tuple[Listed, ...]:
    """The practice's patients, shuffled; an empty list gets its published number of people."""
    found = Patient.objects.filter(practice_id=practice_id, left_on__isnull=True).order_by("pk")
    people = [_listed(*row) for row in found.values_list(*FIELDS)]
    if not people:
        gps = Clinician.objects.filter(home_id=practice_id, profession="gp").order_by("pk")
        own = Making(by=making.by, at=making.at, rng=Random(code))  # noqa: S311 - invented people
        # Numbers that nobody on another list here has: each stands for one person.
        numbers = islice(invented_nhs_numbers(), Patient.objects.count(), None)
        people = register_list(
            practice_id=practice_id,
            people=people_of(
                own,
                count=size,
                gps=list(gps.values_list("pk", flat=True)),
                outward=OUTWARD,
                numbers=numbers,
            ),
            by=making.by,
            at=making.at,
        )
    making.rng.shuffle(people)
    return tuple(people)


FIELDS = (
    "pk",
    "practice_id",
    "person_key",
    "born_on",
    "sex",
    "access_needs",
    "declines_hub",
    "phone",
)


def _listed(*row: object) -> Listed:
    values = dict(zip(Listed.__slots__, row, strict=True))
    return Listed(**{**values, "access_needs": tuple(values["access_needs"])})  # type: ignore[arg-type]  # a row of values_list
