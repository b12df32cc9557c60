"""Pharmacy First as entries: how the line of a need is kept, and what it has to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from triage.rules.codes import Need, Sex
from triage.rules.need_defaults import OLDEST
from triage.rules.pharmacy_first import PHARMACY_FIRST, Criterion

LONGEST_QUESTION, MOST_QUESTIONS = 60, 12
SEXES = (Sex.FEMALE, Sex.MALE)


def entry_of_line(need: Need, line: Criterion) -> dict[str, object]:
    """The line of a need as it is kept."""
    return {
        "code": need.value,
        "min_age": line.min_age,
        "max_age": line.max_age,
        "sex": line.sex.value if line.sex else "",
        "excludes": list(line.excludes),
    }


def line_of_entry(entry: Mapping[str, Any]) -> Criterion:
    """The line that was kept."""
    return Criterion(
        min_age=int(entry["min_age"]),
        max_age=int(entry["max_age"]),
        sex=Sex(entry["sex"]) if entry["sex"] else None,
        excludes=tuple(str(one) for one in entry["excludes"]),
    )


USUAL_ENTRIES: tuple[dict[str, object], ...] = tuple(
    entry_of_line(need, line) for need, line in PHARMACY_FIRST.items()
)


def lines_of(entries: Sequence[Mapping[str, Any]]) -> dict[Need, Criterion]:
    """The lines that were kept, by need."""
    return {Need(one["code"]): line_of_entry(one) for one in entries}


def faults_of(entry: Mapping[str, Any]) -> dict[str, str]:
    """By field: what has to be mended before a pharmacy is offered by this line."""
    found: dict[str, str] = {}
    for name in ("min_age", "max_age"):
        if not 0 <= entry[name] <= OLDEST:
            found[name] = f"Enter an age from 0 to {OLDEST}"
    if not found and entry["min_age"] > entry["max_age"]:
        found["max_age"] = "The oldest must not be younger than the youngest"
    if entry["sex"] not in ("", *SEXES):
        found["sex"] = "Choose for whom it is"
    if text := _questions_fault(entry["excludes"]):
        found["excludes"] = text
    return found


def _questions_fault(excludes: Sequence[str]) -> str:
    if len(excludes) > MOST_QUESTIONS:
        return f"Write {MOST_QUESTIONS} lines or fewer: each is asked on the phone"
    for one in excludes:
        if len(one) > LONGEST_QUESTION:
            return f"“{one[:20]}…” is longer than {LONGEST_QUESTION} characters"
        if not any(map(str.isalpha, one)):
            return f"“{one}” says nothing that could be asked"
    return ""


def for_whom(line: Criterion) -> str:
    """ "Women aged 16 to 64", "anyone aged 5 or over"."""
    who = {Sex.FEMALE: "Women", Sex.MALE: "Men"}.get(line.sex or Sex.UNKNOWN, "Anyone")
    if line.max_age < OLDEST:
        return f"{who} aged {line.min_age} to {line.max_age}"
    return f"{who} aged {line.min_age} or over" if line.min_age else f"{who} of any age"
