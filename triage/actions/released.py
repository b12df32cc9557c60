"""Clinical rules change by two people: a lead drafts, another lead releases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from practices import audit
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, BadInput, Conflict, Forbidden
from practices.rules.roles import Role
from triage.models import RuleChange, RuleVersion
from triage.queries.released import entries_of
from triage.rules.released import (
    LONGEST_REASON,
    Facts,
    Kind,
    Stage,
    check_may_end,
    entry_of,
    with_change,
)
from triage.rules.rule_kinds import entry_faults, named

LEADS = frozenset({Role.CLINICAL_LEAD})
OPEN_ALREADY = "A change to this waits for a second person already. Release or decline it first."


@dataclass(frozen=True, slots=True)
class ChangeWish:
    """One entry as it is to be, checked by the rules of its set, and why."""

    kind: Kind
    after: Facts
    basis: str
    reason: str


def draft_change(*, wish: ChangeWish, by: Actor, at: datetime) -> RuleChange:
    """The change waits for a second person. Nothing is different at any desk."""
    network_id, person = _lead(by)
    _check_words(wish.basis, "basis", "Enter what the change is based on")
    _check_words(wish.reason, "reason", "Enter why it changes now")
    _one_at_a_time(network_id, wish.kind)
    _, entries = entries_of(network_id, wish.kind)
    after = named(wish.after, entries)
    code = str(after["code"])
    _check_entry(wish.kind, after, entries)
    before = entry_of(entries, code)
    if before == after:
        raise BadInput("This is what is in force already. Change something first.")
    if RuleChange.objects.filter(
        network_id=network_id, kind=wish.kind.value, code=code, state=Stage.OPEN.value
    ).exists():
        raise Conflict(OPEN_ALREADY)
    change = RuleChange.objects.create(
        network_id=network_id,
        kind=wish.kind.value,
        code=code,
        before=before,
        after=after,
        basis=wish.basis,
        reason=wish.reason,
        drafted_by_id=person,
        drafted_at=at,
    )
    _record("rule.drafted", change, by=by, at=at)
    return change


def release_change(*, change_id: int, by: Actor, at: datetime) -> RuleChange:
    """From now on every desk of the network goes by it. Never done by who drafted it."""
    _, person = _lead(by)
    change = _ended(change_id, Stage.RELEASED, "", by=by, at=at)
    kind = Kind(change.kind)
    _one_at_a_time(change.network_id, kind)
    number, entries = entries_of(change.network_id, kind)
    _check_entry(kind, change.after, entries)
    version = RuleVersion.objects.create(
        network_id=change.network_id,
        kind=change.kind,
        version=number + 1,
        entries=with_change(entries, change.after),
        hubs=sorted(by.reach.providers),
        change=change,
        drafted_by_id=change.drafted_by_id,
        released_by_id=person,
        from_at=at,
    )
    _record("rule.released", change, by=by, at=at, version=version.version)
    return change


def decline_change(*, change_id: int, why: str, by: Actor, at: datetime) -> RuleChange:
    """A second person says no. The change is kept, with who and why."""
    _check_words(why, "why", "Enter why you decline it")
    change = _ended(change_id, Stage.DECLINED, why, by=by, at=at)
    _record("rule.declined", change, by=by, at=at)
    return change


def take_back_change(*, change_id: int, by: Actor, at: datetime) -> RuleChange:
    """Who drafted it thought again. The change is kept."""
    change = _ended(change_id, Stage.WITHDRAWN, "", by=by, at=at)
    _record("rule.withdrawn", change, by=by, at=at)
    return change


def _ended(change_id: int, to: Stage, why: str, *, by: Actor, at: datetime) -> RuleChange:
    """The change, locked and ended: of two who press at once the second is told who was first."""
    network_id, person = _lead(by)
    change = _locked(change_id, network_id)
    if change is None:
        raise Absent
    check_may_end(
        Stage(change.state),
        to,
        is_drafter=change.drafted_by_id == person,
        ended_by=change.ended_by.name if change.ended_by else "",
    )
    change.state, change.ended_by_id = to.value, person
    change.ended_at, change.ended_why = at, why
    change.save(update_fields=["state", "ended_by", "ended_at", "ended_why"])
    return change


def _locked(change_id: int, network_id: int) -> RuleChange | None:
    found = RuleChange.objects.select_for_update()
    return found.filter(pk=change_id, network_id=network_id).first()


def _lead(by: Actor) -> tuple[int, int]:
    """The network and the person; nobody else changes what is asked of patients."""
    if not by.is_one_of(LEADS) or by.organisation_id is None or by.user_id is None:
        raise Forbidden("Only a network’s clinical lead changes the clinical rules.")
    return by.organisation_id, by.user_id


def _check_words(typed: str, field: str, missing: str) -> None:
    if not any(map(str.isalnum, typed)):
        raise BadInput(missing, field=field)
    if len(typed) > LONGEST_REASON:
        raise BadInput(f"Write {LONGEST_REASON} characters or fewer", field=field)


def _check_entry(kind: Kind, after: Facts, entries: Sequence[Facts]) -> None:
    for field, text in entry_faults(kind, after, entries).items():
        raise BadInput(text, field=field)


def _one_at_a_time(network_id: int, kind: Kind) -> None:
    """Two changes of one set follow one another: neither loses what the other changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [kind.value, network_id])


def _record(verb: str, change: RuleChange, *, by: Actor, at: datetime, **facts: object) -> None:
    audit.write(
        verb,
        entity="rule_change",
        entity_id=change.pk,
        by=by,
        at=at,
        kind=change.kind,
        code=change.code,
        **facts,
    )
