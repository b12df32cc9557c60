"""The demo can be made whenever the clock says: at night, on a holiday, in the evening."""

from datetime import UTC, datetime

import pytest

from networks.actions.demo import seed_demo
from practices.doors import perform
from practices.rules.reach import clockwork
from tests.calm import CALM, as_owner_run
from tests.invariants import broken

pytestmark = pytest.mark.long
BY = clockwork("test")


@pytest.fixture(scope="module", autouse=True)
def calm_tables(django_db_setup):
    """No automatic ANALYZE runs into the tests of this file."""
    as_owner_run(CALM)


@pytest.mark.parametrize(
    "at",
    [datetime(2026, 12, 25, 4, 0, tzinfo=UTC), datetime(2026, 12, 1, 17, 45, tzinfo=UTC)],
    ids=["christmas night", "tuesday evening"],
)
def test_demo_can_be_made_at_any_hour(committed, at):
    done = perform(seed_demo, by=BY, at=at, patients=600)

    assert dict(done.counts)["cases this morning"] > 20
    assert broken(at=at) == []
