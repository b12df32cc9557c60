"""Who answers for each queue between the sessions of the coming days: duty rotas, all but one."""

from datetime import timedelta

from appointments.actions.cover import CoverWish, name_cover
from appointments.queries.cover import Queue, gaps_on, may_cover, queues_of
from hubs.rules.opening import Period
from networks.actions.invented.locality import Locality
from networks.actions.invented.making import Making, open_days
from networks.actions.invented.mornings import SICK, present

AHEAD = timedelta(days=7)
# The evening nobody has been found for yet: a hub's last gap of the third open day from today.
UNFILLED = 2
# In the range kept for drama, by the last digits.
PHONE = "07700 900{:03d}"


def name_everybody(making: Making, locality: Locality) -> int:
    """Each gap of the week has somebody by name, but one at the hub; how many rows that takes."""
    days = [day for day in open_days(making.today, 1) if day < making.today + AHEAD]
    ids = (locality.hub_id, *(one.id for one in locality.surgeries.values()))
    at_home = set(present(making, locality, (SICK,)).values())
    named = 0
    for queue in queues_of(ids):
        able = [pk for pk, _ in may_cover(queue, on=making.today)]
        people = [pk for pk in able if pk not in at_home] or able
        for turn, day in enumerate(days):
            found = gaps_on(queue, day)
            if queue.is_hub and turn == UNFILLED:
                found = found[:-1]
            for gap in found:
                _name(making, queue, people[turn % len(people)], gap)
                named += 1
    return named


def _name(making: Making, queue: Queue, clinician_id: int, gap: Period) -> None:
    """Named in good time: whoever answered early this morning stands in the table too."""
    wish = CoverWish(
        organisation_id=queue.organisation_id,
        clinician_id=clinician_id,
        phone=PHONE.format(clinician_id % 1000),
        starts_at=gap.opens_at,
        ends_at=gap.closes_at,
    )
    name_cover(wish=wish, by=making.by, at=min(making.at, gap.opens_at))
