"""Who signs in to the demo: one account for each role, and a few neighbours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from networks.actions.invented.locality import HUB_CODE, NETWORK_CODE, PLANS, Locality
from networks.actions.invented.making import Account, Making
from networks.actions.invented.names import staff_name
from practices.actions import add_person, join, set_password
from practices.models import Membership, Organisation, User
from practices.rules.reach import Actor, Reach
from practices.rules.roles import Role

# Invented people behind an invented password: said aloud in every training room.
PASSWORD = "fernvale-monday-0930"  # noqa: S105  (the demo tells everybody)


@dataclass(frozen=True, slots=True)
class Desk:
    """An account to make: its user name, role and practice (None: the network)."""

    username: str
    role: Role
    practice: str | None = None
    name: str = ""


DESKS = (
    Desk("receptionist", Role.RECEPTIONIST, "alder"),
    Desk("practice_manager", Role.PRACTICE_MANAGER, "alder"),
    Desk("client", Role.CLIENT, "alder"),
    Desk("manager", Role.MANAGER),
    Desk("clinical_lead", Role.CLINICAL_LEAD),
    *(Desk(f"receptionist_{plan.short}", Role.RECEPTIONIST, plan.short) for plan in PLANS[1:]),
    Desk("practice_manager_elm", Role.PRACTICE_MANAGER, "elm"),
    # Clinical rules are released by a second person. The name is no dice's: the others keep theirs.
    Desk("clinical_lead_second", Role.CLINICAL_LEAD, name="Dr Ingrid Halloran"),
)
# Clinicians of the teams who sign in, under these names: (team, place in it).
CLINICIANS: Mapping[str, tuple[str, int]] = {
    "duty": ("alder", 0),
    "duty_elm": ("elm", 1),
    "supervisor": ("hub", 0),
    "clinician": ("hub", 1),
    "clinician_anp": ("hub", 2),
    "clinician_paramedic": ("hub", 5),
    "clinician_pharmacist": ("hub", 6),
    "clinician_physio": ("hub", 7),
}
USERNAMES = (*(desk.username for desk in DESKS), *CLINICIANS)


@dataclass(frozen=True, slots=True)
class Cast:
    """The demo's people as actors, by user name."""

    actors: Mapping[str, Actor]

    def __getitem__(self, username: str) -> Actor:
        return self.actors[username]


def make_desks(making: Making, locality: Locality) -> None:
    """Everybody of the cast exists, in their membership, and can sign in."""
    by, at = making.by, making.at
    for desk in DESKS:
        home = locality.surgeries[desk.practice].id if desk.practice else locality.network_id
        user = add_person(
            username=desk.username,
            name=desk.name or staff_name(making.rng, making.taken),
            password=PASSWORD,
            by=by,
            at=at,
        )
        join(
            user_id=user.pk,
            role=desk.role,
            organisation_id=home,
            from_on=making.since,
            by=by,
            at=at,
        )
    for username, (team, place) in CLINICIANS.items():
        people = locality.hub_team if team == "hub" else locality.surgeries[team].team
        user_id = people[place].user_id
        User.objects.filter(pk=user_id).update(username=username)
        set_password(user_id=user_id, password=PASSWORD, by=by, at=at)
    # The supervising GP works at Brackenside too, and so has two memberships to switch between.
    join(
        user_id=locality.hub_team[0].user_id,
        role=Role.DUTY,
        organisation_id=locality.surgeries["bracken"].id,
        from_on=making.since,
        by=by,
        at=at,
    )


def accounts() -> Iterator[Account]:
    """The cast's accounts, in the order of `USERNAMES`, each with its first membership."""
    order = {username: place for place, username in enumerate(USERNAMES)}
    members = _members()
    for username in sorted(members, key=lambda name: order[name]):
        member = members[username]
        yield Account(member.role, username, member.organisation.code, member.pk)


def cast() -> Cast:
    """The demo's people as actors. They reach everywhere: the demo is written, not used."""
    actors = {}
    hubs = tuple(Organisation.objects.filter(code=HUB_CODE).values_list("pk", flat=True))
    for username, member in _members().items():
        clinician = getattr(member.user, "clinician", None)
        kind = member.organisation.kind
        actors[username] = Actor(
            name=member.user.name,
            role=Role(member.role),
            reach=Reach(
                own=(member.organisation_id,) if kind == Organisation.Kind.PRACTICE else (),
                providers=hubs if kind == Organisation.Kind.NETWORK else (),
                everywhere_because="the demo's morning",
                organisation_id=member.organisation_id,
                user_id=member.user_id,
            ),
            clinician_id=clinician.pk if clinician else None,
            membership_id=member.pk,
        )
    return Cast(actors)


def _members() -> dict[str, Membership]:
    found = (
        Membership.objects.filter(user__username__in=USERNAMES)
        .filter(organisation__code__in=[NETWORK_CODE, HUB_CODE, *(p.code for p in PLANS)])
        .select_related("user__clinician", "organisation")
        .order_by("-id")
    )
    # The first membership of each stays: later ids are overwritten by earlier ones.
    return {member.user.username: member for member in found}
