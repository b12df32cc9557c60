"""The few pieces of HTML grammar that every component is made of."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

Attributes = Mapping[str, Any]
EMPTY: Attributes = MappingProxyType({})
Part = str | Mapping[str, Any] | None
"""A piece of a component: its words, or the arguments of the component it is made with."""

NOTHING = mark_safe("")
VOID = frozenset({"hr", "img", "input"})


def element(tag: str, attributes: Attributes, *children: str) -> SafeString:
    """One element; children are escaped unless they are SafeStrings."""
    opening = format_html("<{}{}>", mark_safe(tag), attribute_pairs(attributes))  # noqa: S308 our own tag names
    if tag in VOID:
        return opening
    return join([opening, *children, format_html("</{}>", mark_safe(tag))])  # noqa: S308 as above


def attribute_pairs(attributes: Attributes) -> SafeString:
    """` name="value"` for each; None and False leave it out, True gives its name alone."""
    pairs = [
        format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)
        for name, value in attributes.items()
        if value is not None and value is not False
    ]
    return join(pairs)


def join(pieces: Iterable[str]) -> SafeString:
    """All the pieces in a row, each escaped unless it is a SafeString."""
    return mark_safe("".join(conditional_escape(piece) for piece in pieces))  # noqa: S308 each piece is escaped here


def class_names(*names: str) -> str:
    """The names that are not empty, as one class attribute."""
    return " ".join(name for name in names if name)


def modifier(prefix: str, chosen: object, allowed: Iterable[str], classes: str = "") -> str:
    """`prefix` with the chosen variant, unless `classes` already names one of the allowed ones."""
    family = [f"{prefix}{name}" for name in allowed]
    wanted = f"{prefix}{chosen}"
    if wanted not in family or any(name in classes for name in family):
        return ""
    return wanted


def flag(name: str, *, on: bool | None, classes: str = "") -> str:
    """The class `name` when it is on and `classes` does not bring it already."""
    return name if on and name not in classes else ""


def part(given: Part) -> dict[str, Any]:
    """The arguments of a piece, whether it was given as words or as arguments."""
    if isinstance(given, Mapping):
        return dict(given)
    return {"text": given} if given else {}


def has_words(given: Part) -> bool:
    """Whether the piece says anything."""
    return bool(part(given).get("text"))


def hidden(words: str) -> SafeString:
    """Words that only a screen reader speaks."""
    return element("span", {"class": "nhsuk-u-visually-hidden"}, words)


def true_or_false(said: bool | None) -> str | None:  # noqa: FBT001  (a word for a value)
    """The word for a data attribute, or nothing when nothing was said."""
    return None if said is None else str(said).lower()


def is_html(words: str) -> bool:
    """Whether the words are markup already. Django marks a template's own plain words safe too."""
    return isinstance(words, SafeString) and "<" in words
