"""Every weight and limit in words: what the lists, the queue and the planner go by."""

from collections.abc import Mapping
from dataclasses import dataclass

from appointments.rules.codes import ContactKind
from appointments.rules.rebalancing import LEVELS, comfort
from appointments.rules.safe_working import POINTS, WARN_AT_PERCENT, session_limit
from hubs.rules.scope import SCOPES
from practices.presenters import points_words
from practices.rules.professions import DEFAULTS, STAGES, Default, Profession, Stage
from triage.presenters.proposals import LEVEL_WORDS
from triage.rules.codes import Need
from triage.rules.due import ELAPSED_MINUTES
from triage.rules.need_defaults import NEED_DEFAULTS, Protocol, starting_class
from triage.rules.weight_words import WORDS
from triage.rules.weights import NAMES, Weights


@dataclass(frozen=True, slots=True)
class Section:
    """One table of the rule book."""

    title: str
    says: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def rulebook(protocols: Mapping[Need, Protocol], weights: Weights) -> tuple[Section, ...]:
    """The rules in force: the hub's released protocols, the network's weights and the rest."""
    return (
        _points(),
        _limits(),
        _classes(),
        _needs(protocols),
        _weights(weights),
        _scopes(),
        _goals(),
        _comfort(),
    )


def _points() -> Section:
    rows = tuple((kind.label, points_words(POINTS[kind])) for kind in ContactKind)
    return Section(
        "What a contact counts",
        "Points stand beside the raw number of contacts; whichever is worse gives the level."
        f" From {WARN_AT_PERCENT} % of the limit on, a clinician is near it.",
        ("Contact", "Points"),
        rows,
    )


def _limits() -> Section:
    rows = tuple(
        (name, points_words(start.limit), points_words(session_limit(start.limit)), str(minutes))
        for name, start in _starting_points()
        for minutes in [start.slot_minutes]
    )
    return Section(
        "The safe working limit of a day, where nobody has set another",
        "25 contacts is the number of the British Medical Association. A network, a practice or a"
        " person may set another, dated and with a basis: the most specific one holds.",
        ("Profession", "Points a day", "Points a session", "Minutes a patient"),
        rows,
    )


def _starting_points() -> list[tuple[str, Default]]:
    """Each profession, and registrars by stage below theirs."""
    found = [(who.label, DEFAULTS[who]) for who in Profession]
    place = 1 + list(Profession).index(Profession.REGISTRAR)
    stages = [(f"GP registrar, {stage.label}", STAGES[stage]) for stage in Stage]
    return [*found[:place], *stages, *found[place:]]


def _classes() -> Section:
    rows = tuple(
        (f"{urgency.value} {urgency.label}", f"{minutes} minutes")
        for urgency, minutes in ELAPSED_MINUTES.items()
    )
    return Section(
        "How soon",
        "P0 to P4 run on the clock and no later than the day's close; P5 and P6 are answered by the"
        " end of the next core hours. Waiting never lowers a case's place.",
        ("Class", "First contact within"),
        rows,
    )


def _needs(protocols: Mapping[Need, Protocol]) -> Section:
    rows = tuple(
        (
            need.label,
            starting_class(need).value,
            points_words(POINTS[NEED_DEFAULTS[need].kind]),
            protocols[need].for_whom() if need in protocols else "After a clinician has signed",
        )
        for need in Need
    )
    return Section(
        "What each need starts as, and whom reception may book",
        "Flags, words and a receptionist only raise the class; only a clinician lowers it.",
        ("Need", "Class", "Points", "Reception may book"),
        rows,
    )


def _weights(weights: Weights) -> Section:
    rows = tuple((WORDS[name].label, f"{getattr(weights, name):,}") for name in NAMES)
    return Section(
        "What the list of places goes by",
        "In time first, then the own practice while it has room, then the lowest sum of these.",
        ("Weight", "Now"),
        rows,
    )


def _scopes() -> Section:
    rows = tuple(
        (
            who.label,
            ", ".join(sorted(need.label for need in scope.needs)),
            f"{scope.min_age} or over" if scope.min_age else "Any age",
        )
        for who, scope in SCOPES.items()
    )
    return Section(
        "Who may see what",
        "Checked at every booking and at every move, also the automatic ones.",
        ("Profession", "Needs", "Age"),
        rows,
    )


def _goals() -> Section:
    rows = tuple((str(place), LEVEL_WORDS[name]) for place, name in enumerate(LEVELS, start=1))
    return Section(
        "What the rebalancer aims at",
        "In strict order: one unit of an earlier goal outweighs everything that follows.",
        ("Order", "As few as possible"),
        rows,
    )


def _comfort() -> Section:
    """How urgency counts in a plan; the numbers it multiplies are the network's own."""
    return Section(
        "What decides between plans that are alike in every goal",
        "The rebalancer adds up the weights above that begin with “Plans” and takes the least. No"
        " sum of them outweighs one unit of a goal. A minute until the start counts as often as"
        " the urgency says, and a little more with every hour the case is overdue.",
        ("Class", "A minute counts"),
        tuple((name, f"{weight} times") for name, weight in comfort.URGENCY_WEIGHT.items()),
    )
