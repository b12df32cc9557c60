"""NHS numbers as people type them, and the sentences for those that are wrong."""

from __future__ import annotations

import re
import unicodedata

from nhs_number.constants import REGION_ENGLAND_WALES_IOM, REGION_SYNTHETIC
from nhs_number.validate import is_valid

from practices.rules.refusals import BadInput

LENGTH = 10
FIELD = "nhs_number"
_NATIONAL_INSURANCE = re.compile(r"[A-Z]{2}[0-9]{6}[A-D]?")


def plain(text: str) -> str:
    """What was typed without spaces, dashes or invisible marks, full-width digits as digits."""
    normal = unicodedata.normalize("NFKC", text)
    return "".join(
        letter
        for letter in normal
        if not letter.isspace() and unicodedata.category(letter) not in {"Pd", "Cf", "Cc"}
    )


def parse(text: str, *, training: bool) -> str:
    """The ten digits of a valid NHS number, or `BadInput` with the sentence to show.

    Test numbers (the range that is never issued) are accepted in training only.
    """
    digits = plain(text)
    if not digits:
        raise BadInput("Enter the NHS number", field=FIELD)
    if _NATIONAL_INSURANCE.fullmatch(digits.upper()):
        raise BadInput("This is a National Insurance number. Enter an NHS number", field=FIELD)
    if not (digits.isascii() and digits.isdigit()):
        raise BadInput("NHS number must only include numbers", field=FIELD)
    if len(digits) != LENGTH:
        raise BadInput(f"NHS number must be 10 digits. You entered {len(digits)}", field=FIELD)
    if is_valid(digits, for_region=REGION_SYNTHETIC):
        if training:
            return digits
        raise BadInput("This is a test number, not a patient's. Check each digit", field=FIELD)
    if not is_valid(digits, for_region=REGION_ENGLAND_WALES_IOM):
        words = f"{spaced(digits)} is not a valid NHS number. Check each digit"
        raise BadInput(words, field=FIELD)
    return digits


def spaced(digits: str) -> str:
    """The number as people read it: 943 476 5919."""
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
