"""Places somebody has a reason to want first: beside another, with whom they asked for, or two."""

from datetime import datetime

from practices.rules.access import LONGER, AccessNeed
from triage.presenters.place_lines import MORE, TIMES, Line, NotThere, times_of, why_of
from triage.presenters.signs import when_words
from triage.queries.where import Places
from triage.rules.routing import Option


def beside_line(places: Places, *, now: datetime) -> tuple[Line, ...]:
    """The places next to the appointment of the other patient of the same call."""
    other = places.choices.beside
    if other is None:
        return ()
    near = [option for option in places.choices.options if option.beside]
    if not near:
        return ()
    site, when = other.booking.place_name, when_words(other.booking.starts_at, now=now)
    return tuple(
        Line(
            title=f"Beside {other.name}’s appointment, {when}",
            where=site,
            why=("One journey for both", *_late(part)),
            times=times_of(part, places.choices, now=now)[:TIMES],
            is_late=part[0].is_late,
        )
        for part in _in_time_first(near)
    )


def asked_for_line(places: Places, *, now: datetime) -> tuple[Line, ...]:
    """The places with whom the patient asked for, soonest first."""
    lines = []
    for part in _in_time_first(_with_asked_for(places)):
        times = times_of(part, places.choices, now=now)
        lines.append(
            Line(
                title=f"{places.case.asked_for}, whom the patient asked for",
                where=part[0].candidate.site,
                why=why_of(part[:1], now=now)[:1],
                times=times[:TIMES],
                more=times[TIMES : TIMES + MORE],
                is_late=part[0].is_late,
            )
        )
    return tuple(lines)


def _in_time_first(found: list[Option]) -> list[list[Option]]:
    """The places before the case is due on a line of their own, then those after it."""
    parts = [[one for one in found if one.is_late is late] for late in (False, True)]
    return [part for part in parts if part]


def _late(part: list[Option]) -> tuple[str, ...]:
    """That these are later than the case can wait; the reasons name when it is due."""
    return tuple(one.text for one in part[0].reasons if one.code == "late")


def not_free(places: Places) -> tuple[NotThere, ...]:
    """Nobody looks for the one they asked for and wonders."""
    if not places.case.asked_for or _with_asked_for(places):
        return ()
    return (NotThere(title=places.case.asked_for, why="Asked for, but has no place for this case"),)


def _with_asked_for(places: Places) -> list[Option]:
    wanted = places.choices.case.asked_for
    return [
        option
        for option in places.choices.options
        if wanted is not None and option.candidate.clinician == wanted
    ]


def together(places: Places) -> str:
    """Why each time below stands for two appointments."""
    if not places.choices.case.is_double:
        return ""
    needs = [
        need.label.lower()
        for need in AccessNeed
        if need in places.choices.case.access_needs & LONGER
    ]
    return f"Each time is two appointments together, as long as both: {', '.join(needs)}."
