"""A clinician's own day in words: points and contacts, the limit and where it comes from."""

from dataclasses import dataclass

from appointments.queries import DayMeter
from appointments.rules.codes import ContactKind
from appointments.rules.safe_working import Level
from practices.presenters import date_words, points_words, time_words
from practices.rules.limits import Layer

# What is logged with one press; the rest stands behind "Other contacts".
QUICK = (ContactKind.BRIEF_ADVICE, ContactKind.RESULTS_CALL, ContactKind.DEBRIEF)
_LAYERS = {
    Layer.SYSTEM: "the safe working default",
    Layer.NETWORK: "your network",
    Layer.PRACTICE: "your organisation",
    Layer.PERSON: "your own limit",
}


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
    if not day.by_kind:
        return words
    parts = [f"{ContactKind(kind).label.lower()} {n}" for kind, n in sorted(day.by_kind.items())]
    return f"{words}. Done so far: {', '.join(parts)}"


def _origin(day: DayMeter) -> str:
    found = day.limit.effective
    words = f"Limit {points_words(found.points)}, from {_LAYERS[found.layer]}"
    if found.from_on is not None:
        words += f" since {date_words(found.from_on)}"
    if found.layer is not Layer.SYSTEM and found.basis:
        words += f": {found.basis}"
    return words


def _forecast(day: DayMeter) -> str:
    if day.meter.excess:
        return ""
    if day.breach_forecast_at is None:
        return "As booked, today stays within your limit"
    return f"As booked, you pass your limit at {time_words(day.breach_forecast_at)}"
