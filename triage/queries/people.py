"""Why: whom a patient may ask for by name, at the own practice and at its hub."""

from dataclasses import dataclass
from datetime import date

from hubs.queries import hub_of_practice, staff_for
from practices.models import Clinician


@dataclass(frozen=True, slots=True)
class Person:
    """A clinician of the practice or of its hub."""

    id: int
    name: str
    at_hub: bool


def people_for(practice_id: int, *, on: date) -> list[Person]:
    """The practice's own people first, then the hub's, by name. Three statements."""
    hub_id = hub_of_practice(practice_id, on=on)
    away = staff_for(hub_id, on=on) if hub_id else []
    own = Clinician.objects.filter(home_id=practice_id)
    found = (own | Clinician.objects.filter(pk__in=away)).select_related("user")
    people = [Person(one.pk, one.user.name, one.home_id != practice_id) for one in found]
    return sorted(people, key=lambda one: (one.at_hub, one.name, one.id))
