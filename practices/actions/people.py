"""Joining and leaving an organisation, and keys for programs."""

import secrets
from datetime import UTC, date, datetime, timedelta

from practices import audit
from practices.models import ApiToken, Membership
from practices.queries import token_digest
from practices.rules.reach import Actor
from practices.rules.roles import Role


def join(
    *, user_id: int, role: Role, organisation_id: int, from_on: date, by: Actor, at: datetime
) -> Membership:
    """The user may act in the role at the organisation from the day on."""
    membership = Membership.objects.create(
        user_id=user_id, role=role.value, organisation_id=organisation_id, from_on=from_on
    )
    audit.write(
        "membership.begun", entity="membership", entity_id=membership.pk, by=by, at=at, role=role
    )
    return membership


def leave(*, membership_id: int, until_on: date, by: Actor, at: datetime) -> Membership:
    """The membership ends before the day; its next request is refused."""
    membership = Membership.objects.select_for_update().get(pk=membership_id)
    membership.until_on = until_on
    membership.save(update_fields=["until_on"])
    audit.write(
        "membership.ended",
        entity="membership",
        entity_id=membership.pk,
        by=by,
        at=at,
        until=until_on.isoformat(),
    )
    return membership


def issue_token(*, membership_id: int, name: str, days: int, by: Actor, at: datetime) -> str:
    """A new key for the membership, shown this once; it expires in real time."""
    secret = secrets.token_urlsafe(32)
    real_now = datetime.now(UTC)  # noqa: TID251 - tokens expire in real time (law 7)
    token = ApiToken.objects.create(
        membership_id=membership_id,
        name=name,
        digest=token_digest(secret),
        created_at=real_now,
        expires_at=real_now + timedelta(days=days),
    )
    audit.write("token.issued", entity="token", entity_id=token.pk, by=by, at=at)
    return secret
