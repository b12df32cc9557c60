"""Who is told to wait is looked at again by a day, and somebody answers for it until then."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, opened, perform
from practices.models import Disclosure
from practices.rules.refusals import Absent, Conflict, Forbidden, Refused
from tests.cases import SPOKE, submitted
from triage import actions
from triage.actions.desk import choose_way
from triage.actions.raising import raise_look
from triage.actions.second_looks import LookWish, look_again
from triage.models import SecondLook
from triage.queries.second_looks import second_looks
from triage.rules.codes import Need, Outcome, Urgency
from triage.rules.second_looks import Again, Why

LATER = timedelta(hours=2)


def ends(case, by, at, again=Again.WEEK):
    perform(actions.claim, by=by, at=at, reference=case.reference)
    wish = actions.OutcomeWish(
        Outcome.ADVICE,
        safety_net="Ring if worse",
        record_viewed="summary",
        contact=SPOKE,
        again=again,
    )
    return perform(actions.close, by=by, at=at, reference=case.reference, wish=wish)


@pytest.fixture
def closed(world, acting, clinician, now):
    return ends(submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now), clinician, now)


def listed(by, at):
    with opened(by.reach, at=at):
        return second_looks(at=at)


def is_open_to_hub(case, now):
    with everywhere(because="the test looks", at=now):
        return Disclosure.objects.filter(because=case.reference, until_at=None).exists()


def test_advice_with_a_second_look_waits_for_who_gave_it(closed, clinician, now):
    (one,) = listed(clinician, now + LATER)

    assert (one.row.reference, one.why, one.owner_id) == (
        closed.reference,
        Why.ADVICE,
        clinician.user_id,
    )
    assert one.look_by == now.date() + timedelta(days=7)
    assert is_open_to_hub(closed, now)


def test_another_practice_does_not_see_it(closed, world, acting, now):
    assert len(listed(acting(world, "duty"), now)) == 1
    assert listed(acting(world, "gp_elm"), now) == ()


def test_keeping_it_gives_it_a_new_day_and_a_new_owner(closed, world, acting, now):
    supervisor = acting(world, "supervisor")

    perform(
        look_again,
        by=supervisor,
        at=now + LATER,
        reference=closed.reference,
        wish=LookWish(again=Again.TOMORROW),
    )

    (one,) = listed(supervisor, now + LATER)
    assert (one.look_by, one.owner_id) == (now.date() + timedelta(days=1), supervisor.user_id)


def test_nothing_more_to_do_says_what_was_found_and_ends_the_sight_of_it(closed, clinician, now):
    wish = {"by": clinician, "at": now + LATER, "reference": closed.reference}
    with pytest.raises(Refused, match="Enter what you found"):
        perform(look_again, wish=LookWish(), **wish)

    perform(look_again, wish=LookWish(note="Well again"), **wish)

    assert listed(clinician, now + LATER) == ()
    assert not is_open_to_hub(closed, now)
    with pytest.raises(Conflict, match="does not wait to be looked at again"):
        perform(look_again, wish=LookWish(note="Well again"), **wish)


def test_who_is_worse_is_in_the_queue_again_with_the_new_class(closed, clinician, now):
    raised = perform(
        raise_look,
        by=clinician,
        at=now + LATER,
        reference=closed.reference,
        urgency=Urgency.P2,
        reason="breathless now",
    )

    assert (raised.state, raised.urgency, raised.urgency_status) == ("waiting", 2, "signed")
    assert listed(clinician, now + LATER) == ()


def test_a_receptionist_does_not_look_again(closed, world, acting, now):
    by = acting(world, "receptionist")

    with pytest.raises(Forbidden, match="Only a clinician looks again"):
        perform(look_again, by=by, at=now, reference=closed.reference, wish=LookWish(note="ok"))


def test_nobody_looks_at_what_is_not_theirs(closed, world, acting, now):
    by = acting(world, "gp_elm")

    with pytest.raises(Absent):
        perform(look_again, by=by, at=now, reference=closed.reference, wish=LookWish(note="ok"))


def test_the_desks_waiting_list_is_looked_at_within_a_week(world, acting, clinician, now):
    case = submitted(world, acting, "zoe", Need.FOLLOW_UP, at=now)
    desk = acting(world, "receptionist")
    perform(choose_way, by=desk, at=now, reference=case.reference, key="waiting_list")

    (one,) = listed(clinician, now)
    assert (one.why, one.look_by) == (Why.WAITING_LIST, now.date() + timedelta(days=7))
    with pytest.raises(Refused, match="still open"):
        perform(
            look_again, by=clinician, at=now, reference=case.reference, wish=LookWish(note="ok")
        )
    ends(case, clinician, now, again=None)
    assert listed(clinician, now) == ()


def test_undoing_the_end_undoes_its_second_look(closed, clinician, now):
    wish = {"reference": closed.reference, "version": closed.version}

    perform(actions.undo_step, by=clinician, at=now + timedelta(seconds=3), **wish)

    with everywhere(because="the test looks", at=now):
        assert [one.how for one in SecondLook.objects.all()] == ["undone"]
    assert is_open_to_hub(closed, now)
