"""Localities with open boards, and changes that are really committed in them."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.db import transaction

from config.reach import acting_in_browser
from practices import news
from practices.actions import disclose
from practices.clock import local_day
from practices.doors import everywhere, perform
from practices.models import Membership, Organisation, User
from practices.news import Subject
from practices.rules.reach import Actor
from practices.rules.roles import Role
from triage.actions import claim, release
from triage.management.measuring.localities import SET_UP, fresh_turns
from triage.models import Case

CASES_EACH = 1
Step = Callable[..., Case]


@dataclass(frozen=True, slots=True)
class Locality:
    """A hub whose boards all show one queue, somebody who changes it, and what they change."""

    sessions: tuple[str, ...]
    actor: Actor
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A commit: in which locality, the version it made, and when the database had it."""

    locality: int
    version: int
    at: float


def locality(number: int, boards: int, *, at: datetime) -> Locality:
    """The locality is in the database, and so many of its hub's people have a page open."""
    name = f"L{number}"
    turns = fresh_turns(name, CASES_EACH, at=at)
    with everywhere(because="a measurement's set-up", at=at):
        hub_id = Organisation.objects.get(code=f"{name}H").pk
        clinician = User.objects.get(username=f"{name}H-c0")
        watchers = User.objects.bulk_create(
            User(username=f"{name}-w{count}", name=f"Watcher {count}") for count in range(boards)
        )
        started = local_day(at) - timedelta(days=30)
        members = Membership.objects.bulk_create(
            Membership(user=user, role=Role.CLINICIAN, organisation_id=hub_id, from_on=started)
            for user in [clinician, *watchers]
        )
        cases = Case.objects.filter(pk__in=[turn.case_id for one in turns for turn in one])
        found = tuple(cases.select_related("patient"))
        for case in found:
            disclose(
                patient=case.patient,
                organisation_id=hub_id,
                because=case.reference,
                by=SET_UP,
                at=at,
            )
    acting = acting_in_browser(clinician.pk, None, at)
    assert acting is not None
    keys = tuple(_session(member, at=at) for member in members[1:])
    return Locality(keys, acting.actor, tuple(case.reference for case in found))


def _session(member: Membership, *, at: datetime) -> str:
    """The key of a session as the sign-in page leaves it."""
    session = SessionStore()
    session[SESSION_KEY] = str(member.user_id)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = member.user.get_session_auth_hash()
    session["membership"] = member.pk
    session["since"] = session["last"] = at.timestamp()
    session.create()
    return str(session.session_key)


def changes(made: list[Locality], *, rate: float, seconds: int, at: datetime) -> Iterator[Change]:
    """Cases claimed and released by turns, in every locality by turns, at this rate."""
    versions = [int(news.version(Subject.CASES, one.actor.reach)) for one in made]
    began = time.monotonic()
    for count in range(int(rate * seconds)):
        time.sleep(max(0.0, began + count / rate - time.monotonic()))
        place, turn = count % len(made), count // len(made)
        one = made[place]
        step = (claim, release)[turn % 2]
        reference = one.references[turn // 2 % len(one.references)]
        committed: list[float] = []
        perform(_noting, by=one.actor, at=at, step=step, reference=reference, into=committed)
        versions[place] += 1
        yield Change(place, versions[place], committed[0])


def _noting(*, by: Actor, at: datetime, step: Step, reference: str, into: list[float]) -> None:
    """The step, and the instant at which the database had its commit, before any news."""
    transaction.on_commit(lambda: into.append(time.monotonic()))
    step(by=by, at=at, reference=reference)
