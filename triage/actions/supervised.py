"""Whether somebody answers for this clinician now, before a case comes to them."""

from datetime import datetime

from appointments.models import PausedList
from appointments.queries.supervision import is_unled
from hubs.rules.supervision import UNLED
from practices.clock import local_day
from practices.models import Clinician
from practices.rules.professions import DEFAULTS, Profession
from practices.rules.refusals import Conflict


def check_supervised(me: Clinician, *, hub_id: int, at: datetime) -> None:
    """Somebody supervises this clinician now, where they need it."""
    if not DEFAULTS[Profession(me.profession)].needs_supervisor:
        return
    day = local_day(at)
    paused = PausedList.objects.filter(hub_id=hub_id, clinician=me, day=day, until_at=None)
    if paused.exists():
        raise Conflict(
            "Your supervisor has left. Ask who supervises you before you take a case.",
            code="supervision",
        )
    if is_unled(me, hub_id=hub_id, day=day):
        raise Conflict(UNLED, code="supervision")
