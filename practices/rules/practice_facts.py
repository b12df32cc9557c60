"""What is published about a practice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PracticeFacts:
    """A GP practice as the Organisation Data Service publishes it, with its row in the file."""

    row: int
    code: str
    name: str
    address: str
    postcode: str
    opened_on: date | None
    closed_on: date | None
    status: str
    commissioner: str
    phone: str


@dataclass(frozen=True, slots=True)
class ListSize:
    """How many patients a practice's list had on a day, with its row in the file."""

    row: int
    code: str
    patients: int
    on: date


@dataclass(frozen=True, slots=True)
class Changes:
    """What an import did to one kind of row."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0

    @property
    def nothing(self) -> bool:
        """Whether everything was already as the file says."""
        return not (self.added or self.changed or self.removed)
