"""Many of everything, quickly: doctors with a session, patients, and cases waiting for a place."""

from datetime import datetime, timedelta

from appointments.actions import SessionWish, publish_session
from hubs.models import HubStaff
from practices.doors import everywhere
from practices.models import Clinician, Membership, Patient, User
from tests.world import LONG_AGO, SETUP, World
from triage.models import Case
from triage.rules.codes import Channel, ClassStatus, Need
from triage.rules.states import State


def doctor(
    world: World, name: str, *, starts_at: datetime, slots: int, hub: bool = False
) -> Clinician:
    """A GP with a session of so many ten-minute slots, at Oak or at the hub."""
    place = world.hub if hub else world.oak
    with everywhere(because="the test's set-up", at=world.at):
        user = User.objects.create(username=name, name=f"Dr {name}")
        role = "clinician" if hub else "duty"
        Membership.objects.create(user=user, role=role, organisation_id=place.pk, from_on=LONG_AGO)
        made = Clinician.objects.create(user=user, home_id=place.pk, profession="gp")
        if hub:
            HubStaff.objects.create(hub=world.hub, clinician=made, from_on=LONG_AGO)
        wish = SessionWish(
            clinician_id=made.pk,
            site_id=world.sites[place.pk].pk,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=10 * slots),
            slot_minutes=10,
            practice_id=None if hub else place.pk,
            hub_id=place.pk if hub else None,
        )
        world.sessions[name] = publish_session(wish=wish, by=SETUP, at=world.at)
    return made


def patients(world: World, number: int, *, start: int = 0) -> list[Patient]:
    """So many grown-ups on Oak's list."""
    with everywhere(because="the test's set-up", at=world.at):
        return Patient.objects.bulk_create(
            Patient(
                practice=world.oak,
                person_key=f"one-of-many-{index}",
                family_name="Many",
                given_name=str(index),
                sort_name=f"many {index}",
                born_on=world.at.date() - timedelta(days=40 * 365),
                phone="07700 900123",
            )
            for index in range(start, start + number)
        )


def waiting_cases(world: World, number: int, *, start: int = 0) -> list[str]:
    """The references of so many cases, each of another patient, that may be booked at the desk."""
    people = patients(world, number, start=start)
    with everywhere(because="the test's set-up", at=world.at):
        Case.objects.bulk_create(
            Case(
                reference=f"HR-{index:06}",
                practice=world.oak,
                hub=world.hub,
                patient=person,
                phone=person.phone,
                channel=Channel.PHONE,
                need=Need.SORE_THROAT,
                urgency=4,
                urgency_status=ClassStatus.PROVISIONAL,
                bookable_now=True,
                bookable_because="A protocol need",
                submitted_at=world.at,
                due_at=world.at + timedelta(hours=10),
                state=State.WAITING,
            )
            for index, person in enumerate(people, start)
        )
    return [f"HR-{index:06}" for index in range(start, start + number)]
