"""Who may act as what, today."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import Q, QuerySet

from practices.models import ApiToken, Membership, User
from practices.rules.roles import Role


@dataclass(frozen=True, slots=True)
class LiveMembership:
    """A membership that holds today."""

    id: int
    user: User
    role: Role
    organisation_id: int
    organisation_name: str
    organisation_code: str
    organisation_kind: str
    clinician_id: int | None


def live_memberships(user_id: int, *, on: date) -> list[LiveMembership]:
    """The user's memberships that hold on the day, oldest first. One statement."""
    return [_row(found) for found in _live(on).filter(user_id=user_id).order_by("id")]


def memberships_among(ids: Collection[int], *, on: date) -> list[LiveMembership]:
    """Those of the memberships that hold on the day. One statement."""
    return [_row(found) for found in _live(on).filter(pk__in=ids)]


def membership_of_token(secret: str, *, on: date) -> LiveMembership | None:
    """Whose token this is, if it is live. Expiry runs on real time, not on the app's clock."""
    token = (
        ApiToken.objects.filter(
            digest=token_digest(secret),
            revoked_at__isnull=True,
            expires_at__gt=datetime.now(UTC),  # noqa: TID251 - tokens expire in real time (law 7)
        )
        .only("membership_id")
        .first()
    )
    found = _live(on).filter(pk=token.membership_id).first() if token else None
    return _row(found) if found else None


def token_digest(secret: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _live(on: date) -> QuerySet[Membership]:
    return Membership.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=on), from_on__lte=on, user__is_active=True
    ).select_related("user__clinician", "organisation")


def _row(found: Membership) -> LiveMembership:
    clinician = getattr(found.user, "clinician", None)
    return LiveMembership(
        id=found.pk,
        user=found.user,
        role=Role(found.role),
        organisation_id=found.organisation_id,
        organisation_name=found.organisation.name,
        organisation_code=found.organisation.code,
        organisation_kind=found.organisation.kind,
        clinician_id=clinician.pk if clinician else None,
    )
