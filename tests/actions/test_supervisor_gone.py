"""A list that may not run without a supervisor: who is booked with it is found another place."""

from datetime import timedelta

import pytest

from appointments.actions import publish_session
from appointments.actions.cover import CoverWish, name_cover
from appointments.models import PausedList
from practices.clock import on
from practices.doors import everywhere, perform
from practices.rules.refusals import Conflict
from tests.cases import submitted
from tests.full_day import _afternoon, booked, rebalanced
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from tests.teams import joined, supervised
from tests.world import SETUP
from triage import actions
from triage.actions import supervising
from triage.models import Case, CaseStep, Proposal
from triage.rules.codes import Need
from triage.tasks import pause_unsupervised

__all__ = ["at_desk", "clock"]
ALONE = "Clinician at Riverside hub has no supervisor, and 1 patient is booked there"


def open_proposals(at):
    with everywhere(because="the test looks", at=at):
        return list(Proposal.objects.filter(state="open").select_related("to_slot"))


@pytest.fixture
def day(now):
    return now.date()


@pytest.fixture
def list_of_one(world, acting, clock, now):
    """The supervised clinician has one patient, at the end of their session."""
    clock(now)
    supervised(world, "clinician")
    booked(world, acting, "zoe", world.slots("clinician")[-1])
    return world


def leaves(world, acting, at):
    return perform(supervising.leave_supervision, by=acting(world, "supervisor"), at=at)


def test_who_is_booked_with_a_paused_list_is_offered_another_place_at_once(
    list_of_one, acting, now
):
    rebalanced(list_of_one, acting)
    before = open_proposals(now)
    leaves(list_of_one, acting, now)

    rebalanced(list_of_one, acting)

    (proposal,) = open_proposals(now)
    assert before == []
    assert proposal.to_slot.clinician_id != list_of_one.clinicians["clinician"].pk
    assert proposal.reasons[0]["text"] == (
        "Nobody supervises the clinician now: their list is paused"
    )
    done = perform(
        actions.accept,
        by=acting(list_of_one, "practice_manager"),
        at=now,
        public_id=proposal.public_id,
    )
    assert done.state == "accepted"


def test_nobody_is_moved_once_somebody_supervises_the_list_again(list_of_one, acting, now):
    leaves(list_of_one, acting, now)
    rebalanced(list_of_one, acting)
    (proposal,) = open_proposals(now)
    perform(supervising.come_back, by=acting(list_of_one, "supervisor"), at=now)

    with pytest.raises(Conflict, match="nobody is disturbed"):
        perform(
            actions.accept,
            by=acting(list_of_one, "practice_manager"),
            at=now,
            public_id=proposal.public_id,
        )


def test_who_is_booked_with_a_paused_list_is_an_alarm_until_it_is_seen_to(
    list_of_one, acting, at_desk, now
):
    pages = {"supervisor": "supervising", "duty": "queue", "clinician": "queue"}

    def shown():
        return {
            who: ALONE in text_of(at_desk(who, at=now).get(f"/triage/{page}/"))
            for who, page in pages.items()
        }

    before = shown()
    leaves(list_of_one, acting, now)
    alone = shown()
    perform(supervising.come_back, by=acting(list_of_one, "supervisor"), at=now)

    assert before == shown() == dict.fromkeys(pages, False)
    assert alone == {"supervisor": True, "duty": True, "clinician": False}


@pytest.fixture
def works_on(world, acting, day):
    """The supervisor's session ends at 1pm; their clinician's goes on."""
    supervised(world, "clinician")
    with everywhere(because="the test's set-up", at=world.at):
        wish = _afternoon(world, "clinician", world.hub, starts_at=on(day, 13))
        publish_session(wish=wish, by=SETUP, at=world.at)
    return world


def swept(clock, day, *minutes):
    done = []
    for minute in minutes:
        clock(on(day, 13, minute))
        done.append(pause_unsupervised())
    return done


def test_a_session_that_ends_pauses_the_lists_as_if_its_supervisor_had_left(
    works_on, acting, clock, day
):
    case = submitted(works_on, acting, "tam", Need.COUGH_BREATHING, at=on(day, 13))
    clinician = acting(works_on, "clinician")
    perform(actions.claim, by=clinician, at=on(day, 13, 1), reference=case.reference)

    assert swept(clock, day, 9, 10, 11) == [0, 1, 0]
    with everywhere(because="the test looks", at=works_on.at):
        assert Case.objects.get(pk=case.pk).state == "waiting"
        assert CaseStep.objects.filter(case=case, code="supervisor_left").count() == 2
    with pytest.raises(Conflict, match="Your supervisor has left"):
        perform(actions.claim, by=clinician, at=on(day, 13, 12), reference=case.reference)


def test_who_stays_after_their_session_says_so_once(works_on, acting, clock, day):
    first = swept(clock, day, 10)
    perform(supervising.come_back, by=acting(works_on, "supervisor"), at=on(day, 13, 11))

    assert (first, swept(clock, day, 12, 59)) == ([1], [0, 0])


def test_who_answers_by_name_after_their_session_is_there(works_on, clock, day):
    wish = CoverWish(
        organisation_id=works_on.hub.pk,
        clinician_id=works_on.clinicians["supervisor"].pk,
        phone="07700 900222",
        starts_at=on(day, 13),
        ends_at=on(day, 14),
    )
    perform(name_cover, by=SETUP, at=on(day, 13) - timedelta(minutes=1), wish=wish)

    assert swept(clock, day, 10, 59) == [0, 0]


def test_lists_that_are_over_too_are_left_alone(world, acting, clock, day):
    supervised(world, "clinician")

    assert swept(clock, day, 10) == [0]


def test_whom_a_colleague_takes_over_pauses_the_others_no_less(works_on, acting, clock, day):
    helped = joined(works_on, "helped", role="clinician", profession="nurse")
    with everywhere(because="the test's set-up", at=works_on.at):
        PausedList.objects.create(
            hub_id=works_on.hub.pk,
            clinician=helped,
            supervisor=works_on.clinicians["supervisor"],
            day=day,
            from_at=on(day, 13, 5),
            until_at=on(day, 13, 5),
            taken_by=works_on.clinicians["duty"],
        )

    assert swept(clock, day, 9, 10) == [0, 1]


def test_whose_list_is_paused_already_is_not_paused_each_minute(works_on, acting, clock, day):
    perform(supervising.leave_supervision, by=acting(works_on, "supervisor"), at=on(day, 12, 55))

    assert swept(clock, day, 10, 11) == [0, 0]
