"""Two clinical leads of one network, and changes of its rules."""

import pytest

from practices import clock
from practices.doors import everywhere, perform
from practices.models import Membership, User
from practices.rules.roles import Role
from tests.world import LONG_AGO, World
from triage.actions.released import ChangeWish, draft_change, release_change
from triage.rules.card_entries import USUAL_ENTRIES
from triage.rules.released import Kind

HICCUPS = {
    "code": "",
    "question": "Hiccups for two days",
    "endpoint": "ambulance",
    "say": "Hang up and call 999 now.",
    "urgency": "P0",
    "phrases": ["hiccup*"],
    "is_first": True,
    "has_left": False,
}


def second_lead(world: World) -> None:
    """The network has a second clinical lead."""
    with everywhere(because="the test's set-up", at=world.at):
        user = User.objects.create(username="second_lead", name="Second Lead")
        world.users["second_lead"] = user
        world.memberships["second_lead"] = Membership.objects.create(
            user=user,
            role=Role.CLINICAL_LEAD,
            organisation_id=world.network.pk,
            from_on=LONG_AGO,
        )


@pytest.fixture(autouse=True)
def monday(monkeypatch, now, world):
    """The application's clock stands still, and the network has its two leads."""
    monkeypatch.setattr(clock, "now", lambda: now)
    second_lead(world)


def usual(code, **change):
    """A question of the usual card, with something about it changed."""
    found = next(one for one in USUAL_ENTRIES if one["code"] == code)
    return dict(found) | change


def change_wish(after=HICCUPS, kind=Kind.RED_FLAGS):
    return ChangeWish(kind, after, basis="Incident 14", reason="A patient waited too long")


def drafted(world, acting, after=HICCUPS, *, at, kind=Kind.RED_FLAGS):
    lead = acting(world, "clinical_lead")
    return perform(draft_change, by=lead, at=at, wish=change_wish(after, kind))


def released(world, acting, after=HICCUPS, *, at, kind=Kind.RED_FLAGS):
    """The change is drafted by one lead and released by the other."""
    change = drafted(world, acting, after, at=at, kind=kind)
    second = acting(world, "second_lead")
    return perform(release_change, by=second, at=at, change_id=change.pk)
