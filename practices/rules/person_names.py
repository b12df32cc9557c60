"""Names and dates of birth: kept exactly as given, found however they are typed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from practices.rules.refusals import BadInput

LONGEST_NAME = 50
OLDEST_YEARS = 120
BORN_FIELD = "born_on"

_APOSTROPHES = re.compile(r"['’‘ʼ´`′]")
_NOT_WORDS = re.compile(r"[^\w]+|_")
# Letters that Unicode does not take apart into a plain letter and a mark.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_DIGITS = 4
# What stands before a family name, joined to it or apart.
_PARTICLES = ("o", "d", "mc", "mac", "de", "la", "van", "el", "al", "st")


def fold(name: str) -> str:
    """The name for searching: accents, case and apostrophes do not count; hyphens are spaces."""
    plain = _without_marks(_without_marks(name).casefold())
    letters = _APOSTROPHES.sub("", plain).translate(_PLAIN)
    return " ".join(_NOT_WORDS.sub(" ", letters).split())


def spellings(name: str) -> tuple[tuple[str, ...], ...]:
    """The folded words as typed, and with each "O", "Mc" or "de" joined to its name or apart.

    "o neil" is O'Neil, and "mcdonald" may stand on the list as Mc Donald.
    """
    words = tuple(fold(name).split())
    found = [words]
    for place, word in enumerate(words):
        before, after = words[:place], words[place + 1 :]
        if word in _PARTICLES and after:
            found.append((*before, word + after[0], *after[1:]))
        found += [
            (*before, f"{first} {word.removeprefix(first)}", *after)
            for first in _PARTICLES
            if word.startswith(first) and len(word) > len(first) + 2
        ]
    return tuple(found)


def sort_name(family_name: str, given_name: str) -> str:
    """What lists are ordered and searched by: family name first, folded."""
    return f"{fold(family_name)} {fold(given_name)}".strip()


def check_name(name: str, *, label: str, field: str) -> str:
    """The name as given without outer spaces; blank or over 50 characters is refused."""
    kept = name.strip()
    if not kept:
        raise BadInput(f"Enter the {label.lower()}", field=field)
    if len(kept) > LONGEST_NAME:
        raise BadInput(f"{label} must be {LONGEST_NAME} characters or fewer", field=field)
    return kept


def age_on(born_on: date, day: date) -> int:
    """Whole years of age; who was born on 29 February is older on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def parse_born_on(text: str, *, today: date) -> date:
    """The date of birth in any British way of writing it, or `BadInput` with the sentence."""
    day, month, year = _parts(text)
    if len(year) != _YEAR_DIGITS:
        raise BadInput("Year must include 4 numbers", field=BORN_FIELD)
    try:
        born_on = date(int(year), _month(month), int(day))
    except (ValueError, OverflowError):
        raise BadInput("Date must be a real date", field=BORN_FIELD) from None
    if born_on > today:
        raise BadInput("Date of birth must be in the past", field=BORN_FIELD)
    first_year = today.year - OLDEST_YEARS
    if born_on.year < first_year:
        raise BadInput(f"Year must be {first_year} or later", field=BORN_FIELD)
    return born_on


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _parts(text: str) -> tuple[str, str, str]:
    """Day, month and year as typed; a leading four-digit year is read as ISO."""
    words = [word for word in _NOT_WORDS.split(unicodedata.normalize("NFKC", text)) if word]
    if not words:
        raise BadInput("Enter the date of birth", field=BORN_FIELD)
    if len(words) != 3:
        raise BadInput("Date of birth must include a day, month and year", field=BORN_FIELD)
    first, month, last = words
    if len(first) == _YEAR_DIGITS and first.isdigit():
        first, last = last, first
    if not (first.isdecimal() and last.isdecimal()):
        raise BadInput("Date must be a real date", field=BORN_FIELD)
    return first, month, last


def _month(word: str) -> int:
    """The number of a month given as 3, 03, Mar or March; otherwise `ValueError`."""
    if word.isdecimal():
        return int(word)
    return _MONTHS.index(word.casefold()[:3]) + 1 if word.isalpha() else 0
