"""Lists that ended early in a network, in words, with small counts hidden."""

from collections.abc import Sequence

from networks.queries.lists_ended import EndedList
from networks.rules.suppression import shown
from practices.presenters import time_words

HEAD: tuple[object, ...] = (
    "Where",
    "What happened",
    "Patients",
    "New appointment",
    "To the duty clinician",
    "Still without a place",
)


def rows(found: Sequence[EndedList]) -> list[list[object]]:
    """A row a list: which clinician left and who was moved is the practice's or the hub's."""
    return [
        [one.place, _state(one), *(str(shown(count)) for count in _counts(one))] for one in found
    ]


def _counts(one: EndedList) -> tuple[int, ...]:
    return one.patients, one.placed, one.duty, one.without_place


def _state(one: EndedList) -> str:
    said = f"Ended at {time_words(one.said_at)}"
    if one.taken_back_at is not None:
        return f"{said}, undone at {time_words(one.taken_back_at)}"
    return f"{said}: {'places were looked for' if one.is_settled else 'places are looked for'}"
