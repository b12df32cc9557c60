"""What a code is: a stable word for programs with a label for people."""

from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """A member is its own stable word; `label` is what a person reads."""

    _value_: str
    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs for a form field or a model field, in the order of the list."""
        return [(code.value, code.label) for code in cls]
