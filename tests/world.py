"""A small invented locality: two practices that share a hub, on Monday 30 November 2026."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from appointments.actions import SessionWish, publish_session
from appointments.models import Session, Slot
from appointments.queries.supervision import NEEDING
from hubs.models import Agreement, Hub, HubStaff, Opening
from networks.models import Network, NetworkHub, NetworkMember
from practices.actions import person_key
from practices.clock import on
from practices.doors import everywhere
from practices.models import (
    Clinician,
    Membership,
    Organisation,
    Patient,
    Practice,
    Site,
    User,
)
from practices.rules.person_names import sort_name
from practices.rules.reach import Actor, clockwork
from practices.rules.roles import Role
from triage.models import RuleChange, RuleVersion
from triage.rules.need_defaults import PROTOCOLS
from triage.rules.protocol_entries import USUAL_ENTRIES, entry_of_protocol
from triage.rules.released import Kind

LONG_AGO = date(2026, 1, 1)
# Valid check digits in the range kept for tests.
NHS_NUMBERS = ("9990000018", "9990000026", "9990000034", "9990000042", "9990000050")


@dataclass
class World:
    """What a test needs to find again."""

    at: datetime
    network: Network
    hub: Hub
    oak: Practice
    elm: Practice
    sites: dict[int, Site] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    memberships: dict[str, Membership] = field(default_factory=dict)
    clinicians: dict[str, Clinician] = field(default_factory=dict)
    patients: dict[str, Patient] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)

    def slots(self, session: str) -> list[Slot]:
        with everywhere(because="the test looks", at=self.at):
            return list(Slot.objects.filter(session=self.sessions[session]).order_by("starts_at"))


SETUP: Actor = clockwork("the test's set-up")


def build(at: datetime) -> World:
    """The locality is in the database, inside the caller's transaction or one of its own."""
    with everywhere(because="the test's set-up", at=at):
        world = _organisations(at)
        _people(world)
        _patients(world)
        _rota(world)
    return world


ENFORCED = {"limit_mode": "enforce"}


def _organisations(at: datetime) -> World:
    made = {
        code: Organisation.objects.create(kind=kind, code=code, name=name)
        for kind, code, name in (
            ("network", "NET1", "Riverside network"),
            ("hub", "HUB1", "Riverside hub"),
            ("practice", "OAK1", "Oak Surgery"),
            ("practice", "ELM1", "Elm Surgery"),
        )
    }
    world = World(
        at=at,
        network=Network.objects.create(organisation=made["NET1"], is_live=True),
        hub=Hub.objects.create(
            organisation=made["HUB1"], phone="07700 900001", rules_of=made["NET1"]
        ),
        oak=Practice.objects.create(organisation=made["OAK1"], list_size=9000, **ENFORCED),
        elm=Practice.objects.create(organisation=made["ELM1"], list_size=7000, **ENFORCED),
    )
    NetworkHub.objects.create(network=world.network, hub=world.hub)
    for organisation in made.values():
        if organisation.kind != "network":
            world.sites[organisation.pk] = Site.objects.create(
                organisation=organisation, name=organisation.name, address="1 Invented Street"
            )
    for practice, minutes in ((world.oak, 6), (world.elm, 11)):
        NetworkMember.objects.create(network=world.network, practice=practice, from_on=LONG_AGO)
        Agreement.objects.create(
            practice=practice,
            provider_id=world.hub.pk,
            share_places=20,
            travel_minutes=minutes,
            from_on=LONG_AGO,
        )
    for weekday in range(6):
        Opening.objects.create(hub=world.hub, weekday=weekday, opens=time(8), closes=time(20))
    return world


STAFF = (
    # user name, role, organisation, profession
    ("receptionist", Role.RECEPTIONIST, "oak", None),
    ("receptionist_elm", Role.RECEPTIONIST, "elm", None),
    ("duty", Role.DUTY, "oak", "gp"),
    ("practice_manager", Role.PRACTICE_MANAGER, "oak", None),
    ("gp_oak", Role.DUTY, "oak", "gp"),
    ("gp_elm", Role.DUTY, "elm", "gp"),
    ("clinician", Role.CLINICIAN, "hub", "anp"),
    ("supervisor", Role.SUPERVISOR, "hub", "gp"),
    ("physio", Role.CLINICIAN, "hub", "physio"),
    ("manager", Role.MANAGER, "network", None),
    ("clinical_lead", Role.CLINICAL_LEAD, "network", "gp"),
    ("client", Role.CLIENT, "oak", None),
)


