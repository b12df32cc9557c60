"""A clinician's own day in words: points and contacts, the limit and where it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from appointments.queries import DayMeter
from appointments.queries.own_day import OwnDay
from appointments.rules.codes import ContactKind
from appointments.rules.safe_working import COUNTED_APART, Level
from appointments.rules.working_day import ADMIN_MINUTES, LONGEST_STRETCH, Pause
from practices.presenters import minutes_words, points_words, time_words
from practices.presenters.limits import origin_words
from practices.rules.limits import Layer
from triage.queries.my_day import MyDay

# What is logged with one press; the rest stands behind "Other contacts".
QUICK = (ContactKind.BRIEF_ADVICE, ContactKind.RESULTS_CALL, ContactKind.DEBRIEF)


@dataclass(frozen=True, slots=True)
class OwnMeter:
    """What the meter says."""

    used: int
    held: int
    limit: int
    text: str
    level: str
    verdict: str
    contacts: str
    origin: str
    forecast: str
    pause: str = ""
    facts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def my_meter(mine: MyDay) -> OwnMeter:
    """My own day in words: the meter, and what points do not say."""
    return replace(
        own_meter(mine.day.meter),
        pause=_pause(mine.day.pause),
        facts=tuple(_facts(mine)),
        warnings=tuple(_warnings(mine.day)),
    )


def own_meter(day: DayMeter) -> OwnMeter:
    """The meter of one day in words."""
    meter = day.meter
    room = (
        f"room for {points_words(meter.room)}"
        if not meter.excess
        else f"{points_words(meter.excess)} over"
    )
    return OwnMeter(
        used=meter.used,
        held=meter.held,
        limit=meter.limit,
        text=f"{points_words(meter.used)} of {points_words(meter.limit)} points, {room}",
        level=meter_level(day),
        verdict=_verdict(day),
        contacts=_contacts(day),
        origin=_origin(day),
        forecast=_forecast(day),
    )


def meter_level(day: DayMeter) -> str:
    """The pattern of the bar: clear, busy from 85 %, full, over."""
    meter = day.meter
    if meter.level is not Level.GREEN:
        return "over"
    if meter.room == 0:
        return "full"
    return "busy" if meter.is_near else "clear"


def contact_buttons() -> tuple[tuple[ContactKind, ...], tuple[ContactKind, ...]]:
    """The kinds logged with one press, and the others."""
    return QUICK, tuple(kind for kind in ContactKind if kind not in QUICK)


def _verdict(day: DayMeter) -> str:
    if day.level is Level.GREEN and day.meter.is_near:
        return "Close to the safe limit"
    return day.level.label


def _contacts(day: DayMeter) -> str:
    number = day.meter.contacts
    words = f"{number} contact{'' if number == 1 else 's'} counted, booked ones included"
    done = [
        f"{ContactKind(kind).label.lower()} {n}"
        for kind, n in sorted(day.by_kind.items())
        if ContactKind(kind) not in COUNTED_APART
    ]
    return f"{words}. Done so far: {', '.join(done)}" if done else words


def _origin(day: DayMeter) -> str:
    found = day.limit.effective
    words = f"Limit {points_words(found.points)}, from {origin_words(found, own=True)}"
    if found.layer is not Layer.SYSTEM and found.basis:
        words += f": {found.basis}"
    return words


def _forecast(day: DayMeter) -> str:
    if day.meter.excess:
        return ""
    if day.forecast.as_booked is not None:
        return f"As booked, you pass your limit at {time_words(day.forecast.as_booked)}"
    if day.forecast.as_expected is not None:
        return (
            f"You will probably pass your limit at about {time_words(day.forecast.as_expected)}:"
            f" {points_words(day.forecast.expected)} points usually still come"
        )
    return "Today stays within your limit, as booked and as such days go"


def _pause(pause: Pause | None) -> str:
    """How long to the next break; empty where no patient is left."""
    if pause is None:
        return ""
    start, end = time_words(pause.starts_at), pause.ends_at
    if end is None:
        return f"{minutes_words(pause.minutes)} to the end of your patients, at {start}"
    until = f"no patient is booked until {time_words(end)}"
    if not pause.minutes:
        return f"Between your patients: {until}"
    return f"{minutes_words(pause.minutes)} to your next break, at {start}: {until}"


def _facts(mine: MyDay) -> Iterator[str]:
    """What is counted, but not against the limit."""
    day, triage = mine.day, mine.triage
    for load in day.sessions:
        hours = f"{time_words(load.stint.starts_at)} to {time_words(load.stint.ends_at)}"
        used = f"{points_words(load.points)} of {points_words(load.limit)} points"
        yield f"Session {hours}, {load.stint.place}: {used}"
    if day.apart:
        apart = ", ".join(f"{kind.label.lower()}s {number}" for kind, number in day.apart.items())
        yield f"Counted apart, not in points: {apart}"
    if triage.cases:
        yield (
            f"Triage, counted as time: {_number(triage.cases, 'case')} passed on in"
            f" {minutes_words(triage.minutes)}, the longest block"
            f" {minutes_words(triage.longest_block)}"
        )
    if day.stretch:
        yield f"Longest time with patients without a break: {minutes_words(day.stretch)}"
    if day.debriefs.patients:
        yield (
            f"Debriefs of {_number(day.debriefs.trainees, 'trainee')}:"
            f" {_number(day.debriefs.patients, 'patient')} to talk over, about"
            f" {points_words(day.debriefs.points)} points and {minutes_words(day.debriefs.minutes)}"
        )


def _warnings(day: OwnDay) -> Iterator[str]:
    """What is too much, each with the number it is measured by."""
    for load in day.sessions:
        if load.is_over or load.is_near:
            how = "over" if load.is_over else "close to"
            start = time_words(load.stint.starts_at)
            yield f"Your session at {start} is {how} {points_words(load.limit)} points, half a day"
    if day.elsewhere:
        before, after = day.elsewhere
        yield (
            f"A second session: {before.place} from {time_words(before.starts_at)}, then"
            f" {after.place} from {time_words(after.starts_at)}. One limit holds for both"
        )
    if day.stretch > LONGEST_STRETCH:
        yield (
            f"{minutes_words(day.stretch)} with patients without a break; a session has at most"
            f" {minutes_words(LONGEST_STRETCH)}"
        )
    if day.squeezed is not None:
        yield (
            f"{minutes_words(day.squeezed)} between two sessions; {minutes_words(ADMIN_MINUTES)}"
            " after each are for results and letters"
        )


def _number(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
