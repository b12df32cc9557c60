"""Cases for tests: sent in by the practice's own receptionist, or many at once."""

from collections.abc import Callable
from datetime import datetime, timedelta

from practices.doors import everywhere, perform
from practices.rules.reach import Actor
from tests.world import World
from triage import actions
from triage.models import Case
from triage.rules.attempts import Contact, Met, TriedBy
from triage.rules.codes import Channel, ClassStatus, Need
from triage.rules.states import State

SPOKE = Contact(Met.PATIENT, TriedBy.PHONE)


def submitted(
    world: World,
    acting: Callable[[World, str], Actor],
    who: str,
    need: Need,
    *,
    at: datetime,
    words: str = "since Friday",
    **wish: object,
) -> Case:
    """The patient's case, as the receptionist of their practice sends it in."""
    patient = world.patients[who]
    desk = "receptionist" if patient.practice_id == world.oak.pk else "receptionist_elm"
    return perform(
        actions.submit,
        by=acting(world, desk),
        at=at,
        wish=actions.CaseWish(patient_id=patient.pk, need=need, words=words, **wish),
    )


def filled_queue(world: World, number: int, *, at: datetime) -> list[Case]:
    """So many waiting cases of classes P1 to P6, written straight into the queue."""
    patient = world.patients["zoe"]
    cases = [
        Case(
            reference=f"HR-{number:03}-{count:08}",
            practice_id=patient.practice_id,
            hub_id=world.hub.pk,
            patient=patient,
            channel=Channel.PHONE,
            need=Need.SKIN_RASH,
            urgency=1 + count % 6,
            urgency_status=ClassStatus.PROVISIONAL,
            submitted_at=at - timedelta(minutes=count),
            due_at=at + timedelta(minutes=60 * (1 + count % 6) - count),
            state=State.WAITING,
        )
        for count in range(number)
    ]
    with everywhere(because="the test fills the queue", at=at):
        return Case.objects.bulk_create(cases)
