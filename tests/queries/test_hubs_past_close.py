"""What stands above every page of a network manager costs the same, however many hubs it has."""

import pytest

from hubs.models import Hub, Opening
from practices.clock import on
from practices.doors import everywhere
from practices.models import Organisation
from triage.queries.hub_day import hubs_past_close


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
