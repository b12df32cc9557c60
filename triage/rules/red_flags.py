"""The red-flag card, and the scan of the patient's own words. Both only ever raise.

A scan hit means "read within five minutes", not a siren. No hit means nothing at all: no screen
may say that there are no flags. Negation does not lower ("no chest pain" is still read).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from practices.rules.refusals import BadInput
from triage.rules.codes import Sex
from triage.rules.red_flag_list import RED_FLAGS, RedFlag

# How many other words may stand among the words of a phrase.
GAP = 3
_APOSTROPHES = re.compile(r"['’‘ʼ´`′]")
# A piece of paper, no seizure.
_FIT_NOTE = re.compile(r"\bfit(?:ness)? notes?\b")
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Card:
    """A version of the card. Version 0 comes with Headroom and is nobody's row."""

    flags: tuple[RedFlag, ...]
    version: int = 0
    id: int | None = None

    @property
    def asked(self) -> tuple[RedFlag, ...]:
        """Every question somebody asks."""
        return tuple(flag for flag in self.flags if not flag.has_left)

    @property
    def first(self) -> tuple[RedFlag, ...]:
        """The questions shown first."""
        return tuple(flag for flag in self.asked if flag.is_first)

    @property
    def more(self) -> tuple[RedFlag, ...]:
        """The questions behind "more"."""
        return tuple(flag for flag in self.asked if not flag.is_first)

    def asked_of(self, age: int, sex: Sex) -> Card:
        """The card for one patient: what is not asked of them is taken all the same if said."""
        flags = tuple(
            flag if flag.is_asked_of(age, sex) else replace(flag, has_left=True)
            for flag in self.flags
        )
        return replace(self, flags=flags)

    def find(self, code: str) -> RedFlag | None:
        """The flag of the code, also one that has left."""
        return next((flag for flag in self.flags if flag.code == code), None)


USUAL = Card(RED_FLAGS)
BY_CODE: dict[str, RedFlag] = {flag.code: flag for flag in RED_FLAGS}


@dataclass(frozen=True, slots=True)
class Hit:
    """A flag found in somebody's words, with the words that did it."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    code: str
    words: tuple[str, ...]
    whole: frozenset[str]

    def found_in(self, said: list[str]) -> str:
        """The stretch of words that holds all of the phrase, or nothing."""
        anchor, *others = self.words
        reach = len(others) + GAP
        for place, word in enumerate(said):
            if not _same(anchor, word):
                continue
            near = range(max(0, place - reach), min(len(said), place + reach + 1))
            spots = [next((i for i in near if _same(w, said[i])), None) for w in others]
            if None not in spots:
                ends = [place, *(spot for spot in spots if spot is not None)]
                return " ".join(said[min(ends) : max(ends) + 1])
        return ""


def _same(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


@lru_cache(maxsize=16)
def _phrases(card: Card) -> tuple[_Phrase, ...]:
    return tuple(
        _phrase(flag.code, phrase.split()) for flag in card.asked for phrase in flag.phrases
    )


def _phrase(code: str, words: list[str]) -> _Phrase:
    return _Phrase(code, tuple(words), frozenset(w for w in words if not w.endswith("*")))


def fold(text: str) -> list[str]:
    """The words of a text without accents, case, apostrophes or punctuation."""
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _WORD.findall(_FIT_NOTE.sub("fitnote", plain.casefold()))


def scan(text: str, card: Card = USUAL) -> tuple[Hit, ...]:
    """Each flag whose words occur, once, in the card's order."""
    said = fold(text)
    there, found = set(said), dict[str, str]()
    for phrase in _phrases(card):
        if phrase.code in found or not phrase.whole <= there:
            continue
        if words := phrase.found_in(said):
            found[phrase.code] = words
    return tuple(Hit(code, words) for code, words in found.items())


def new_questions(before: Card, now: Card) -> tuple[RedFlag, ...]:
    """What is asked now and was not asked, in these words, before."""
    known = {(flag.code, flag.question) for flag in before.asked}
    return tuple(flag for flag in now.asked if (flag.code, flag.question) not in known)


def flags_of(codes: Iterable[str], card: Card = USUAL) -> tuple[RedFlag, ...]:
    """The ticked flags in the card's order; an unknown code is refused.

    A flag that left the card while somebody asked is still a flag: nothing is lost that was said.
    """
    wanted = set(codes)
    unknown = sorted(wanted - {flag.code for flag in card.flags})
    if unknown:
        raise BadInput(f"There is no red flag called {unknown[0]}", field="red_flags")
    return tuple(flag for flag in card.flags if flag.code in wanted)
