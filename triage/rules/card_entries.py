"""The red-flag card as entries: how a flag is kept, and what a flag has to be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from triage.rules.codes import Sex, Urgency
from triage.rules.need_defaults import OLDEST
from triage.rules.red_flag_list import RED_FLAGS, Endpoint, RedFlag
from triage.rules.red_flags import Card, fold

LONGEST_QUESTION, LONGEST_SAY, LONGEST_PHRASE = 65, 200, 60
MOST_PHRASES = 60
# Fewer letters before a star would find the phrase in nearly every sentence.
FEWEST_LETTERS = 3
CLASSES = (Urgency.P0, Urgency.P1)
_WORD = re.compile(r"[a-z0-9]+\*?")


def entry_of_flag(flag: RedFlag) -> dict[str, object]:
    """The flag as it is kept."""
    return {
        "code": flag.code,
        "question": flag.question,
        "endpoint": flag.endpoint.value,
        "say": flag.say,
        "urgency": flag.urgency.value,
        "phrases": list(flag.phrases),
        "is_first": flag.is_first,
        "has_left": flag.has_left,
        "min_age": flag.min_age,
        "max_age": flag.max_age,
        "sex": flag.sex.value if flag.sex else "",
    }


def flag_of_entry(entry: Mapping[str, Any]) -> RedFlag:
    """The flag that was kept; before anybody could say of whom, it was asked of everybody."""
    sex = entry.get("sex", "")
    return RedFlag(
        code=str(entry["code"]),
        question=str(entry["question"]),
        endpoint=Endpoint(entry["endpoint"]),
        phrases=tuple(str(phrase) for phrase in entry["phrases"]),
        is_first=bool(entry["is_first"]),
        own_words=str(entry["say"]),
        urgency=Urgency(entry["urgency"]),
        has_left=bool(entry["has_left"]),
        min_age=int(entry.get("min_age", 0)),
        max_age=int(entry.get("max_age", OLDEST)),
        sex=Sex(sex) if sex else None,
    )


USUAL_ENTRIES: tuple[dict[str, object], ...] = tuple(entry_of_flag(flag) for flag in RED_FLAGS)


def card_of(entries: Sequence[Mapping[str, Any]], *, version: int, row_id: int) -> Card:
    """The version that was kept."""
    return Card(tuple(flag_of_entry(one) for one in entries), version=version, id=row_id)


def new_code(question: str, taken: Sequence[str]) -> str:
    """A name for a new flag, out of its question; never one that was used before."""
    stem = "_".join(fold(question))[:32] or "flag"
    if stem not in taken:
        return stem
    return next(name for n in range(2, 1000) if (name := f"{stem}_{n}") not in taken)


def faults_of(flag: RedFlag, card: Card) -> dict[str, str]:
    """By field: what has to be mended before the flag may stand on the card."""
    found = {
        "question": _question_fault(flag, card),
        "say": _say_fault(flag),
        "phrases": _phrases_fault(flag.phrases),
        "urgency": "" if flag.urgency in CLASSES else "Choose P0 or P1: a red flag is never later",
        "has_left": _leaving_fault(flag, card),
        **_age_faults(flag, card),
    }
    return {name: text for name, text in found.items() if text}


def _question_fault(flag: RedFlag, card: Card) -> str:
    if not fold(flag.question):
        return "Enter what is asked"
    if len(flag.question) > LONGEST_QUESTION:
        return f"Write {LONGEST_QUESTION} characters or fewer: it is read while somebody waits"
    same = [one for one in card.asked if fold(one.question) == fold(flag.question)]
    if any(one.code != flag.code for one in same):
        return "The card asks this already"
    return ""


def _say_fault(flag: RedFlag) -> str:
    said = fold(flag.own_words)
    if not said:
        return "Enter the words to read aloud"
    if len(flag.own_words) > LONGEST_SAY:
        return f"Write {LONGEST_SAY} characters or fewer"
    if flag.endpoint is Endpoint.AMBULANCE and "999" not in said:
        return "Say “999”: this flag leads to an ambulance"
    return ""


def _phrases_fault(phrases: Sequence[str]) -> str:
    if len(phrases) > MOST_PHRASES:
        return f"Write {MOST_PHRASES} lines or fewer"
    for phrase in phrases:
        words = phrase.split()
        if len(phrase) > LONGEST_PHRASE:
            return f"“{phrase[:20]}…” is longer than {LONGEST_PHRASE} characters"
        if not all(_WORD.fullmatch(word) for word in words):
            return f"“{phrase}”: use small letters and numbers, with a star only at a word’s end"
        if any(word.endswith("*") and len(word) <= FEWEST_LETTERS for word in words):
            return f"“{phrase}”: write at least {FEWEST_LETTERS} letters before a star"
    return ""


def _age_faults(flag: RedFlag, card: Card) -> dict[str, str]:
    if not 0 <= flag.min_age <= OLDEST:
        return {"min_age": f"Enter an age from 0 to {OLDEST}"}
    if not 0 <= flag.max_age <= OLDEST:
        return {"max_age": f"Enter an age from 0 to {OLDEST}"}
    if flag.min_age > flag.max_age:
        return {"max_age": "The oldest must not be younger than the youngest"}
    others = any(one.is_of_everybody for one in card.asked if one.code != flag.code)
    if not (others or flag.has_left or flag.is_of_everybody):
        return {"sex": "At least one question has to be asked of everybody"}
    return {}


def _leaving_fault(flag: RedFlag, card: Card) -> str:
    stays = any(one.is_of_everybody for one in card.asked if one.code != flag.code)
    return (
        "The last question of everybody cannot leave the card"
        if flag.has_left and not stays
        else ""
    )
