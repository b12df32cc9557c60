"""Lists that pause when their supervisor leaves, and go on when somebody supervises them again."""

from collections.abc import Collection
from datetime import datetime

from appointments.actions.changes import note_changes
from appointments.models import PausedList
from practices import audit
from practices.clock import local_day
from practices.rules.reach import Actor
from practices.rules.refusals import Conflict


def pause_lists(
    *, hub_id: int, supervisor_id: int, clinician_ids: Collection[int], by: Actor, at: datetime
) -> list[PausedList]:
    """Nobody new comes to these clinicians at the hub today; what was paused stays as it is."""
    day = local_day(at)
    paused = PausedList.objects.filter(hub_id=hub_id, day=day, until_at=None)
    known = set(paused.values_list("clinician_id", flat=True))
    made = [
        PausedList.objects.create(
            hub_id=hub_id,
            clinician_id=clinician_id,
            supervisor_id=supervisor_id,
            day=day,
            from_at=at,
        )
        for clinician_id in sorted(set(clinician_ids) - known)
    ]
    _tell(made, "list.paused", by=by, at=at)
    return made


def resume_lists(
    *, hub_id: int, clinician_ids: Collection[int], taken_by: int, by: Actor, at: datetime
) -> list[PausedList]:
    """Somebody supervises these clinicians again, and they are booked as before."""
    found = PausedList.objects.select_for_update().filter(
        hub_id=hub_id, day=local_day(at), until_at=None, clinician_id__in=clinician_ids
    )
    ended = list(found.order_by("pk"))
    if not ended:
        raise Conflict("This list is not paused any more.")
    for pause in ended:
        pause.until_at, pause.taken_by_id = at, taken_by
        pause.save(update_fields=["until_at", "taken_by"])
    _tell(ended, "list.resumed", by=by, at=at)
    return ended


def _tell(pauses: Collection[PausedList], verb: str, *, by: Actor, at: datetime) -> None:
    for pause in pauses:
        audit.write(
            verb,
            entity="clinician",
            entity_id=pause.clinician_id,
            by=by,
            at=at,
            hub=pause.hub_id,
            supervisor=pause.supervisor_id,
        )
    note_changes({(pause.hub_id, pause.day) for pause in pauses}, at=at)
