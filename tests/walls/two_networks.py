"""Everybody who may knock: each role at home, next door, in another network, and gone since.

The target of every knock is Oak Surgery's: a patient whose words, name and numbers are found
nowhere else, so that a leak is seen wherever it comes out.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from appointments.models import Booking
from hubs.models import Agreement, Hub, HubStaff, WalkUp
from networks.actions.rebalance import ask_rebalance
from networks.models import Network, NetworkHub, NetworkMember
from practices.actions import tell
from practices.doors import everywhere, perform
from practices.models import Clinician, Membership, Organisation, Patient, Practice, Site, User
from practices.rules.reach import Actor
from practices.rules.roles import HUB_ROLES, NETWORK_ROLES, Role
from tests.leads import drafted
from tests.walls.target_rows import cover, ended_list, logged, offered, planned
from tests.walls.unasked_rows import wallboard
from tests.world import LONG_AGO, SETUP, World
from triage import actions
from triage.models import DowntimePack, Proposal, RebalanceRun
from triage.rules.codes import Need

NOBODY = "HR-NONE-NONE-NO"
FAR = 10**9 + 7
NAME, WORDS, PHONE, WHERE = "Leakington", "zebra-coloured tongue", "07700 900987", "Canary Wharf"
NUMBER = "9990000999"


@dataclass(frozen=True, slots=True)
class Target:
    """What an address or a body can name."""

    case: str
    desk_case: str
    booking: str
    patient: str
    proposal: str
    offer: str
    emergency: str
    clinician: int
    session: int
    session_link: str
    slot: int
    run: str
    practice: str
    hub: str
    network: str
    message: str
    ended_list: str
    planned: str
    walk_up: str
    cover: str
    wallboard: str
    change: int
    contact: int
    case_version: int = 1

    @classmethod
    def absent(cls) -> "Target":
        """Of the same shape, and nowhere."""
        unknown = str(uuid.UUID(int=0, version=4))
        keys = (
            "booking",
            "patient",
            "proposal",
            "offer",
            "run",
            "message",
            "ended_list",
            "planned",
            "walk_up",
            "wallboard",
            "session_link",
        )
        return cls(
            case=NOBODY,
            desk_case=NOBODY,
            emergency="EM-NONE-NONE-NO",
            practice="NONE9",
            hub="NONE8",
            network="NONE7",
            cover=unknown,
            **dict.fromkeys(keys, unknown),
            **dict.fromkeys(("clinician", "session", "slot", "change", "contact"), FAR),
        )


def canaries(target: Target) -> dict[str, str]:
    """Texts that only somebody of Oak, or of the hub that serves it, may ever read."""
    return {
        "family name": NAME,
        "words": WORDS,
        "phone": PHONE,
        "NHS number": NUMBER,
        "NHS number in groups": "999 000 0999",
        "case": target.case,
        "booked case": target.desk_case,
        "booking": target.booking,
        "patient": target.patient,
        "proposal": target.proposal,
        "offer": target.offer,
        "emergency": target.emergency,
        "message": target.message,
        "where": WHERE,
    }


def knockers(world: World) -> dict[tuple[str, Role], User]:
    """One person for each role and place; those who left were members until yesterday."""
    with everywhere(because="the test's set-up", at=world.at):
        ash, hub, network = _other_network(world)
        homes = {
            "own": (world.oak.pk, world.hub.pk, world.network.pk),
            "other_practice": (world.elm.pk, None, None),
            "other_network": (ash.pk, hub.pk, network.pk),
            "expired": (world.oak.pk, world.hub.pk, world.network.pk),
        }
        found = {}
        for place, homes_of_place in homes.items():
            for role in Role:
                home = homes_of_place[_kind(role)]
                if home is not None:
                    found[place, role] = _person(world, place, role, home)
    return found


def _kind(role: Role) -> int:
    return 2 if role in NETWORK_ROLES else 1 if role in HUB_ROLES else 0


def _person(world: World, place: str, role: Role, home: int) -> User:
    user = User.objects.create(username=f"{role}.{place}", name=f"{role.label}, {place}")
    until = world.at.date() if place == "expired" else None
    Membership.objects.create(
        user=user, role=role, organisation_id=home, from_on=LONG_AGO, until_on=until
    )
    if role in HUB_ROLES | {Role.DUTY}:
        person = Clinician.objects.create(user=user, home_id=home, profession="gp")
        if role in HUB_ROLES and place != "expired":
            HubStaff.objects.create(hub_id=home, clinician=person, from_on=LONG_AGO)
    return user


def _other_network(world: World) -> tuple[Practice, Hub, Network]:
    made = {
        kind: Organisation.objects.create(
            kind=kind, code=f"{kind[:3].upper()}2", name=f"Far {kind}"
        )
        for kind in ("practice", "hub", "network")
    }
    practice = Practice.objects.create(organisation=made["practice"], limit_mode="enforce")
    hub = Hub.objects.create(organisation=made["hub"], rules_of=made["network"])
    network = Network.objects.create(organisation=made["network"], is_live=True)
    for organisation in (made["practice"], made["hub"]):
        Site.objects.create(organisation=organisation, name=organisation.name)
    NetworkHub.objects.create(network=network, hub=hub)
    NetworkMember.objects.create(network=network, practice=practice, from_on=LONG_AGO)
    Agreement.objects.create(
        practice=practice, provider_id=hub.pk, share_places=20, from_on=LONG_AGO
    )
    return practice, hub, network


def target_of(world: World, acting: Callable[[World, str], Actor]) -> Target:
    """Oak's patient: one case waiting, one booked, a proposed move, an emergency."""
    at, desk, patient = world.at, acting(world, "receptionist"), _patient(world)
    waiting, booked = (
        perform(actions.submit, by=desk, at=at, wish=_wish(patient, need))
        for need in (Need.EYE, Need.SORE_THROAT)
    )
    slot_id = world.slots("gp_oak")[4].pk
    booking = perform(actions.book, by=desk, at=at, reference=booked.reference, slot_id=slot_id)
    emergency = perform(actions.raise_emergency, by=desk, at=at, phone=PHONE, where=WHERE)
    run = perform(ask_rebalance, by=acting(world, "manager"), at=at, network_id=world.network.pk)
    _pack(world)
    return Target(
        case=waiting.reference,
        desk_case=booked.reference,
        booking=str(booking.public_id),
        patient=str(patient.public_id),
        proposal=_proposal(world, run, booking),
        offer=offered(world, run, waiting),
        emergency=emergency.reference,
        clinician=world.clinicians["gp_oak"].pk,
        session=world.sessions["gp_oak"].pk,
        session_link=str(world.sessions["gp_oak"].public_id),
        slot=world.slots("gp_oak")[5].pk,
        run=str(run.public_id),
        practice="OAK1",
        hub="HUB1",
        network="NET1",
        message=_to_tell(patient, waiting.reference, at),
        ended_list=ended_list(world, booking),
        planned=planned(world, patient),
        walk_up=_walk_up(world),
        cover=cover(world, PHONE),
        wallboard=wallboard(world, world.at),
        change=drafted(world, acting, at=at).pk,
        contact=logged(world),
    )


