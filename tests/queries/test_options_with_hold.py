"""The case's own hold does not stand in its own way."""

from appointments.models import Slot
from practices.doors import everywhere, opened, perform
from tests.cases import submitted
from triage import actions
from triage.models import RouteDecision
from triage.queries.options import options
from triage.rules.codes import Need


def listed(actor, case, at):
    with opened(actor.reach, at=at):
        return options(case.reference, at=at)


def test_the_held_place_stays_on_the_list_as_it_was(world, acting, now):
    receptionist = acting(world, "receptionist")
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    before = listed(receptionist, case, now)
    best = before.options[0]

    perform(
        actions.hold,
        by=receptionist,
        at=now,
        reference=case.reference,
        slot_id=before.slots[best.candidate.key].id,
    )
    after = listed(receptionist, case, now)

    assert (before.held, after.held) == ("", best.candidate.key)
    assert after.options == before.options


def test_a_case_holds_one_place_at_a_time(world, acting, now):
    receptionist = acting(world, "receptionist")
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    before = listed(receptionist, case, now)
    for option in before.options[:2]:
        slot = before.slots[option.candidate.key]
        perform(actions.hold, by=receptionist, at=now, reference=case.reference, slot_id=slot.id)

    after = listed(receptionist, case, now)

    assert after.held == before.options[1].candidate.key
    assert before.options[0].candidate.key in {one.candidate.key for one in after.options}


def test_a_full_practice_is_why_the_hub_sees_the_patient(world, acting, now):
    receptionist = acting(world, "receptionist")
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    fill(world, acting, now)
    best = listed(receptionist, case, now)
    hub = next(one for one in best.options if one.candidate.where == "hub")
    slot = best.slots[hub.candidate.key]

    held = perform(actions.hold, by=receptionist, at=now, reference=case.reference, slot_id=slot.id)
    perform(
        actions.book,
        by=receptionist,
        at=now,
        reference=case.reference,
        hold_id=str(held.public_id),
    )

    with opened(receptionist.reach, at=now):
        assert RouteDecision.objects.get().chosen["overflow"] == "own_full"


def fill(world, acting, now):
    """The own practice has no free slot today: its session is withdrawn."""
    with everywhere(because="the test's set-up", at=now):
        Slot.objects.filter(practice_id=world.oak.pk).update(status="withdrawn")
