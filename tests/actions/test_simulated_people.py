"""A simulated day is worked by people, however many roles they have."""

from networks.actions.simulated.people import clinicians
from practices.doors import everywhere
from practices.models import Membership
from practices.rules.roles import Role
from tests.world import LONG_AGO


def test_who_has_two_roles_works_once_in_the_first(world, now):
    first = world.memberships["clinician"]
    with everywhere(because="the test's set-up", at=now):
        Membership.objects.create(
            user=world.users["clinician"],
            role=Role.SUPERVISOR,
            organisation_id=world.hub.pk,
            from_on=LONG_AGO,
        )

        found = clinicians(world.hub.pk, now.date())

    mine = [one for one in found if one.user_id == world.users["clinician"].pk]
    assert [one.membership_id for one in mine] == [first.pk]
