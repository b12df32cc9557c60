"""A hub and a practice with no place left: every slot of a session is somebody's."""

from practices.actions import person_key
from practices.doors import everywhere
from practices.models import Patient, Practice
from tests.full_day import planned_ahead
from tests.world import World
from triage.rules.codes import Need


def fill(world: World, session: str, *, of: Practice) -> None:
    """Another system has booked each slot, for a patient of the practice each."""
    for number, slot in enumerate(world.slots(session)):
        who = f"{session} {number}"
        with everywhere(because="the test's set-up", at=world.at):
            world.patients[who] = Patient.objects.create(
                practice=of,
                person_key=person_key(who),
                family_name=f"Guest {number}",
                given_name="Invented",
                sort_name=f"guest {number} invented",
                born_on=world.at.date().replace(year=1990),
                phone="07700 900124",
            )
        planned_ahead(world, who, slot, Need.FOLLOW_UP)
