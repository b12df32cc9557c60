"""A practice's share of a hub's day: used by P4 to P6, borrowed without asking by P0 to P3."""

from datetime import date, datetime

from django.db import connection
from django.db.models import F

from appointments.models import ShareUse, Slot
from hubs.queries import agreements_of, agreements_with
from hubs.rules.needs import Urgency
from hubs.rules.sharing import ShareState, may_use
from practices.doors import everywhere
from practices.rules.refusals import Conflict, Refused

# A double may use the last place of the share and borrow the other.
OWN, BORROWED, BOTH = "own", "borrowed", "both"


def use_share(
    *, practice_id: int, hub_id: int, day: date, places: int, is_urgent: bool, at: datetime
) -> str:
    """Places of the share are used; what is kept on the booking says whether it was borrowed."""
    agreement = next(
        (row for row in agreements_of(practice_id, on=day) if row.provider_id == hub_id), None
    )
    if agreement is None:
        raise Refused("The practice has no agreement with this hub on that day.", code="agreement")
    mine = agreement.share_places
    if _count(practice_id, hub_id, day, column="used", places=places, most=mine):
        return OWN
    if is_urgent or _may_borrow(practice_id, hub_id, day, places=places, at=at):
        is_last = places > 1 and _count(
            practice_id, hub_id, day, column="used", places=1, most=mine
        )
        borrowed = places - 1 if is_last else places
        _count(practice_id, hub_id, day, column="borrowed", places=borrowed, most=None)
        return BOTH if is_last else BORROWED
    raise Conflict(
        f"The practice's {agreement.share_places} places at {agreement.provider_name}"
        " are used for that day.",
        code="share_used",
    )


def _may_borrow(practice_id: int, hub_id: int, day: date, *, places: int, at: datetime) -> bool:
    """Whether what others left unused is released by now (11am and 2pm), under their locks."""
    with everywhere(because="unused shares of the hub", at=at):
        uses = {
            row.practice_id: row.used + row.borrowed
            for row in ShareUse.objects.select_for_update()
            .filter(hub_id=hub_id, day=day)
            .order_by("practice_id")
        }
        entitled = {row.practice_id: row.share_places for row in agreements_with(hub_id, on=day)}
        of_day = sum(
            Slot.objects.filter(hub_id=hub_id, day=day, status=Slot.Status.OPEN).values_list(
                "places", flat=True
            )
        )
    state = ShareState(places=of_day, entitled=entitled, used=uses)
    return may_use(state, practice_id, Urgency.P4, at, places=places).granted


def release_share(*, practice_id: int, hub_id: int, day: date, own: int, borrowed: int) -> None:
    """The places go back to where they were taken from."""
    found = ShareUse.objects.filter(practice_id=practice_id, hub_id=hub_id, day=day)
    found.update(used=F("used") - own, borrowed=F("borrowed") - borrowed)


def _count(
    practice_id: int, hub_id: int, day: date, *, column: str, places: int, most: int | None
) -> bool:
    start = {"used": 0, "borrowed": 0} | {column: places}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO appointments_shareuse AS share (practice_id, hub_id, day, used, borrowed)"
            " SELECT %(practice)s, %(hub)s, %(day)s, %(used)s, %(borrowed)s"
            " WHERE %(most)s::int IS NULL OR %(places)s <= %(most)s"
            " ON CONFLICT (practice_id, hub_id, day)"
            f" DO UPDATE SET {column} = share.{column} + %(places)s"
            " WHERE %(most)s::int IS NULL OR share.used + %(places)s <= %(most)s",
            {
                **start,
                "practice": practice_id,
                "hub": hub_id,
                "day": day,
                "places": places,
                "most": most,
            },
        )
        return bool(cursor.rowcount == 1)
