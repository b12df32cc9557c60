"""The practices' desks: requests come in, and what may be booked at once is booked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from networks.actions.invented.needs import fits, words_for
from networks.actions.simulated.agenda import Day
from networks.actions.simulated.placing import place
from networks.actions.simulated.stage import House
from networks.actions.simulated.triaging import wake
from networks.rules.behaviour import (
    CALLS_AGAIN,
    CLASS_MIX,
    CODES_111,
    NEEDS_OF,
    how_many,
    pick,
)
from networks.rules.demand import (
    AT_THE_DESK,
    CLOSES,
    OPENS,
    PATIENTS_PER_111,
    Band,
    Demand,
    in_core_hours,
)
from practices.actions import Listed
from practices.rules.london import midnight
from practices.rules.person_names import age_on
from triage.actions import CaseWish, OutcomeWish, close, submit
from triage.models import Case
from triage.rules.codes import Channel, Need, Outcome, Urgency

# Minutes at the desk (assumptions): the talk before a booking, and paperwork in quiet moments.
BEFORE_BOOKING, PAPERWORK = 1.0, (30, 300)
AGAIN_AFTER = (60, 150)
ALARMING = "Chest tight since the weekend, worse on the stairs."
RED_FLAG = "heart_attack"


def expect_requests(day: Day, demand: Demand) -> None:
    """Everybody who will ask today has their minute on the agenda."""
    for house in day.stage.houses:
        callers = list(house.patients[len(house.patients) // 2 :])
        for channel, mean, bands in _ways_to_ask(house, demand):
            for band in bands:
                for _ in range(how_many(mean * band.share, day.dice())):
                    wish = _wish(day, callers, channel)
                    if wish is not None:
                        day.agenda.put(_when(day, band), partial(_ask, day, house, wish))


def _ways_to_ask(house: House, demand: Demand) -> tuple[tuple[Channel, float, Sequence[Band]], ...]:
    """Each channel with how many it brings on average, and when."""
    calls = demand.calls_on_day(house.code, house.list_size)
    online = demand.online_on_day(house.code, house.list_size)
    in_hours = in_core_hours(demand.call_shape.bands)
    return (
        (Channel.PHONE, calls, in_hours),
        (Channel.DESK, calls * AT_THE_DESK, in_hours),
        (Channel.ONLINE, online, demand.online_shape.bands),
        (Channel.NHS111, house.list_size / PATIENTS_PER_111, (Band(OPENS, CLOSES, 1.0),)),
    )


def _when(day: Day, band: Band) -> datetime:
    """A moment of the band, and not before the day begins."""
    start = midnight(day.stage.day)
    moment = start + timedelta(minutes=band.starts + day.dice() * (band.ends - band.starts))
    return max(moment, day.stage.begins_at)


def _wish(day: Day, callers: list[Listed], channel: Channel) -> CaseWish | None:
    """What somebody of the list asks for; each asks once. None when nobody is left."""
    urgency = pick(CLASS_MIX, day.dice())
    need = pick(NEEDS_OF[urgency], day.dice())
    patient = _who(day, callers, need)
    if patient is None:
        day.counted["nobody_left_to_call"] += 1
        return None
    age = age_on(patient.born_on, day.stage.day)
    is_alarming = urgency is Urgency.P1 and channel is not Channel.NHS111
    return CaseWish(
        patient_id=patient.id,
        need=need,
        channel=channel,
        words=ALARMING if is_alarming else words_for(need, day.rng, age=age),
        red_flags=(RED_FLAG,) if urgency is Urgency.P0 else (),
        red_flags_asked=channel is not Channel.ONLINE,
        external_code=pick(CODES_111, day.dice()) if channel is Channel.NHS111 else "",
    )


def _who(day: Day, callers: list[Listed], need: Need) -> Listed | None:
    """The next on the list who could come for this; they ask no second time for another need."""
    for position, patient in enumerate(callers):
        if fits(patient, need, None, day.stage.day):
            return callers.pop(position)
    return None


def _ask(day: Day, house: House, wish: CaseWish, at: datetime) -> None:
    """The request is a case; a booking, paperwork or a clinician's look follows."""
    desk = day.desks[house.id]
    case = day.wish(submit, by=desk, at=at, wish=wish, reference=day.new_reference())
    if case is None:
        return
    is_new = case.reference not in day.references
    day.references.setdefault(case.reference, house.id)
    if not is_new:
        day.counted["called_again"] += 1
        wake(day, house.id, at)
        return
    if day.dice() < CALLS_AGAIN:
        day.later(at, day.rng.uniform(*AGAIN_AFTER), partial(_ask_again, day, house, wish))
    opens = midnight(day.stage.day) + timedelta(minutes=OPENS)
    seen_at = max(at, opens)
    if case.need == Need.ADMIN and case.urgency == Urgency.P6.rank:
        minutes = day.rng.uniform(*PAPERWORK)
        day.later(seen_at, minutes, partial(_finish_paperwork, day, house, case.reference))
    elif case.bookable_now:
        day.later(seen_at, BEFORE_BOOKING, partial(_book_at_desk, day, house, case))
    else:
        wake(day, house.id, at)


def _ask_again(day: Day, house: House, wish: CaseWish, at: datetime) -> None:
    """The patient calls again about the same thing before anything has come of it."""
    ends = midnight(day.stage.day) + timedelta(minutes=CLOSES)
    if at < ends:
        _ask(day, house, wish, at)


def _book_at_desk(day: Day, house: House, case: Case, at: datetime) -> None:
    """The receptionist books under the protocol; where nothing fits, a clinician looks."""
    if not place(day, case.reference, by=day.desks[house.id], at=at):
        wake(day, house.id, at)


def _finish_paperwork(day: Day, house: House, reference: str, at: datetime) -> None:
    if at >= midnight(day.stage.day) + timedelta(minutes=CLOSES):
        return
    day.wish(
        close,
        reference=reference,
        wish=OutcomeWish(Outcome.ADMIN_DONE),
        by=day.desks[house.id],
        at=at,
    )
