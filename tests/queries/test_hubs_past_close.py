"""What stands above every page of a network manager costs the same, however many hubs it has."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hubs.models import Hub, Opening
from practices.clock import on
from practices.doors import everywhere
from practices.models import Organisation
from tests.cases import filled_queue
from triage.actions.hub_day import hubs_left_open, look_at_hub_days
from triage.models import Case
from triage.queries.hub_day import hub_days, hubs_past_close


def _hubs(world, number):
    """So many more hubs, open from eight to eight."""
    for code in range(number):
        made = Organisation.objects.create(kind="hub", code=f"MORE{code}", name=f"More {code}")
        hub = Hub.objects.create(organisation=made)
        Opening.objects.create(hub=hub, weekday=0, opens="08:00", closes="20:00")
    return list(Hub.objects.order_by("pk").values_list("pk", flat=True))


@pytest.mark.parametrize(("hour", "more"), [(12, 0), (12, 4), (21, 0), (21, 4)])
def test_it_takes_two_statements_and_one_if_any_is_late(
    world, now, hour, more, django_assert_num_queries
):
    at = on(now.date(), hour)
    with everywhere(because="the test looks", at=at):
        ids = _hubs(world, more)
        with django_assert_num_queries(2 + (hour == 21)):
            found = hubs_past_close(ids, at=at)

    assert len(found) == (more + 1 if hour == 21 else 0)
    assert all(one.closes_at == on(now.date(), 20) for one in found)


@pytest.mark.parametrize("look", [hubs_left_open, look_at_hub_days])
def test_what_keeps_them_open_costs_the_same_for_one_hub_and_for_six(world, acting, now, look):
    """The bar above every page asks it while a hub is late."""
    at, manager = on(now.date(), 21), acting(world, "manager")
    filled_queue(world, 3, at=now)
    costs = []
    for more in (0, 5):
        with everywhere(because="the test's set-up", at=at):
            ids = _hubs(world, more)
            for hub_id in ids[1:]:
                copies = filled_queue_of(world, hub_id, at=now)
                assert copies
            by = replace(manager, reach=replace(manager.reach, providers=tuple(ids)))
            with CaptureQueriesContext(
                connection,
            ) as asked:
                found = look(by=by, at=at)
        costs.append(len(asked))
        assert [one.count for one in found] == [3] * (more + 1)

    assert costs[0] == costs[1]


def filled_queue_of(world, hub_id, *, at):
    """Three cases like those of the first hub, at another."""
    like = list(Case.objects.filter(hub=world.hub).order_by("pk")[:3])
    for number, case in enumerate(like):
        case.pk, case.hub_id = None, hub_id
        case.reference = f"HR-{hub_id:04}-{number:04}-XX"
        case.save(force_insert=True)
    return like


def test_the_days_of_all_hubs_take_six_statements(world, now, django_assert_num_queries):
    with everywhere(because="the test looks", at=now):
        ids = _hubs(world, 4)
        with django_assert_num_queries(6):
            found = hub_days(ids, at=now)

    assert len(found) == 5
