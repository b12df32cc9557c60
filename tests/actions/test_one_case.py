"""One real case from the phone call to the seen patient, action by action."""

from practices.doors import opened, perform
from practices.models import Message, OutboxItem
from tests.cases import SPOKE
from triage import actions
from triage.models import Case
from triage.queries.options import options
from triage.rules.codes import Need, Outcome


def test_a_case_is_carried_from_the_call_to_the_seen_patient(world, acting, now):
    receptionist = acting(world, "receptionist")
    wish = actions.CaseWish(
        patient_id=world.patients["zoe"].pk,
        need=Need.SORE_THROAT,
        words="Sore throat for four days",
        red_flags_asked=True,
    )
    case = perform(actions.submit, by=receptionist, at=now, wish=wish)
    with opened(receptionist.reach, at=now):
        choices = options(case.reference, at=now)
    best = choices.options[0]
    slot = choices.slots[best.candidate.key]

    held = perform(actions.hold, by=receptionist, at=now, reference=case.reference, slot_id=slot.id)
    booking = perform(
        actions.book,
        by=receptionist,
        at=now,
        reference=case.reference,
        hold_id=str(held.public_id),
    )

    with opened(receptionist.reach, at=now):
        found = Case.objects.get(reference=case.reference)
        assert (found.state, found.booking_id) == ("booked", booking.pk)
        kinds = list(Message.objects.order_by("id").values_list("kind", flat=True))
        assert kinds == ["received", "confirmed"]
        assert OutboxItem.objects.filter(task="practices.tasks.deliver_message").count() == 2


def test_the_hub_takes_the_most_urgent_case_and_closes_it(world, acting, now):
    receptionist, clinician = acting(world, "receptionist"), acting(world, "clinician")
    for who, need in (("zoe", Need.SKIN_RASH), ("tam", Need.COUGH_BREATHING)):
        wish = actions.CaseWish(patient_id=world.patients[who].pk, need=need, words="since Friday")
        perform(actions.submit, by=receptionist, at=now, wish=wish)

    taken = perform(actions.take_next, by=clinician, at=now, hub_id=world.hub.pk)
    closed = perform(
        actions.close,
        by=clinician,
        at=now,
        reference=taken.reference,
        wish=actions.OutcomeWish(
            Outcome.ADVICE,
            safety_net="Call again if worse by tonight",
            record_viewed="summary",
            contact=SPOKE,
        ),
    )

    assert (taken.need, closed.state) == ("cough_breathing", "closed")
