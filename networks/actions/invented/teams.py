"""A practice's and a hub's invented team: people in posts, and their sessions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from appointments.actions import SessionWish
from appointments.actions.whole_rotas import publish_rota
from hubs.actions import add_staff
from networks.actions.invented.making import Making
from networks.actions.invented.names import staff_name
from networks.rules.staffing import Post, Shift, hub_posts, practice_posts
from practices.actions import add_person, become_clinician, join
from practices.models import Site
from practices.rules.london import instant
from practices.rules.professions import DEFAULTS, Profession
from practices.rules.roles import Role


@dataclass(frozen=True, slots=True)
class Employed:
    """A person in a post at an organisation."""

    user_id: int
    clinician_id: int
    membership_id: int | None
    name: str
    username: str
    organisation_id: int
    post: Post
    works_at_hub: bool

    @property
    def profession(self) -> Profession:
        """What the person is."""
        return self.post.profession


def staff_practice(
    making: Making, *, practice_id: int, list_size: int, prefix: str
) -> list[Employed]:
    """The practice has GPs and nurses for its list; each GP may act as its duty clinician."""
    people: list[Employed] = []
    for post in practice_posts(list_size):
        role = Role.DUTY if post.profession is Profession.GP else None
        people.append(_employ(making, people, post, practice_id, prefix, role=role))
    return people


def staff_hub(making: Making, *, hub_id: int, prefix: str) -> list[Employed]:
    """The hub has its team of ten, with posts; the two GPs answer for the others.

    The second is one of the clinicians, and acts as the supervisor by a membership of their own.
    """
    people: list[Employed] = []
    for post in hub_posts():
        role = Role.CLINICIAN if people else Role.SUPERVISOR
        person = _employ(making, people, post, hub_id, prefix, role=role, works_at_hub=True)
        add_staff(
            hub_id=hub_id,
            clinician_id=person.clinician_id,
            supervises=post.supervises,
            from_on=making.since,
            by=making.by,
            at=making.at,
        )
        if post.supervises and people:
            _join(making, person.user_id, Role.SUPERVISOR, hub_id)
        people.append(person)
    return people


def publish_days(
    making: Making,
    *,
    people: Sequence[Employed],
    days: Sequence[date],
    double_today: Collection[int] = (),
) -> int:
    """Everybody's sessions on the days are published; how many there are.

    Today the clinicians of `double_today` see two people in each slot.
    """
    homes = {person.organisation_id for person in people}
    mains = Site.objects.filter(organisation_id__in=homes, is_main=True)
    sites = {site.organisation_id: site.pk for site in mains}
    wishes = [
        _wish(
            person,
            shift,
            day,
            site_id=sites[person.organisation_id],
            places=2 if day == making.today and person.clinician_id in double_today else 1,
        )
        for day in days
        for person in people
        for shift in person.post.week
        if shift.weekday == day.weekday()
    ]
    return publish_rota(wishes=wishes, by=making.by, at=making.at)


def _employ(
    making: Making,
    before: Sequence[Employed],
    post: Post,
    organisation_id: int,
    prefix: str,
    *,
    role: Role | None,
    works_at_hub: bool = False,
) -> Employed:
    """A person for the post. They cannot sign in until somebody gives them a password."""
    by, at, profession = making.by, making.at, post.profession
    title = "Dr" if profession is Profession.GP else ""
    name = staff_name(making.rng, making.taken, title=title)
    username = f"{prefix}_{profession.value}_{len(before) + 1}"
    user = add_person(username=username, name=name, password=None, by=by, at=at)
    clinician = become_clinician(
        user_id=user.pk,
        home_id=organisation_id,
        profession=profession,
        supervisor_id=(
            before[post.supervisor].clinician_id
            if before and DEFAULTS[profession].needs_supervisor
            else None
        ),
        by=by,
        at=at,
    )
    return Employed(
        user_id=user.pk,
        clinician_id=clinician.pk,
        membership_id=_join(making, user.pk, role, organisation_id) if role else None,
        name=name,
        username=username,
        organisation_id=organisation_id,
        post=post,
        works_at_hub=works_at_hub,
    )


def _join(making: Making, user_id: int, role: Role, organisation_id: int) -> int:
    member = join(
        user_id=user_id,
        role=role,
        organisation_id=organisation_id,
        from_on=making.since,
        by=making.by,
        at=making.at,
    )
    return member.pk


def _wish(person: Employed, shift: Shift, day: date, *, site_id: int, places: int) -> SessionWish:
    return SessionWish(
        clinician_id=person.clinician_id,
        site_id=site_id,
        starts_at=instant(day, shift.starts),
        ends_at=instant(day, shift.ends),
        practice_id=None if person.works_at_hub else person.organisation_id,
        hub_id=person.organisation_id if person.works_at_hub else None,
        slot_minutes=person.post.slot_minutes,
        places=places,
        mode=shift.mode.value,
    )
