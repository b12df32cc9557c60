"""Made localities for one round each: practices, a hub, tomorrow's rota, and waiting cases."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password

from appointments.actions import SessionWish, publish_session
from appointments.models import Slot
from hubs.models import Agreement, Hub
from practices.actions import person_key
from practices.clock import local_day, on
from practices.doors import everywhere
from practices.models import Clinician, Membership, Organisation, Patient, Practice, Site, User
from practices.rules.professions import Profession
from practices.rules.reach import clockwork
from practices.rules.roles import Role
from triage.actions.references import new_reference
from triage.models import Case
from triage.rules.codes import Channel, ClassStatus, Need
from triage.rules.states import State

SET_UP = clockwork("measurement")
LONG_AGO = date(2026, 1, 1)
PRACTICES, DESKS = 4, 2
PRACTICE_CLINICIANS, HUB_CLINICIANS = 4, 8
# A session of 6 hours is 24 slots of a quarter, which a limit of 25 points just holds.
SESSION = timedelta(hours=6)
PASSWORD = "an invented pass phrase"  # noqa: S105 - of a database that is thrown away


@dataclass(frozen=True, slots=True)
class Turn:
    """One booking to make: by whom, of which case, into which slot."""

    username: str
    case_id: int
    reference: str
    slot_id: int


@dataclass(frozen=True, slots=True)
class Made:
    """A practice or hub with its slots of tomorrow, earliest first."""

    organisation_id: int
    slots: list[Slot]


def fresh_turns(name: str, each: int, *, at: datetime) -> list[list[Turn]]:
    """A new locality is in the database; for each of its desks, `each` bookings to make.

    Two of three go to the own practice, one to the hub; each place is wanted once.
    """
    with everywhere(because="a measurement's set-up", at=at):
        hub = _organisation(f"{name}H", "hub", HUB_CLINICIANS, at=at)
        turns = []
        for number in range(PRACTICES):
            practice = _organisation(f"{name}P{number}", "practice", PRACTICE_CLINICIANS, at=at)
            Agreement.objects.create(
                practice_id=practice.organisation_id,
                provider_id=hub.organisation_id,
                share_places=len(hub.slots),
                from_on=LONG_AGO,
            )
            slots = _mixed(practice.slots, hub.slots[number::PRACTICES])[: each * DESKS]
            desks = [_desk(f"{name}-{number}-{desk}", practice) for desk in range(DESKS)]
            cases = _cases(f"{name}{number}", practice, hub, len(slots), at=at)
            turns += [
                [
                    Turn(desk, case.pk, case.reference, slot.pk)
                    for case, slot in list(zip(cases, slots, strict=True))[index::DESKS]
                ]
                for index, desk in enumerate(desks)
            ]
    return turns


def _organisation(code: str, kind: str, clinicians: int, *, at: datetime) -> Made:
    organisation = Organisation.objects.create(kind=kind, code=code, name=f"Invented {code}")
    if kind == "hub":
        Hub.objects.create(organisation=organisation)
    else:
        Practice.objects.create(organisation=organisation, limit_mode="enforce")
    site = Site.objects.create(organisation=organisation, name=organisation.name)
    starts_at = on(local_day(at) + timedelta(days=1), 9)
    slots: list[Slot] = []
    for number in range(clinicians):
        username = f"{code}-c{number}"
        clinician = Clinician.objects.create(
            user=User.objects.create(username=username, name=username),
            home=organisation,
            profession=Profession.GP,
        )
        wish = SessionWish(
            clinician_id=clinician.pk,
            site_id=site.pk,
            starts_at=starts_at,
            ends_at=starts_at + SESSION,
            practice_id=None if kind == "hub" else organisation.pk,
            hub_id=organisation.pk if kind == "hub" else None,
        )
        session = publish_session(wish=wish, by=SET_UP, at=at)
        slots += session.slots.all()
    return Made(organisation.pk, sorted(slots, key=lambda slot: (slot.starts_at, slot.pk)))


def _mixed(own: list[Slot], hub: list[Slot]) -> list[Slot]:
    """Two own slots, then one of the hub, as long as both last."""
    pairs = zip(own[::2], own[1::2], hub, strict=False)
    return [slot for three in pairs for slot in three]


def _desk(username: str, practice: Made) -> str:
    user = User.objects.create(username=username, name=username, password=make_password(PASSWORD))
    Membership.objects.create(
        user=user,
        role=Role.RECEPTIONIST,
        organisation_id=practice.organisation_id,
        from_on=LONG_AGO,
    )
    return username


def _cases(name: str, practice: Made, hub: Made, number: int, *, at: datetime) -> list[Case]:
    people = Patient.objects.bulk_create(
        Patient(
            practice_id=practice.organisation_id,
            person_key=person_key(None),
            family_name=f"Invented {name}",
            given_name=str(count),
            sort_name=f"invented {name} {count}".lower(),
            born_on=date(1980, 1, 1),
            phone="07700 900123",
        )
        for count in range(number)
    )
    return Case.objects.bulk_create(
        Case(
            reference=new_reference("HR"),
            practice_id=practice.organisation_id,
            hub_id=hub.organisation_id,
            patient=person,
            channel=Channel.PHONE,
            need=Need.SORE_THROAT,
            urgency=4,
            urgency_status=ClassStatus.PROVISIONAL,
            bookable_now=True,
            submitted_at=at,
            due_at=on(local_day(at) + timedelta(days=1), 20),
            state=State.WAITING,
            phone=person.phone,
        )
        for person in people
    )
