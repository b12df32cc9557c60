"""How far one acting membership reaches, and who acts. Row-level security reads the same facts."""

import json
from dataclasses import dataclass
from datetime import datetime

from practices.rules.roles import Role


@dataclass(frozen=True, slots=True)
class Reach:
    """The organisations whose rows one membership may see, as organisation ids.

    `own` are practices whose whole list is ours, `served` practices that send us cases,
    `providers` the hubs (or helping practices) we work in or may book into.
    """

    own: tuple[int, ...] = ()
    served: tuple[int, ...] = ()
    providers: tuple[int, ...] = ()
    networks: tuple[int, ...] = ()
    organisation_id: int = 0
    user_id: int = 0
    everywhere_because: str = ""

    def as_setting(self, *, at: datetime) -> str:
        """The text that PostgreSQL's `reach()` reads back for the length of a transaction."""
        if self.everywhere_because:
            return everywhere_setting(because=self.everywhere_because, at=at)
        facts: dict[str, object] = {name: list(getattr(self, name)) for name in SCOPES}
        facts |= {"organisation": self.organisation_id, "user": self.user_id, "at": at.isoformat()}
        return json.dumps(facts, separators=(",", ":"))


SCOPES = ("own", "served", "providers", "networks")


def everywhere_setting(*, because: str, at: datetime) -> str:
    """The setting of a crossing: every row, for a named reason."""
    facts: dict[str, object] = {name: [] for name in SCOPES}
    return json.dumps(facts | {"everywhere": True, "because": because, "at": at.isoformat()})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who wishes something: a person in one membership, or the clockwork (no user)."""

    name: str
    role: Role | None
    reach: Reach
    clinician_id: int | None = None
    membership_id: int | None = None

    @property
    def user_id(self) -> int | None:
        return self.reach.user_id or None

    @property
    def organisation_id(self) -> int | None:
        return self.reach.organisation_id or None

    def is_one_of(self, roles: frozenset[Role]) -> bool:
        return self.role in roles


def clockwork(name: str) -> Actor:
    """The actor of work nobody pressed a button for; it crosses every wall, and says why."""
    return Actor(name=name, role=None, reach=Reach(everywhere_because=name))
