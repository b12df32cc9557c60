"""Who supervises whom at the hub of the small locality."""

from appointments.queries.supervision import NEEDING
from practices.doors import everywhere
from practices.models import Clinician, Membership, User
from tests.world import LONG_AGO, World


def supervised(world: World, *names: str, by: str = "supervisor") -> None:
    """These people of the world name the hub's GP as their supervisor, or somebody else."""
    with everywhere(because="the test's set-up", at=world.at):
        people = [world.clinicians[name].pk for name in names]
        Clinician.objects.filter(pk__in=people).update(supervisor=world.clinicians[by])


def unsupervised(world: World, *names: str) -> None:
    """Nobody is named to supervise these people."""
    with everywhere(because="the test's set-up", at=world.at):
        people = [world.clinicians[name].pk for name in names]
        Clinician.objects.filter(pk__in=people).update(supervisor=None)


def joined(world: World, name: str, *, role: str, profession: str, stage: str = "") -> Clinician:
    """One more person works at the hub; the hub's GP supervises them if anybody has to."""
    with everywhere(because="the test's set-up", at=world.at):
        user = User.objects.create(username=name, name=name.replace("_", " ").title())
        world.users[name] = user
        Membership.objects.create(
            user=user, role=role, organisation_id=world.hub.pk, from_on=LONG_AGO
        )
        world.clinicians[name] = Clinician.objects.create(
            user=user,
            home_id=world.hub.pk,
            profession=profession,
            stage=stage,
            supervisor=world.clinicians["supervisor"] if profession in NEEDING else None,
        )
    return world.clinicians[name]
