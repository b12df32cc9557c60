"""Reading one field of a JSON object, or refusing it in a sentence that says where."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from appointments.rules.rebalancing.facts import ROUTINE_POINTS

T = TypeVar("T")

HALF_CONTACT = ROUTINE_POINTS // 2


class InstanceError(ValueError):
    """A sentence that says what is wrong, and where."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence[:1].upper() + sentence[1:])


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object and the name it goes by in refusals."""

    name: str
    values: Mapping[str, Any]

    @classmethod
    def of(cls, name: str, value: object) -> "Fields":
        if not isinstance(value, dict):
            raise InstanceError(f"{name} must be an object with named fields.")
        return cls(name, value)

    def take(self, key: str, read: Callable[[str, object], T]) -> T:
        if key not in self.values:
            raise InstanceError(f"{self.name} has no {key}.")
        return read(f"{key} of {self.name}", self.values[key])

    def take_or(self, key: str, read: Callable[[str, object], T], absent: T) -> T:
        """The field, or `absent` when it is missing or null."""
        return absent if self.values.get(key) is None else self.take(key, read)

    def listed(self, key: str) -> list["Fields"]:
        """The objects of a list, each named by its id or its place."""
        return [
            Fields.of(f"{key} number {number}", value).renamed(key)
            for number, value in enumerate(self.take(key, a_list), start=1)
        ]

    def renamed(self, key: str) -> "Fields":
        known = self.values.get("id")
        return Fields(f"{key.removesuffix('s')} {known}", self.values) if known else self


def a_list(name: str, value: object) -> list[Any]:
    if not isinstance(value, list):
        raise InstanceError(f"{name} must be a list.")
    return value


def a_text(name: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise InstanceError(f"{name} must be text.")
    return value


def texts(name: str, value: object) -> frozenset[str]:
    return frozenset(a_text(f"an entry in {name}", entry) for entry in a_list(name, value))


def a_flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise InstanceError(f"{name} must be true or false.")
    return value


def a_count(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
        raise InstanceError(f"{name} must be a whole number.")
    if value < 0:
        raise InstanceError(f"{name} must not be negative.")
    return int(value)


def points(name: str, value: object) -> int:
    """Tenths of a point; the grid is half a contact."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InstanceError(f"{name} must be a number of points.")
    tenths = value * ROUTINE_POINTS
    if tenths < 0 or tenths % HALF_CONTACT:
        raise InstanceError(f"{name} must be a multiple of 0.5 and not negative.")
    return int(tenths)


def a_limit(name: str, value: object) -> int | None:
    """Tenths of a point; null where no limit is set."""
    return None if value is None else points(name, value)


def an_instant(name: str, value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(a_text(name, value))
    except ValueError:
        raise InstanceError(
            f"{name} must be a date and time such as 2026-11-23T09:30:00Z."
        ) from None
    if moment.tzinfo is None:
        raise InstanceError(f"{name} must say its offset from UTC, such as +00:00.")
    return moment


def one_of(*allowed: str) -> Callable[[str, object], str]:
    def read(name: str, value: object) -> str:
        if value not in allowed:
            raise InstanceError(f"{name} must be one of {', '.join(allowed)}.")
        return str(value)

    return read
