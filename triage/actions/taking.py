"""Taking the next case from the queue one works in."""

from datetime import datetime

from practices.rules.reach import Actor
from practices.rules.refusals import Refused
from triage.actions.claiming import take_next
from triage.models import Case
from triage.queries.queue_page import hub_of


def take_my_next(*, by: Actor, at: datetime) -> Case | None:
    """The most urgent case within my scope of my hub, or my practice's hub, is mine."""
    hub_id = hub_of(by, at=at)
    if hub_id is None:
        raise Refused("Your organisation has no hub's queue today.", code="agreement")
    return take_next(hub_id=hub_id, by=by, at=at)