def _proposal(world: World, run: RebalanceRun, booking: Booking) -> str:
    """The booked patient could move to the hub's clinician."""
    with everywhere(because="the test's set-up", at=world.at):
        proposal = Proposal.objects.create(
            run=run,
            practice=world.oak,
            case_ref=booking.case_ref,
            booking=booking,
            booking_version=booking.version,
            to_slot=world.slots("clinician")[4],
            effects=_effects(world),
            reasons=[{"code": "over_limit", "text": "The clinician is over the safe limit"}],
            made_at=world.at,
        )
    return str(proposal.public_id)


def _pack(world: World) -> None:
    with everywhere(because="the test's set-up", at=world.at):
        what = {"as_of": world.at, "made_at": world.at, "text": f"{NAME} {NUMBER} {PHONE}"}
        DowntimePack.objects.create(organisation_id=world.oak.pk, **what)


def _walk_up(world: World) -> str:
    """Somebody who stood at the hub's desk and whom Oak is to call."""
    with everywhere(because="the test's set-up", at=world.at):
        came = WalkUp.objects.create(
            hub=world.hub,
            practice=world.oak,
            name=f"Ada {NAME}",
            phone=PHONE,
            words=WORDS,
            sent_to="practice",
            on=world.at.date(),
            at=world.at,
            by=world.users["receptionist"],
        )
    return str(came.public_id)


def _to_tell(patient: Patient, reference: str, at: datetime) -> str:
    """A message that no text could carry, and that a letter still brings in time."""
    how = {"phone": "", "due_at": at, "by": SETUP, "at": at}
    with everywhere(because="the test's set-up", at=at):
        return str(tell("cancelled", patient=patient, case=reference, **how).reference)


def _patient(world: World) -> Patient:
    with everywhere(because="the test's set-up", at=world.at):
        return Patient.objects.create(
            practice=world.oak,
            nhs_number=NUMBER,
            person_key="the canary",
            family_name=NAME,
            given_name="Ada",
            sort_name=f"{NAME.lower()} ada",
            born_on=date(1980, 2, 29),
            sex="female",
            phone=PHONE,
            address="1 Invented Street",
            postcode="ZZ99 3VZ",
        )


def _wish(patient: Patient, need: Need) -> actions.CaseWish:
    return actions.CaseWish(
        patient_id=patient.pk, need=need, words=WORDS, red_flags_asked=True, phone=PHONE
    )


def _effects(world: World) -> dict[str, object]:
    giving, taking = world.clinicians["gp_oak"].pk, world.clinicians["clinician"].pk
    return {
        "giving": {"clinician": giving, "limit": 10, "before": 20, "after": 10},
        "taking": {"clinician": taking, "limit": 250, "before": 0, "after": 10},
        "goal": "excess",
    }
