"""A day past a limit: Dr Oak has three afternoon patients and room for two; the hub is free."""

from collections.abc import Callable
from datetime import datetime, timedelta

from appointments.actions import SessionWish, Terms, Wanted, book_slot, publish_session
from appointments.models import Slot
from networks.actions.rebalance import ask_rebalance
from networks.tasks import rebalance
from practices.actions import set_limit
from practices.clock import on
from practices.doors import everywhere, perform
from practices.models import Practice
from practices.rules.reach import Actor
from tests.cases import submitted
from tests.world import SETUP, World
from triage import actions
from triage.rules.codes import Need

Acting = Callable[[World, str], Actor]


def overfill(world: World, acting: Acting) -> World:
    """Three booked patients, then a limit of two points for the day."""
    at = world.at
    with everywhere(because="the test's set-up", at=at):
        for name, place in (("gp_oak", world.oak), ("supervisor", world.hub)):
            wish = _afternoon(world, name, place, starts_at=on(at.date(), 14))
            world.sessions[f"{name}_pm"] = publish_session(wish=wish, by=SETUP, at=at)
    for who, slot in zip(
        ("zoe", "tam", "zoe_namesake"), world.slots("gp_oak_pm")[4:], strict=False
    ):
        booked(world, acting, who, slot)
    limited(world, "gp_oak", points=20, because="unwell today")
    return world


def booked(world: World, acting: Acting, who: str, slot: Slot, **terms: object) -> None:
    """Oak's desk has booked the person's sore throat into the slot."""
    case = submitted(world, acting, who, Need.SORE_THROAT, at=world.at, red_flags_asked=True)
    wish = {"reference": case.reference, "slot_id": slot.pk, **terms}
    perform(actions.book, by=acting(world, "receptionist"), at=world.at, **wish)


def limited(world: World, name: str, *, points: int, because: str) -> None:
    """The clinician has a limit of their own from today, in tenths of a point."""
    with everywhere(because="the test's set-up", at=world.at):
        set_limit(
            layer="person",
            clinician_id=world.clinicians[name].pk,
            points=points,
            from_on=world.at.date(),
            basis=because,
            by=SETUP,
            at=world.at,
        )


def rebalanced(world: World, acting: Acting) -> int:
    """A run somebody asked for, done; its id."""
    run = perform(
        ask_rebalance, by=acting(world, "manager"), at=world.at, network_id=world.network.pk
    )
    rebalance(run_id=run.pk, network_id=world.network.pk)
    return run.pk


def _afternoon(world: World, name: str, place: object, *, starts_at: datetime) -> SessionWish:
    is_practice = isinstance(place, Practice)
    return SessionWish(
        clinician_id=world.clinicians[name].pk,
        site_id=world.sites[place.pk].pk,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        practice_id=place.pk if is_practice else None,
        hub_id=None if is_practice else place.pk,
    )


def planned_ahead(world: World, who: str, slot: Slot, need: Need) -> None:
    """Another system's booking of the person: no case stands behind it, nobody has signed."""
    patient = world.patients[who]
    wanted = Wanted(
        patient_id=patient.pk,
        practice_id=patient.practice_id,
        person_key=patient.person_key,
        case_ref="",
        need=need.value,
        points=10,
        is_urgent=False,
    )
    with everywhere(because="the test's set-up", at=world.at):
        terms = Terms(overflow_reason="own_full")
        book_slot(slot_id=slot.pk, wanted=wanted, terms=terms, by=SETUP, at=world.at)
