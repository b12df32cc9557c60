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
    times = times_of(near, places.choices, now=now)
    return (
        Line(
            title=f"Beside {other.name}’s appointment, {when}",
            where=site,
            why=("One journey for both",),
            times=times[:TIMES],
        ),
    )


def asked_for_line(places: Places, *, now: datetime) -> tuple[Line, ...]:
    """The places with whom the patient asked for, soonest first."""
    theirs = _with_asked_for(places)
    if not theirs:
        return ()
    times = times_of(theirs, places.choices, now=now)
    return (
        Line(
            title=f"{places.case.asked_for}, whom the patient asked for",
            where=theirs[0].candidate.site,
            why=why_of(theirs[:1], now=now)[:1],
            times=times[:TIMES],
            more=times[TIMES : TIMES + MORE],
        ),
    )


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
