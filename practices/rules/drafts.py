"""What a draft may hold: the name of a form and lists of words, small and storable."""

import json

from practices.rules.refusals import BadInput

LONGEST_PLACE = 200
LONGEST = 100_000
MOST_VALUES = 40
# More than any box takes: what is too long is kept, to be said so where it was typed.
LONGEST_VALUE = 12_000
NO_DRAFT = "A draft is an object of lists of words."
TOO_LONG = "This draft is too long to keep."


def read_place(text: str) -> str:
    """The form a draft is of; anything that names none is refused."""
    if not text or len(text) > LONGEST_PLACE or not is_text(text):
        raise BadInput("This draft names no form.", field="place")
    return text


def read_fields(text: str) -> dict[str, list[str]]:
    """The fields as a page's script sends them, lists of words by name; blank is no fields."""
    if len(text) > LONGEST:
        raise BadInput(TOO_LONG, field="fields")
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError) as trouble:
        raise BadInput(NO_DRAFT, field="fields") from trouble
    if not isinstance(found, dict) or not all(_is_words(value) for value in found.values()):
        raise BadInput(NO_DRAFT, field="fields")
    return check_fields(found)


def check_fields(found: dict[str, list[str]]) -> dict[str, list[str]]:
    """The same fields; more or longer ones than any form has, or no text, are refused."""
    values = [*found, *(value for typed in found.values() for value in typed)]
    if len(values) > 2 * MOST_VALUES or any(len(value) > LONGEST_VALUE for value in values):
        raise BadInput(TOO_LONG, field="fields")
    if not all(is_text(value) for value in values):
        raise BadInput(NO_DRAFT, field="fields")
    return found


def is_text(value: str) -> bool:
    """Whether the database takes it: no NUL, and no half of a character."""
    return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)
