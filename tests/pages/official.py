"""The official fixtures of NHS.UK frontend, read as arguments of our own components.

Our components differ from the official macros in three ways only, and this file is the whole of
that difference: names are spelled in Python's way, `html` is a `text` that is marked safe, and
the options NHS.UK itself calls deprecated are read as the options that replaced them.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.safestring import mark_safe

PACKAGES = Path(__file__).parents[2] / ".dev" / "npm" / "node_modules"
COMPONENTS = PACKAGES / "nhsuk-frontend" / "dist" / "nhsuk" / "components"
RENAMED = {
    "for": "for_",
    "error_message": "error",
    "form_group": "group",
    "input_wrapper": "wrapper",
    "error_list": "errors",
    "element": "element_name",
    "exclusive_group": "behaviour_group",
    "textarea_description_text": "description",
}
HTML_ATTRIBUTES = (
    "inputmode",
    "autocomplete",
    "autocapitalize",
    "spellcheck",
    "pattern",
    "placeholder",
)
COUNT_MESSAGES = re.compile(r"(characters|words)_(under|at|over)_limit_text")


@dataclass(frozen=True)
class Fixture:
    """One official example: what it is called, what goes in, what must come out."""

    component: str
    name: str
    arguments: dict[str, Any]
    html: str

    def __str__(self) -> str:
        return f"{self.component}: {self.name}"


def components() -> list[str]:
    """The names of all official components that have fixtures."""
    return sorted(found.parent.name for found in COMPONENTS.glob("*/fixtures.json"))


def fixtures(component: str) -> Iterator[Fixture]:
    """All official examples of one component."""
    read = json.loads((COMPONENTS / component / "fixtures.json").read_text(encoding="utf-8"))
    for one in read["fixtures"]:
        given = arguments(one["context"])
        if block := one.get("callBlock"):
            given["text"] = mark_safe("\n".join(block) if isinstance(block, list) else block)
        yield Fixture(component, one["name"], renewed(component, given), one["html"])


def arguments(options: Mapping[str, Any]) -> dict[str, Any]:
    """Options of a macro as arguments of a function."""
    found: dict[str, Any] = {}
    for key, value in options.items():
        name = snake(key)
        if value is None:
            continue
        name = RENAMED.get(name, name)
        if COUNT_MESSAGES.fullmatch(name):
            spoken = name.removesuffix("_text").replace("_", "-")
            found["messages"] = {**found.get("messages", {}), spoken: value}
        elif name == "attributes":
            found[name] = {**found.get(name, {}), **plain_attributes(value)}
        elif name in HTML_ATTRIBUTES:
            found["attributes"] = {name: plain_attribute(value), **found.get("attributes", {})}
        else:
            found[name] = argument(value)
    if html := found.pop("html", None):
        found |= {"plain_text": found["text"]} if "text" in found else {}
        found["text"] = mark_safe(html)
    if found.pop("exclusive", False):
        found["behaviour"] = "exclusive"
    return found


def argument(value: Any) -> Any:
    """One option, whatever its shape."""
    if isinstance(value, Mapping):
        return arguments(value)
    if isinstance(value, list):
        return [argument(item) for item in value]
    return value


def snake(name: str) -> str:
    """`headingLevel` as `heading_level`."""
    return re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower()


def plain_attributes(given: Mapping[str, Any] | str) -> dict[str, Any]:
    """Attributes in the macros' long form as the values that HTML shows."""
    if isinstance(given, str):
        return {name: mark_safe(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', given)}
    return {name: plain_attribute(value) for name, value in given.items()}


def plain_attribute(value: Any) -> Any:
    """One attribute: optional ones may vanish, the others are always written."""
    if isinstance(value, Mapping):
        if value.get("optional"):
            return value["value"]
        value = value["value"]
    return str(value).lower() if isinstance(value, bool) else value


def renewed(component: str, given: dict[str, Any]) -> dict[str, Any]:
    """Deprecated and renamed options of one component as today's."""
    renew = RENEWALS.get(component)
    return renew(given) if renew else given


def renewed_card(given: dict[str, Any]) -> dict[str, Any]:
    """Words and markup in one heading: our markup stands `after` the words."""
    heading = given.get("heading")
    if isinstance(heading, dict) and "plain_text" in heading:
        heading["after"], heading["text"] = heading["text"], heading.pop("plain_text")
    return given


def renewed_pagination(given: dict[str, Any]) -> dict[str, Any]:
    for side in ("previous", "next"):
        if href := given.pop(f"{side}_url", None):
            given[side] = {"href": href, "label": given.pop(f"{side}_page")}
    return given


def renewed_table(given: dict[str, Any]) -> dict[str, Any]:
    if given.pop("panel", False):
        heading = {"text": given.pop("heading"), "level": given.pop("heading_level")}
        given["card"] = {"variant": "feature", "heading": heading}
    return given


def renewed_tabs(given: dict[str, Any]) -> dict[str, Any]:
    if title := given.pop("visually_hidden_text", None):
        given["title"] = title
    return given


def renewed_error_summary(given: dict[str, Any]) -> dict[str, Any]:
    if described := given.pop("text", None):
        given["description"] = described
    return given


def renewed_character_count(given: dict[str, Any]) -> dict[str, Any]:
    if classes := given.pop("count_message", {}).get("classes"):
        given["message_classes"] = classes
    return given


RENEWALS = {
    "card": renewed_card,
    "character-count": renewed_character_count,
    "error-summary": renewed_error_summary,
    "pagination": renewed_pagination,
    "tables": renewed_table,
    "tabs": renewed_tabs,
}
