"""The central queue: its order, its filters, its numbers, and what it costs."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, opened, perform
from practices.rules.refusals import BadInput
from tests.cases import filled_queue, submitted
from triage import actions
from triage.queries.worklist import Filters, Place, worklist
from triage.rules.codes import Need, Urgency
from triage.rules.states import State


@pytest.fixture
def clinician(world, acting):
    return acting(world, "clinician")


def listed(actor, at, **question):
    with opened(actor.reach, at=at):
        return worklist(at=at, clinician_id=actor.clinician_id, **question)


def test_the_most_urgent_comes_first_whoever_called_first(world, acting, clinician, now):
    later = submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)
    first = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)

    found = listed(clinician, now)

    assert [row.reference for row in found.rows] == [first.reference, later.reference]


def test_each_number_says_whose_it_is(world, acting, clinician, now):
    for who in ("zoe", "tam", "child"):
        submitted(world, acting, who, Need.SKIN_RASH, at=now)
    perform(actions.take_next, by=clinician, at=now, hub_id=world.hub.pk)

    counts = listed(clinician, now).counts

    assert (counts.mine, counts.queue, counts.unassigned, counts.late) == (1, 3, 2, 0)


def test_a_lease_that_ran_out_holds_nothing(world, acting, clinician, now):
    submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)
    perform(actions.take_next, by=clinician, at=now, hub_id=world.hub.pk)

    found = listed(clinician, now + actions.LEASE)

    assert [row.holder for row in found.rows] == [None]
    assert (found.counts.mine, found.counts.unassigned) == (0, 1)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(urgencies=frozenset({Urgency.P3})), ["tam"]),
        (Filters(practice="ELM1"), ["ellen"]),
        (Filters(hub="HUB1"), ["tam", "zoe", "ellen"]),
        (Filters(states=frozenset({State.CLAIMED})), ["tam"]),
        (Filters(practice="NO-SUCH"), []),
    ],
)
def test_a_filter_keeps_what_it_names(world, acting, clinician, now, filters, expected):
    made = {
        "zoe": submitted(world, acting, "zoe", Need.SKIN_RASH, at=now),
        "tam": submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now),
        "ellen": submitted(world, acting, "ellen", Need.FOLLOW_UP, at=now),
    }
    perform(actions.take_next, by=clinician, at=now, hub_id=world.hub.pk)

    found = listed(clinician, now, filters=filters)

    assert [row.reference for row in found.rows] == [made[who].reference for who in expected]
    assert found.counts.found == len(expected)


def test_mine_is_what_i_have_now(world, acting, clinician, now):
    submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)
    urgent = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    perform(actions.take_next, by=clinician, at=now, hub_id=world.hub.pk)

    found = listed(clinician, now, filters=Filters(claimed_by=clinician.clinician_id))

    assert [row.reference for row in found.rows] == [urgent.reference]
    assert found.rows[0].holder.name == "Clinician"


def test_pages_follow_one_another_without_a_gap(world, now):
    filled_queue(world, 7, at=now)

    seen, after = [], None
    with everywhere(because="the test looks", at=now):
        while True:
            page = worklist(at=now, after=after, most=3)
            seen += [row.reference for row in page.rows]
            if page.next is None:
                break
            after = Place.read(page.next.as_text())
        whole = [row.reference for row in worklist(at=now).rows]

    assert seen == whole
    assert len(seen) == 7


@pytest.mark.parametrize("text", ["", "1~2", "x~2026-11-30T09:30:00+00:00~HR", "1~yesterday~HR"])
def test_a_broken_place_is_refused_in_words(text):
    with pytest.raises(BadInput, match="This page of the queue does not exist"):
        Place.read(text)


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_the_queue_costs_two_statements(world, now, rows, django_assert_num_queries):
    filled_queue(world, rows, at=now)

    with everywhere(because="the test looks", at=now), django_assert_num_queries(2):
        found = worklist(at=now, most=500)

    assert len(found.rows) == rows


def test_another_hubs_clinician_sees_nothing(world, acting, now):
    submitted(world, acting, "ellen", Need.SKIN_RASH, at=now)

    found = listed(acting(world, "gp_oak"), now)

    assert found.rows == ()
    assert found.counts.queue == 0


def test_late_is_counted_from_the_due_time_on(world, acting, clinician, now):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)

    just_before = listed(clinician, case.due_at - timedelta(seconds=1)).counts.late
    on_time = listed(clinician, case.due_at).counts.late

    assert (just_before, on_time) == (0, 1)
