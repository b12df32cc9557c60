"""One box for everything a caller says of themselves: names, a birthday, numbers, a reference."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from practices.rules import nhs_number
from practices.rules.person_names import OLDEST_YEARS, parse_born_on
from practices.rules.refusals import BadInput

FIELD = "sought"
LONGEST = 100
# References have no vowels, so that they are no names; I and O are what 1 and 0 look like.
_LETTER = "[0-9B-DF-TV-Z]"
_REFERENCE = re.compile(
    rf"\bHR[\s-]*{_LETTER}{{4}}[\s-]*{_LETTER}{{4}}[\s-]*{_LETTER}{{2}}\b", re.IGNORECASE
)
# The beginning of a reference, or one with a letter that is none of ours.
_PART = re.compile(r"^HR(?:-|\s*(?=\w*\d))[\w\s-]*$", re.IGNORECASE)
_NAME = re.compile(r"(?<!\w)[^\W\d_]{2,}(?!\w)")
_PHONE = re.compile(r"0\d{10}|\+?44\d{10}")
# So few numbers are a part of a birthday, or of an NHS number.
_FEW, _SHORT = 5, 8
_LIKE = ", like 27 3 1980"
_MONTH = r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_BIRTHDAY = re.compile(
    rf"(?<!\d)(?:\d{{4}}-\d{{1,2}}-\d{{1,2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[\s./,-]+(?:\d{{1,2}}|(?:{_MONTH})[a-z]*)[\s./,-]+\d{{1,4}})(?!\d)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
# What callers and colleagues write before a birthday or a year.
_BORN = re.compile(r"(?<!\w)(?:born(?: in)?|b\.|d\.?o\.?b\.?)(?=[\s:.]*\d)[\s:.]*", re.IGNORECASE)
# Signs of a program or an address, never of a name, a date or a number.
_NO_NAME = re.compile(r"[<>{}\[\]=;$|\\@%*\"“”]")
_NUMBER = re.compile(r"\d[\d\s-]*")


@dataclass(frozen=True, slots=True)
class Sought:
    """What was typed, taken apart. `words` are parts of names; `born_in` a year alone."""

    words: str = ""
    born_on: date | None = None
    born_in: int | None = None
    nhs_number: str | None = None
    reference: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether one hit is surely the person meant, so that it may open by itself."""
        return self.nhs_number is not None or (self.born_on is not None and bool(self.words))


def read_search(text: str, *, today: date, training: bool) -> Sought:
    """The parts of what was typed, in any order, or `BadInput` with the sentence to show."""
    # What is far too long is not looked at letter by letter.
    rest = text if len(text) > 10 * LONGEST else _visible(text)
    if not rest:
        words = "Enter a name, a date of birth or an NHS number"
        raise BadInput(words, field=FIELD)
    if len(rest) > LONGEST:
        words = f"Enter {LONGEST} characters or fewer. You entered {len(rest)}"
        raise BadInput(words, field=FIELD)
    if found := _REFERENCE.search(rest):
        return Sought(reference=spelled(found.group()))
    if _PART.search(rest):
        words = "Enter the whole case reference, like HR-7K3M-9QXT-2C, or a name"
        raise BadInput(words, field=FIELD)
    if (sign := _NO_NAME.search(rest)) is not None:
        words = f"Enter a name without “{sign.group()}”, a date of birth or an NHS number"
        raise BadInput(words, field=FIELD)
    rest = _BORN.sub("", rest)
    if _is_number(rest):
        return Sought(nhs_number=_nhs_number(rest, training=training))
    rest, birthday = _taken_out(_BIRTHDAY, rest)
    born_on = parse_born_on(_ORDINAL.sub("", birthday), today=today) if birthday else None
    rest, year = (rest, "") if birthday else _taken_out(_YEAR, rest)
    born_in = _year(year, today=today) if year else None
    rest, number = _taken_out(_NUMBER, rest)
    if number and len(nhs_number.plain(number)) <= _FEW and _NAME.search(rest):
        words = "Enter the year of birth in 4 numbers, like 1980, or the whole date of birth"
        raise BadInput(words, field=FIELD)
    digits = _nhs_number(number, training=training) if number else None
    words = " ".join(rest.split())
    _check_enough(words, has_more=bool(born_on or born_in or digits))
    return Sought(words=words, born_on=born_on, born_in=born_in, nhs_number=digits)


def _visible(text: str) -> str:
    """The text without marks that nobody typed on purpose; full-width digits are digits."""
    normal = unicodedata.normalize("NFKC", text)
    kept = (" " if unicodedata.category(letter) == "Zs" else letter for letter in normal)
    return "".join(
        letter for letter in kept if letter == " " or unicodedata.category(letter)[0] != "C"
    ).strip()


def _is_number(text: str) -> bool:
    """Whether it can only be meant as an NHS number: right, too short, or of another kind."""
    digits = nhs_number.plain(text)
    letters = sum(letter.isalpha() for letter in digits)
    numerals = sum(letter.isdigit() for letter in digits)
    spoken = any(mark in text for mark in "/.,") or _BIRTHDAY.fullmatch(text) is not None
    if numerals >= nhs_number.LENGTH and _NAME.search(text):
        return False
    if numerals == nhs_number.LENGTH and not letters and "/" not in text:
        return True
    return not spoken and numerals >= 6 and letters <= 3 and len(digits) >= 9


def _nhs_number(text: str, *, training: bool) -> str:
    """The NHS number, or the sentence for the other numbers that callers give."""
    digits = nhs_number.plain(text)
    if _PHONE.fullmatch(digits):
        words = "This is a phone number. Enter a name, a date of birth or an NHS number"
        raise BadInput(words, field=FIELD)
    if digits.isdecimal() and len(digits) <= _SHORT:
        words = f"Enter the whole date of birth{_LIKE}, or all 10 numbers of the NHS number"
        raise BadInput(words, field=FIELD)
    return nhs_number.parse(text, training=training)


def _taken_out(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """The text without the first part that fits, and that part."""
    found = pattern.search(text)
    if found is None:
        return text, ""
    return f"{text[: found.start()]} {text[found.end() :]}".strip(), found.group().strip()


def _year(typed: str, *, today: date) -> int:
    year = int(typed)
    if year > today.year:
        raise BadInput("Year of birth must be in the past", field=FIELD)
    if year < today.year - OLDEST_YEARS:
        raise BadInput(f"Year must be {today.year - OLDEST_YEARS} or later", field=FIELD)
    return year


def spelled(reference: str) -> str:
    """A reference as it is kept, however it was typed: "HR-7K3M-9QXT-2C"."""
    letters = re.sub(r"[\s-]", "", reference.upper())
    return f"{letters[:2]}-{letters[2:6]}-{letters[6:10]}-{letters[10:]}"


def _check_enough(words: str, *, has_more: bool) -> None:
    if has_more:
        return
    if sum(letter.isalpha() for letter in words) < 2:
        raise BadInput("Enter at least 2 letters of the name", field=FIELD)
