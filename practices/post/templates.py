"""Whether the carrier's templates are what our words need: looked at before a release."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from practices.post.notify import Notify
from practices.post.port import NotCarriedError

# Notify keeps no size of print: whoever made the template in large print says so in its name.
LARGE_PRINT = "large print"


@dataclass(frozen=True, slots=True)
class Kind:
    """A template we need: the setting that names it, and what happens without it."""

    setting: str
    type: str
    fields: frozenset[str]
    without: str
    is_large_print: bool = False


KINDS = (
    Kind("NOTIFY_TEMPLATE", "sms", frozenset({"body"}), "no text leaves"),
    Kind("NOTIFY_EMAIL_TEMPLATE", "email", frozenset({"subject", "body"}), "no email leaves"),
    Kind(
        "NOTIFY_LETTER_TEMPLATE",
        "letter",
        frozenset({"body"}),
        "each practice’s desk prints and posts the letters",
    ),
    Kind(
        "NOTIFY_LARGE_PRINT_TEMPLATE",
        "letter",
        frozenset({"body"}),
        "each practice’s desk prints and posts the large-print letters",
        is_large_print=True,
    ),
)


def missing() -> list[str]:
    """The settings that name no template, each with what happens instead."""
    unset = [kind for kind in KINDS if not getattr(settings, kind.setting)]
    return [f"{kind.setting} is not set: {kind.without}." for kind in unset]


def faults(post: Notify) -> list[str]:
    """What is wrong with the templates that are named, as the carrier has them."""
    named = [(kind, getattr(settings, kind.setting)) for kind in KINDS]
    return [fault for kind, found in named if found for fault in _faults(kind, found, post)]


def _faults(kind: Kind, template_id: str, post: Notify) -> Iterator[str]:
    try:
        found = post.template(template_id)
    except NotCarriedError as trouble:
        yield f"{kind.setting} could not be looked at: {trouble}."
        return
    if found["type"] != kind.type:
        yield f"{kind.setting} is a template of type {found['type']}, not {kind.type}."
    asked = set(found["personalisation"] or {})
    asked = {name for name in asked if not name.startswith("address_line_")}
    if asked != kind.fields:
        yield f"{kind.setting} asks for {_named(asked)}, and must ask for {_named(kind.fields)}."
    if kind.is_large_print and LARGE_PRINT not in found["name"].lower():
        yield f"{kind.setting} is not called “{LARGE_PRINT}”: “{found['name']}”."


def _named(fields: set[str] | frozenset[str]) -> str:
    return ", ".join(f"(({name}))" for name in sorted(fields)) or "nothing"
