"""What a drawback costs, what is kept for others, what plans go by: the lead's own numbers.

A late place needs no weight: it stands behind everything in time, whatever it costs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace

from appointments.rules.rebalancing import ComfortWeights
from triage.rules.weight_words import WORDS

USUAL_COMFORT = ComfortWeights()


@dataclass(frozen=True, slots=True)
class Weights:
    """The numbers the list of places goes by; published, the same for everybody.

    The defaults switch off what a network has to know its own figures for: prices, the part of
    the share that is used up, another day for planned cases, and places kept for the urgent.
    """

    continuity_amber: int = 5000
    continuity_red: int = 100_000
    over_limit: int = 2000
    borrowed: int = 200
    travel_minute: int = 10
    scarcity: int = 30
    wait_minute: int = 1
    late_minute: int = 10
    share_used: int = 0
    gp_only: int = 0
    urgent_expected: int = 0
    another_day: int = 0
    kept_percent: int = 0
    # A day of a hub for 40,000 patients: 258 requests, of them 26 % P1-P3 and 44 % P4; a tenth
    # of all only for a GP (rebalancing design, A).
    urgent_a_day: int = 67
    same_day_a_day: int = 114
    gp_only_a_day: int = 26
    plan_late_minute: int = USUAL_COMFORT.late_minute
    plan_no_place_hours: int = USUAL_COMFORT.no_place_hours
    plan_disturbed: int = USUAL_COMFORT.disturbed
    plan_scarce_skill: int = USUAL_COMFORT.scarce_skill
    plan_travel_minute: int = USUAL_COMFORT.travel_minute
    plan_start_minute: int = USUAL_COMFORT.start_minute

    @property
    def comfort(self) -> ComfortWeights:
        """What the rebalancer weighs once its goals are settled."""
        return ComfortWeights(
            late_minute=self.plan_late_minute,
            no_place_hours=self.plan_no_place_hours,
            disturbed=self.plan_disturbed,
            scarce_skill=self.plan_scarce_skill,
            travel_minute=self.plan_travel_minute,
            start_minute=self.plan_start_minute,
        )

    @property
    def looks_ahead(self) -> bool:
        """Whether who may still ask today makes any difference."""
        return bool(self.gp_only or self.urgent_expected or self.kept_percent)


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Span:
    """The least and the most that may be set."""

    least: int
    most: int


# Waiting always costs something, so that of two like places the sooner one stands first.
SPANS: Mapping[str, Span] = {
    "continuity_amber": Span(0, 50_000),
    "continuity_red": Span(10_000, 1_000_000),
    "over_limit": Span(0, 50_000),
    "borrowed": Span(0, 50_000),
    "travel_minute": Span(0, 1000),
    "scarcity": Span(0, 1000),
    "wait_minute": Span(1, 100),
    "late_minute": Span(0, 10_000),
    "share_used": Span(0, 1000),
    "gp_only": Span(0, 1000),
    "urgent_expected": Span(0, 1000),
    "another_day": Span(0, 100_000),
    "kept_percent": Span(0, 99),
    "urgent_a_day": Span(0, 300),
    "same_day_a_day": Span(0, 300),
    "gp_only_a_day": Span(0, 300),
    # The rebalancer's: lateness stays first by far; `_faults_between` keeps people from moves.
    "plan_late_minute": Span(1000, 20_000),
    "plan_no_place_hours": Span(1, 24),
    "plan_disturbed": Span(8000, 100_000),
    "plan_scarce_skill": Span(0, 1000),
    "plan_travel_minute": Span(0, 200),
    "plan_start_minute": Span(1, 10),
}
NAMES = tuple(field.name for field in fields(Weights))


def faults(values: Mapping[str, object]) -> dict[str, str]:
    """What cannot be put in force, by the weight it is about; empty where all is well."""
    found = {name: "This weight is not known" for name in values if name not in SPANS}
    for name, span in SPANS.items():
        value = values.get(name)
        if type(value) is not int or not span.least <= value <= span.most:
            found[name] = span_sentence(name)
    return found or _faults_between({name: _whole(values, name) for name in SPANS})


def _faults_between(values: Mapping[str, int]) -> dict[str, str]:
    """What cannot stand beside another weight, though each is within its own span."""
    found = {}
    if values["continuity_red"] < values["continuity_amber"]:
        found["continuity_red"] = (
            "“Only they will do” must cost at least as much as “where that matters”"
        )
    # A P1 nearly due counts 6.6 for a minute: moving somebody is dearer than 20 hours of it.
    each = USUAL_COMFORT.disturbed // USUAL_COMFORT.start_minute
    if values["plan_disturbed"] < (least := each * values["plan_start_minute"]):
        found["plan_disturbed"] = (
            f"{WORDS['plan_disturbed'].label}: enter {least:,} or more, which is {each:,} times"
            f" “{WORDS['plan_start_minute'].label}”"
        )
    return found


def span_sentence(name: str) -> str:
    """What to type for a weight, so that it is understood away from its field too."""
    span = SPANS[name]
    return f"{WORDS[name].label}: enter a whole number from {span.least:,} to {span.most:,}"


def _whole(values: Mapping[str, object], name: str) -> int:
    value = values[name]
    assert isinstance(value, int)
    return value


def weights_of(values: Mapping[str, int]) -> Weights:
    """The kept numbers as weights; one that was not there yet when they were kept is usual."""
    return replace(WEIGHTS, **{name: values[name] for name in NAMES if name in values})


def values_of(weights: Weights) -> dict[str, int]:
    """The weights as they are kept."""
    return asdict(weights)


def changed_names(before: Weights, after: Weights) -> tuple[str, ...]:
    """The weights that differ, in their order on the page."""
    return tuple(name for name in NAMES if getattr(before, name) != getattr(after, name))