def _people(world: World) -> None:
    places = {"oak": world.oak, "elm": world.elm, "hub": world.hub, "network": world.network}
    for name, role, place, profession in STAFF:
        organisation_id = places[place].pk
        user = User.objects.create(username=name, name=name.replace("_", " ").title())
        world.users[name] = user
        world.memberships[name] = Membership.objects.create(
            user=user, role=role, organisation_id=organisation_id, from_on=LONG_AGO
        )
        if profession:
            world.clinicians[name] = Clinician.objects.create(
                user=user, home_id=organisation_id, profession=profession
            )
            if place == "hub":
                HubStaff.objects.create(
                    hub=world.hub,
                    clinician=world.clinicians[name],
                    supervises=profession == "gp",
                    from_on=LONG_AGO,
                )
    # Who needs a supervisor at the hub has one, as in life; a test that wants none says so.
    needing = Clinician.objects.filter(home_id=world.hub.pk, profession__in=NEEDING)
    needing.update(supervisor=world.clinicians["supervisor"])
    _protocols(world)


def _protocols(world: World) -> None:
    """The usual protocols, as two leads signed them long ago."""
    at = datetime.combine(LONG_AGO, time(9), UTC)
    lead, second = world.users["clinical_lead"], world.users["supervisor"]
    rule = {"network_id": world.network.pk, "kind": Kind.PROTOCOLS.value}
    signed = [entry_of_protocol(*one, is_signed=True) for one in PROTOCOLS.items()]
    others = [one for one in USUAL_ENTRIES if one["code"] not in PROTOCOLS]
    change = RuleChange.objects.create(
        code=signed[-1]["code"],
        after=signed[-1],
        basis="the test",
        reason="the test",
        drafted_by=lead,
        drafted_at=at,
        state="released",
        ended_by=second,
        ended_at=at,
        **rule,
    )
    RuleVersion.objects.create(
        version=1,
        entries=[*signed, *others],
        hubs=[world.hub.pk],
        change=change,
        drafted_by=lead,
        released_by=second,
        from_at=at,
        **rule,
    )


PEOPLE = (
    # key, practice, family name, given name, born on, sex
    ("zoe", "oak", "O'Neil", "Zoë", date(1985, 3, 14), "female"),
    ("zoe_namesake", "oak", "O'Neil", "Zoe", date(2001, 7, 2), "female"),
    ("tam", "oak", "Nguyễn", "Tâm", date(1950, 12, 24), "male"),
    ("child", "oak", "Hartley", "Finn", date(2021, 5, 5), "male"),
    ("ellen", "elm", "Brook", "Ellen", date(1979, 1, 31), "female"),
)


def _patients(world: World) -> None:
    for number, (key, place, family, given, born_on, sex) in zip(NHS_NUMBERS, PEOPLE, strict=True):
        world.patients[key] = Patient.objects.create(
            practice=world.oak if place == "oak" else world.elm,
            nhs_number=number,
            person_key=person_key(number),
            family_name=family,
            given_name=given,
            sort_name=sort_name(family, given),
            born_on=born_on,
            sex=sex,
            phone="07700 900123",
            address="2 Invented Street",
            postcode="ZZ99 3VZ",
        )


def _rota(world: World) -> None:
    day = world.at.date()
    for name, place in (
        ("gp_oak", "oak"),
        ("gp_elm", "elm"),
        ("clinician", "hub"),
        ("supervisor", "hub"),
    ):
        organisation = {"oak": world.oak, "elm": world.elm, "hub": world.hub}[place]
        wish = SessionWish(
            clinician_id=world.clinicians[name].pk,
            site_id=world.sites[organisation.pk].pk,
            starts_at=on(day, 10),
            ends_at=on(day, 10) + timedelta(hours=3),
            practice_id=None if place == "hub" else organisation.pk,
            hub_id=organisation.pk if place == "hub" else None,
        )
        world.sessions[name] = publish_session(wish=wish, by=SETUP, at=world.at)
