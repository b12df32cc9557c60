"""A practice far past its limit: a day that takes a rebalancer a while, to kill it meanwhile."""

from collections.abc import Callable

from practices.actions import set_limit
from practices.clock import on
from practices.doors import everywhere, perform
from practices.rules.reach import Actor
from tests.races.many import doctor, waiting_cases
from tests.world import SETUP, World
from triage import actions

DOCTORS, PLACES, LIMIT = 4, 12, 60


def overfull(world: World, acting: Callable[[World, str], Actor]) -> None:
    """Four doctors with twelve afternoon patients each and room for six; the hub has two free."""
    afternoon = on(world.at.date(), 14)
    names = [f"oak_{index}" for index in range(DOCTORS)]
    doctors = [doctor(world, name, starts_at=afternoon, slots=PLACES) for name in names]
    for index in range(2):
        doctor(world, f"hub_{index}", starts_at=afternoon, slots=PLACES, hub=True)
    slots = [slot for name in names for slot in world.slots(name)]
    desk = acting(world, "receptionist")
    for reference, slot in zip(waiting_cases(world, len(slots)), slots, strict=True):
        perform(actions.book, by=desk, at=world.at, reference=reference, slot_id=slot.pk)
    with everywhere(because="the test's set-up", at=world.at):
        for overworked in doctors:
            set_limit(
                layer="person",
                clinician_id=overworked.pk,
                points=LIMIT,
                from_on=world.at.date(),
                basis="the test",
                by=SETUP,
                at=world.at,
            )
