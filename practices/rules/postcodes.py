"""Postcodes as people type them."""

from __future__ import annotations

import re
import unicodedata

from practices.rules.refusals import BadInput

FIELD = "postcode"
# The shapes Royal Mail gives out.
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][ABD-HJLNP-UW-Z]{2})")

# What the longest message of an appointment leaves of two parts of a text.
LONGEST_PLACE = 140
# The NHS's own, with a letter that Royal Mail never uses.
NO_FIXED_ADDRESS = "ZZ99 3VZ"


def parse_postcode(text: str) -> str:
    """The postcode in capitals with one space, or `BadInput` with the sentence to show."""
    normal = unicodedata.normalize("NFKC", text).upper()
    letters = "".join(letter for letter in normal if letter.isalnum())
    if letters == NO_FIXED_ADDRESS.replace(" ", ""):
        return NO_FIXED_ADDRESS
    found = _POSTCODE.fullmatch(letters)
    if found is None:
        raise BadInput("Enter a full UK postcode, like SW1A 1AA", field=FIELD)
    return f"{found[1]} {found[2]}"


def site_words(name: str, address: str, postcode: str) -> str:
    """Where somebody is to go, as far as a text of two parts has room: the postcode always."""
    whole = ", ".join(filter(None, [name, address, postcode]))
    return whole if len(whole) <= LONGEST_PLACE else ", ".join(filter(None, [name, postcode]))


def where_words(address: str, postcode: str, *, whole: bool = False) -> str:
    """Where somebody lives: the first line, or all that is known of it (safety I31)."""
    if not address and postcode == NO_FIXED_ADDRESS:
        return "No fixed address"
    known = ", ".join(filter(None, [address, postcode]))
    return (known if whole else address or postcode) or "No address given"
