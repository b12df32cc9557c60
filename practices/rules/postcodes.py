"""Postcodes as people type them."""

from __future__ import annotations

import re
import unicodedata

from practices.rules.refusals import BadInput

FIELD = "postcode"
# The shapes Royal Mail gives out; ZZ99 3VZ is the NHS's own for "no fixed address".
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][ABD-HJLNP-UW-Z]{2})")


def parse_postcode(text: str) -> str:
    """The postcode in capitals with one space, or `BadInput` with the sentence to show."""
    normal = unicodedata.normalize("NFKC", text).upper()
    found = _POSTCODE.fullmatch("".join(letter for letter in normal if letter.isalnum()))
    if found is None:
        raise BadInput("Enter a full UK postcode, like SW1A 1AA", field=FIELD)
    return f"{found[1]} {found[2]}"
