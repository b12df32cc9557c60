"""Two clinicians past their limits, and moves that hang together: a chain and a ring.

Dr Oak has three patients and room for two, the hub's GP two and room for one.
"""

from collections.abc import Callable
from datetime import timedelta

from appointments.models import Booking, Slot
from practices.doors import everywhere
from practices.models import Patient
from practices.rules.reach import Actor
from tests.full_day import booked, limited, overfill
from tests.world import World
from triage.models import Proposal, RebalanceRun

Acting = Callable[[World, str], Actor]


def crowd(world: World, acting: Acting) -> World:
    """Ann and Bob are at the hub, whose GP leaves early."""
    now = world.at
    overfill(world, acting)
    with everywhere(because="the test's set-up", at=now):
        for name in ("ann", "bob"):
            world.patients[name] = _patient(world, name)
    for who, slot in zip(("ann", "bob"), world.slots("supervisor_pm")[5:], strict=False):
        booked(world, acting, who, slot, overflow_reason="own_full")
    limited(world, "supervisor", points=10, because="leaves early")
    return world


def _patient(world: World, name: str) -> Patient:
    return Patient.objects.create(
        practice=world.oak,
        person_key=name,
        family_name="Reed",
        given_name=name.title(),
        sort_name=f"reed {name}",
        born_on=world.at.date() - timedelta(days=12000),
        phone="07700 900124",
    )


def booking_of(world: World, who: str) -> Booking:
    """The person's one live booking."""
    with everywhere(because="the test looks", at=world.at):
        return Booking.objects.select_related("slot").get(
            patient=world.patients[who], state="booked"
        )


def proposed(world: World, **moves: Slot) -> tuple[dict[str, str], RebalanceRun]:
    """Open proposals: each person's booking to that slot; their ids by person."""
    with everywhere(because="the test's set-up", at=world.at):
        run = RebalanceRun.objects.create(
            network_id=world.network.pk,
            day=world.at.date(),
            key="-".join(sorted(moves)),
            asked_at=world.at,
            status="done",
        )
    made = {}
    for who, slot in moves.items():
        booking = booking_of(world, who)
        with everywhere(because="the test's set-up", at=world.at):
            one = Proposal.objects.create(
                run=run,
                practice=world.oak,
                case_ref=booking.case_ref,
                booking=booking,
                booking_version=booking.version,
                to_slot=slot,
                effects={
                    "giving": _effect(booking.clinician_id, 30, -10, 20),
                    "taking": _effect(slot.clinician_id, 10, 10, 250),
                },
                made_at=world.at,
            )
        made[who] = str(one.public_id)
    return made, run


def _effect(clinician_id: int, before: int, more: int, limit: int) -> dict[str, int]:
    return {"clinician": clinician_id, "before": before, "after": before + more, "limit": limit}


def chain(world: World) -> dict[str, Slot]:
    """Zoë and Tâm leave Dr Oak for the hub's nurse; Ann, who was at the hub, takes Zoë's place."""
    nurse, places = world.slots("clinician")[8:], [booking_of(world, "zoe").slot]
    return {"ann": places[0], "zoe": nurse[0], "tam": nurse[1]}


def ring(world: World) -> dict[str, Slot]:
    """Zoë and Ann change places; Tâm and Bob make the room for it."""
    nurse = world.slots("clinician")[8:]
    return {
        "zoe": booking_of(world, "ann").slot,
        "ann": booking_of(world, "zoe").slot,
        "tam": nurse[0],
        "bob": nurse[1],
    }
