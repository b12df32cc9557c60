"""When: the times at which a hub has too many people for its supervisors."""

from datetime import date, timedelta

from appointments.models import Session
from appointments.queries.cover import Queue, stretches_on
from appointments.queries.supervision import NEEDING
from appointments.rules.ratio import There, crowded
from hubs.rules.opening import Period
from practices.rules.london import midnight


def crowds_on(queue: Queue, day: date) -> list[Period]:
    """The times of the day with more people than the GPs there may answer for. Four statements."""
    if not queue.is_hub:
        return []
    led = Session.objects.filter(
        hub=queue.organisation_id,
        status=Session.Status.PUBLISHED,
        clinician__profession__in=NEEDING,
        starts_at__lt=midnight(day + timedelta(days=1)),
        ends_at__gt=midnight(day),
    )
    rows = led.order_by("pk").values_list("clinician_id", "starts_at", "ends_at")
    leads = stretches_on(queue, day)
    return crowded(
        [There(*row) for row in rows],
        [There(one.clinician_id, one.starts_at, one.ends_at) for one in leads],
    )
