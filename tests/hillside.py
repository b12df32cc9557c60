"""A second network up the hill, with a free nurse practitioner, and an agreement with Oak and Elm.

Oak is a point over its limit and somebody of Elm waits; their own network has no room for either.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from appointments.actions import SessionWish, publish_session
from appointments.models import Session, Slot
from hubs.models import Agreement, Hub, HubStaff
from networks.models import AutomationChoice, Network, NetworkHub, NetworkMember
from practices.clock import on
from practices.doors import everywhere
from practices.models import Clinician, Organisation, Practice, Site, User
from practices.rules.reach import Actor
from tests.cases import submitted
from tests.full_day import overfill
from tests.world import LONG_AGO, SETUP, World
from triage.models import Case
from triage.rules.codes import Need

NAME = "Hillside network"


@dataclass
class Hillside:
    """What a test needs to find again."""

    network: Network
    hub: Hub
    practice: Practice
    session: Session


def two_networks(world: World, acting: Callable[[World, str], Actor]) -> Hillside:
    """Riverside is full; Hillside has room; both take part in mutual aid."""
    at = world.at
    overfill(world, acting)
    case = submitted(world, acting, "ellen", Need.SORE_THROAT, at=at, red_flags_asked=True)
    with everywhere(because="the test's set-up", at=at):
        Case.objects.filter(pk=case.pk).update(
            urgency=4, due_at=on(at.date(), 18), bookable_now=True, phone="07700 900123"
        )
        Slot.objects.exclude(session=world.sessions["gp_oak_pm"]).update(status="blocked")
        made = _hillside(world, at)
    for network in (world.network, made.network):
        take_part(world, network, is_in=True)
    return made


def take_part(world: World, network: Network, *, is_in: bool, mode: str = "none") -> None:
    """The network's choice from now on."""
    with everywhere(because="the test's set-up", at=world.at):
        AutomationChoice.objects.create(
            network=network,
            mode=mode,
            mutual_aid=is_in,
            reason="the test",
            chosen_by=world.users["manager"],
            from_at=world.at,
        )


def _hillside(world: World, at: datetime) -> Hillside:
    made = {
        kind: Organisation.objects.create(kind=kind, code=code, name=name)
        for kind, code, name in (
            ("network", "NET2", NAME),
            ("hub", "HUB2", "Hillside hub"),
            ("practice", "ASH1", "Ash Surgery"),
        )
    }
    network = Network.objects.create(organisation=made["network"], is_live=True)
    hub = Hub.objects.create(organisation=made["hub"], rules_of=made["network"])
    practice = Practice.objects.create(organisation=made["practice"], limit_mode="enforce")
    site = Site.objects.create(organisation=made["hub"], name="Hillside hub")
    NetworkHub.objects.create(network=network, hub=hub)
    NetworkMember.objects.create(network=network, practice=practice, from_on=LONG_AGO)
    for asking in (world.oak, world.elm):
        Agreement.objects.create(
            practice=asking,
            provider_id=hub.pk,
            share_places=20,
            travel_minutes=14,
            from_on=LONG_AGO,
        )
    user = User.objects.create(username="hill_anp", name="Nia Hill")
    who = {"home_id": hub.pk, "profession": "anp", "supervisor": world.clinicians["supervisor"]}
    person = Clinician.objects.create(user=user, **who)
    HubStaff.objects.create(hub=hub, clinician=person, from_on=LONG_AGO)
    session = publish_session(
        wish=SessionWish(
            clinician_id=person.pk,
            site_id=site.pk,
            starts_at=on(at.date(), 14),
            ends_at=on(at.date(), 14) + timedelta(hours=2),
            practice_id=None,
            hub_id=hub.pk,
        ),
        by=SETUP,
        at=at,
    )
    return Hillside(network, hub, practice, session)
