"""One practice or hub of the board in words: its pressure, its places, its people, who waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from networks.queries.boards import PlaceRow
from networks.rules.figures import Figures, Staff
from networks.rules.pressure import Level
from practices.clock import local_day
from practices.presenters import clock_words, minutes_words, points_words, time_words
from practices.rules.professions import Profession
from triage.presenters.signs import when_words

LEVEL_WORDS = {
    Level.USUAL: "Level 1: as usual",
    Level.BUSY: "Level 2: busier but coping",
    Level.STRUGGLING: "Level 3: struggling",
    Level.UNSAFE: "Level 4: unsafe without help",
}
# The shapes of the priority tag: the fuller, the worse. Old figures get the empty one.
SHAPES = {
    Level.USUAL: "routine",
    Level.BUSY: "soon",
    Level.STRUGGLING: "urgent",
    Level.UNSAFE: "emergency",
}
UNKNOWN_SHAPE = "none"
QUIET = ("No sign of more pressure than usual",)


@dataclass(frozen=True, slots=True)
class Bar:
    """A meter: what it measures, how full, and the words that say it without the bar."""

    label: str
    used: int
    reserved: int
    limit: int
    level: str
    text: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One card of the board."""

    id: str
    name: str
    kind: str
    level_words: str
    level_shape: str
    since: str
    signs: tuple[str, ...]
    bars: tuple[Bar, ...]
    forecast: str
    people: str
    waiting: str
    proposals: str
    share: str
    doubts: str = ""


def tile(row: PlaceRow, *, at: datetime, is_stale: bool) -> Tile:
    """The card of one practice or hub."""
    figures, level = row.figures, row.pressure.level
    return Tile(
        id=f"place-{row.code.lower()}",
        name=row.name,
        kind="Hub" if row.is_hub else "Practice",
        level_words=f"{LEVEL_WORDS[level]}, when last counted" if is_stale else LEVEL_WORDS[level],
        level_shape=UNKNOWN_SHAPE if is_stale else SHAPES[level],
        since=f"since {moment_words(row.pressure.since, at=at)}",
        signs=tuple(sign.text for sign in row.pressure.signs) or QUIET,
        bars=(places_bar(figures), points_bar(figures.staff)),
        forecast=_forecast(row, at=at),
        people=_people(figures.staff),
        waiting=waiting_words(figures, at=at),
        proposals=_counted(figures.proposals, "move proposed", "moves proposed"),
        share=_share(row),
        doubts=_doubts(figures),
    )


def places_bar(figures: Figures) -> Bar:
    """How many of the places that can still be used are taken."""
    places = figures.places
    return Bar(
        label="Places",
        used=places.taken,
        reserved=places.held,
        limit=places.usable,
        level=_fullness(places.taken, places.usable, past=places.usable + 1),
        text=f"{places.free} left, {places.taken} taken",
    )


def points_bar(staff: Staff) -> Bar:
    """How much of everybody's safe day is used."""
    return Bar(
        label="Safe work",
        used=staff.used,
        reserved=0,
        limit=staff.limit,
        level=_fullness(staff.used, staff.limit, past=staff.limit + 1),
        text=f"{points_words(staff.used)} of {points_words(staff.limit)} points",
    )


def waiting_words(figures: Figures, *, at: datetime) -> str:
    """ "14 waiting, 2 late; the longest for 1 hour 10 minutes"."""
    waiting = figures.waiting
    if not waiting.total:
        return "Nobody is waiting"
    parts = [f"{waiting.total} waiting", f"{waiting.late} late" if waiting.late else "none late"]
    if waiting.untaken:
        parts.append(f"{waiting.untaken} not taken up yet")
    if waiting.oldest_at is None:
        return ", ".join(parts)
    minutes = max(0, int((at - waiting.oldest_at).total_seconds() // 60))
    return f"{', '.join(parts)}; the longest for {minutes_words(minutes)}"


def by_profession(counted: Mapping[str, int]) -> str:
    """ "2 GPs, 1 practice nurse": how many, never who."""
    named = ((Profession(code).label, number) for code, number in counted.items())
    parts = [
        f"{number} {label if label.startswith('GP') else label.lower()}{'s' if number > 1 else ''}"
        for label, number in named
    ]
    return ", ".join(parts) or "Nobody"


def moment_words(moment: datetime, *, at: datetime) -> str:
    """ "9:31am", with the day where it is not today."""
    return time_words(moment) if local_day(moment) == local_day(at) else clock_words(moment)


def _fullness(used: int, limit: int, *, past: int) -> str:
    if used >= past:
        return "over"
    if used >= limit:
        return "full"
    return "busy" if used * 100 >= limit * 85 else "clear"


def _forecast(row: PlaceRow, *, at: datetime) -> str:
    places, full_at = row.figures.places, row.figures.full_at
    if not row.is_hub:
        return ""
    if row.opens_at is not None and not places.free:
        return f"Shut now, opens {when_words(row.opens_at, now=at)}"
    if not places.total:
        return "No places today"
    if not places.free:
        return "Full for the rest of the day"
    if full_at:
        return f"Full at about {time_words(full_at)}, at the last hour's pace"
    return "Will not be full today, at the last hour's pace"


def _people(staff: Staff) -> str:
    if not staff.clinicians:
        return "Nobody works here today"
    away = staff.expected - staff.present
    parts = [_counted(staff.clinicians, "clinician", "clinicians")]
    if away:
        parts.append(f"{away} away")
    near = sum(staff.near.values())
    if near:
        parts.append(f"{near} near the limit")
    over = staff.amber + staff.red
    parts.append(f"{over} over" if over else "none over")
    if staff.next_breach_at:
        parts.append(f"the next probably at {time_words(staff.next_breach_at)}")
    return ", ".join(parts)


def _share(row: PlaceRow) -> str:
    figures = row.figures
    if row.is_hub or not figures.share_places:
        return ""
    return f"{figures.share_left} of {figures.share_places} hub places left of the share"


def _doubts(figures: Figures) -> str:
    """Figures on record to look up; they raise no alarm of their own."""
    return f"Check the data: {'; '.join(figures.doubts)}" if figures.doubts else ""


def _counted(number: int, one: str, many: str) -> str:
    return f"{number or 'No'} {one if number == 1 else many}"
