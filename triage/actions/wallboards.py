"""Displays on a hub's wall: made and revoked by who runs the hub, opened by their link alone."""

import secrets
import uuid
from datetime import datetime

from practices import audit
from practices.models import Organisation
from practices.queries.membership import token_digest
from practices.queries.organisations import organisation_id
from practices.rules.reach import Actor, clockwork
from practices.rules.refusals import Absent, BadInput, Forbidden
from triage.actions.hub_day import CLOSERS
from triage.models import Wallboard
from triage.queries.wallboard import Board, board_of, counts_of

# A display has no membership; it is shown counts of one hub, and no row of anybody.
DISPLAY = clockwork("a display on the wall")
LONGEST_NAME = 60
LONGEST_SECRET = 64


def make_board(*, code: str, name: str, by: Actor, at: datetime) -> str:
    """A display of the hub exists; the secret of its link is shown this once."""
    hub_id = organisation_id(code, kind=Organisation.Kind.HUB, among=by.reach.providers)
    if hub_id is None:
        raise Absent
    user_id = _check(by)
    said = " ".join(name.split())
    if not said:
        raise BadInput("Enter where the display hangs", field="name")
    if len(said) > LONGEST_NAME:
        raise BadInput(f"Use {LONGEST_NAME} characters or fewer", field="name")
    secret = secrets.token_urlsafe(32)
    made = Wallboard.objects.create(
        hub_id=hub_id, name=said, digest=token_digest(secret), made_at=at, made_by_id=user_id
    )
    audit.write("wallboard.made", entity="wallboard", entity_id=made.pk, by=by, at=at, hub=hub_id)
    return secret


def revoke_board(*, public_id: uuid.UUID, by: Actor, at: datetime) -> Wallboard:
    """The display shows nothing any more; twice is no trouble."""
    found = (
        Wallboard.objects.select_for_update()
        .filter(public_id=public_id, hub_id__in=by.reach.providers)
        .first()
    )
    if found is None:
        raise Absent
    _check(by)
    if found.revoked_at is None:
        found.revoked_at, found.revoked_by_id = at, by.user_id
        found.save(update_fields=["revoked_at", "revoked_by"])
        audit.write("wallboard.revoked", entity="wallboard", entity_id=found.pk, by=by, at=at)
    return found


def show_board(*, secret: str, by: Actor, at: datetime) -> Board | None:
    """The counts of the hub whose display this is; None for an unknown, revoked or ended link."""
    found = board_of(token_digest(secret), at=at) if len(secret) <= LONGEST_SECRET else None
    if found is None:
        return None
    return counts_of(found.hub_id, found.hub.organisation.name, at=at)


def _check(by: Actor) -> int:
    """Who arranges the hub's displays, as a user."""
    if by.role not in CLOSERS or by.user_id is None:
        raise Forbidden("Only the hub's supervisor or a network manager arranges its displays.")
    return by.user_id
