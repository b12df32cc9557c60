"""The weights in words: what is in force, who set it, and what others would change."""

from dataclasses import dataclass
from datetime import datetime

from appointments.rules.rebalancing import LEVELS
from practices.presenters import date_words, time_words
from practices.rules.london import clock_words, day_of, day_words
from triage.presenters.proposals import LEVEL_WORDS
from triage.queries.parameters import Version, last_changed
from triage.queries.weight_preview import Example, Preview
from triage.rules.candidates import Where
from triage.rules.codes import OptionKind
from triage.rules.previewing import Place
from triage.rules.weight_words import GROUPS, SHORT, TURNED, WORDS
from triage.rules.weights import SPANS, Weights, changed_names

HEAD = ("Weight", "Now", "May be", "Last changed")


@dataclass(frozen=True, slots=True)
class Group:
    """Weights of one kind as a table."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the history. `changes` say each weight before and after."""

    number: int
    title: str
    since: str
    who: str
    reason: str
    basis: str
    changes: tuple[str, ...]
    in_force: bool


@dataclass(frozen=True, slots=True)
class PreviewWords:
    """What other weights would change, in a sentence and some examples."""

    heading: str
    says: str
    plan: str
    examples: tuple[str, ...]
    changes: tuple[str, ...]


def groups(versions: tuple[Version, ...]) -> tuple[Group, ...]:
    """Every weight with its meaning, value, span and who changed it when."""
    current, changed = versions[0].weights, last_changed(versions)
    return tuple(
        Group(
            title,
            tuple(
                (
                    f"{WORDS[name].label}. {WORDS[name].says}.",
                    f"{getattr(current, name):,}",
                    span_words(name),
                    _who_when(changed.get(name)),
                )
                for name in names
            ),
        )
        for title, names in GROUPS
    )


def span_words(name: str) -> str:
    """From the least to the most that may be set."""
    span = SPANS[name]
    return f"{span.least:,} to {span.most:,}"


def _who_when(version: Version | None) -> str:
    if version is None or version.from_at is None:
        return "Never: the usual number"
    return f"{version.made_by}, {date_words(version.from_at)}"


def history(versions: tuple[Version, ...]) -> tuple[VersionLine, ...]:
    """The versions, the one in force first, each with what it changed."""
    befores: list[Version | None] = [*versions[1:], None]
    return tuple(
        VersionLine(
            number=one.number,
            title=_title(one),
            since=_since(one.from_at),
            who=one.made_by,
            reason=one.reason,
            basis=one.basis,
            changes=_changes(before.weights, one.weights) if before else (),
            in_force=place == 0,
        )
        for place, (one, before) in enumerate(zip(versions, befores, strict=True))
    )


def _title(version: Version) -> str:
    if version.number == 0:
        return version.name
    again = "" if version.restores is None else f", brings back version {version.restores}"
    return f"Version {version.number}: {version.name}{again}"


def _since(at: datetime | None) -> str:
    return f"{date_words(at)}, {time_words(at)}" if at else ""


def _changes(before: Weights, after: Weights) -> tuple[str, ...]:
    return tuple(
        f"{WORDS[name].label}: {getattr(before, name):,} → {getattr(after, name):,}"
        for name in changed_names(before, after)
    )


def preview_words(
    found: Preview, *, before: Weights, after: Weights, now: datetime
) -> PreviewWords:
    """The counts and the examples, without names."""
    which = "open cases" if found.are_open else "decisions of the last 7 days"
    says = f"Looked at: the {found.looked_at} most pressing {which}."
    if not found.looked_at:
        says = "No case is open and no decision of the last 7 days is on record."
    elif not found.are_open:
        says = f"No case is open. Looked at: {found.looked_at} {which}."
    heading = (
        f"{found.changed} of {found.looked_at} best places would change"
        if found.changed
        else "No best place would change"
    )
    if found.plan.changed:
        heading = f"{heading}; {found.plan.changed} of {found.plan.looked_at} places of plans would"
    return PreviewWords(
        heading=heading,
        says=says,
        plan=_plan_words(found, before, after),
        examples=tuple(_example(one, before, after, now) for one in found.examples),
        changes=_changes(before, after),
    )


def _plan_words(found: Preview, before: Weights, after: Weights) -> str:
    """What the rebalancer would do otherwise; nothing where it weighs the same."""
    if before.comfort == after.comfort:
        return ""
    looked_at, changed = found.plan.looked_at, found.plan.changed
    if not looked_at:
        return "Plans: nobody waits or may be moved now, so no plan of now would change."
    return (
        f"Plans: of the {looked_at} who wait or may be moved now, {changed}"
        " would be placed elsewhere. A rule of thumb says so; the solver weighs the same numbers."
    )


def _example(one: Example, before: Weights, after: Weights, now: datetime) -> str:
    turn = one.turn
    places = f"{_place(turn.before, now)} → {_place(turn.after, now)}"
    return (
        f"{one.need.label}, {one.urgency.value}: {places},"
        f" because {_because(turn.because, before, after)}"
    )


def _because(name: str, before: Weights, after: Weights) -> str:
    if name in TURNED:
        return TURNED[name]
    short = SHORT.get(name, "what is expected")
    old, new = getattr(before, name), getattr(after, name)
    if old == new:
        return f"{short} is judged by other figures"
    return f"{short} counts {'more' if new > old else 'less'}"


def _place(place: Place, now: datetime) -> str:
    where = "own practice" if place.where is Where.OWN else place.site
    if place.kind is not OptionKind.SLOT or place.starts_at is None:
        return place.kind.label.lower()
    if day_of(place.starts_at) == day_of(now):
        return f"{where} {clock_words(place.starts_at)}"
    return f"{where} {clock_words(place.starts_at)} on {day_words(day_of(place.starts_at))}"


def goal_rows() -> tuple[tuple[str, str], ...]:
    """The strict goals of the rebalancer in their order."""
    return tuple((str(place), LEVEL_WORDS[name]) for place, name in enumerate(LEVELS, start=1))
