"""Joining and leaving an organisation, and keys for programs."""

import secrets
from datetime import UTC, date, datetime, timedelta

from django.contrib.auth.hashers import make_password

from practices import audit
from practices.models import ApiToken, Clinician, Membership, User
from practices.queries import token_digest
from practices.rules.professions import Profession
from practices.rules.reach import Actor
from practices.rules.roles import Role

PRESCRIBERS = frozenset(
    {Profession.GP, Profession.REGISTRAR, Profession.ANP, Profession.PHARMACIST}
)


def add_person(*, username: str, name: str, password: str | None, by: Actor, at: datetime) -> User:
    """Somebody works here; without a password they cannot sign in."""
    user = User.objects.create(username=username, name=name, password=make_password(password))
    audit.write("person.added", entity="user", entity_id=user.pk, by=by, at=at)
    return user


def set_password(*, user_id: int, password: str, by: Actor, at: datetime) -> None:
    """The person signs in with the password from now on."""
    user = User.objects.select_for_update().get(pk=user_id)
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.write("password.set", entity="user", entity_id=user_id, by=by, at=at)


def become_clinician(
    *,
    user_id: int,
    home_id: int,
    profession: Profession,
    supervisor_id: int | None = None,
    by: Actor,
    at: datetime,
) -> Clinician:
    """The person treats patients, from one home organisation, in one profession."""
    clinician = Clinician.objects.create(
        user_id=user_id,
        home_id=home_id,
        profession=profession.value,
        prescribes=profession in PRESCRIBERS,
        supervisor_id=supervisor_id,
    )
    audit.write("clinician.added", entity="clinician", entity_id=clinician.pk, by=by, at=at)
    return clinician


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


def revoke_tokens(*, membership_id: int, by: Actor, at: datetime) -> int:
    """No key of the membership opens anything any more; how many were live."""
    live = ApiToken.objects.filter(membership_id=membership_id, revoked_at__isnull=True)
    revoked = 0
    for token in live.order_by("pk"):
        token.revoked_at = datetime.now(UTC)  # noqa: TID251 - tokens end in real time (law 7)
        token.save(update_fields=["revoked_at"])
        audit.write("token.revoked", entity="token", entity_id=token.pk, by=by, at=at)
        revoked += 1
    return revoked
