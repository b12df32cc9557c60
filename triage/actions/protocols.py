"""What the clinical leads sign off for booking at the desk, all at once."""

from datetime import datetime

from practices.rules.reach import Actor
from triage.actions.released import ChangeWish, draft_change, release_change
from triage.rules.need_defaults import PROTOCOLS
from triage.rules.protocol_entries import entry_of_protocol
from triage.rules.released import Kind


def sign_usual_protocols(
    *, basis: str, reason: str, second: Actor, by: Actor, at: datetime
) -> None:
    """The protocols a locality starts with: drafted by one lead, each released by the second."""
    for need, protocol in PROTOCOLS.items():
        after = entry_of_protocol(need, protocol, is_signed=True)
        wish = ChangeWish(Kind.PROTOCOLS, after, basis=basis, reason=reason)
        change = draft_change(wish=wish, by=by, at=at)
        release_change(change_id=change.pk, by=second, at=at)
