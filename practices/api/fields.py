"""The fields of bodies and answers: strict about what comes in, plain about what goes out."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from practices.clock import LONDON, local
from practices.rules.london import time_words

# Identifiers of rows are 64-bit; a number beyond that names nothing.
LARGEST_ID = 2**63 - 1
YEARS = range(1900, 2200)
_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(?P<offset>[Zz]|[+-]\d{2}:\d{2})?",
    re.ASCII,
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Shape(serializers.Serializer):
    """What an answer looks like. A name that Python keeps for itself ends in `_` here only."""

    def get_fields(self) -> dict[str, serializers.Field]:
        return {name.rstrip("_"): field for name, field in super().get_fields().items()}


class Body(Shape):
    """What a request may say; anything it does not name is refused, at every depth."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            check_known(data, self.fields)
        return super().to_internal_value(data)


class VersionedBody(Body):
    """A wish that is refused if somebody changed the row since it was read."""

    version = serializers.IntegerField(required=False, min_value=1, max_value=2**31 - 1)


def check_known(data: Iterable[str], known: Iterable[str], what: str = "field") -> None:
    """Every name is one we know, or the unknown ones are named."""
    unknown = sorted(set(data) - set(known))
    if unknown:
        raise ValidationError(
            {name: [ErrorDetail(f"Unknown {what}.", code=f"unknown_{what}")] for name in unknown}
        )


class Text(serializers.CharField):
    """A JSON string; a number or a truth value is not quietly made into one."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Email(serializers.EmailField):
    """An address the patient agreed to be written to at."""

    default_error_messages = {
        "invalid": "Enter an email address in the correct format, like name@example.com",
    }

    def __init__(self, **how: Any) -> None:
        super().__init__(max_length=254, **how)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Flag(serializers.BooleanField):
    """`true` or `false`, and nothing that merely looks like it."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Whole(serializers.IntegerField):
    """A whole JSON number."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return data


class RowId(Whole):
    """The number of a row, as an earlier answer gave it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_ID, **kwargs)


class Codes(serializers.ListField):
    """A list of codes, each at most once, in the order given."""

    def __init__(self, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        known = list(choices)
        super().__init__(
            child=serializers.ChoiceField(known), max_length=max(len(known), 1), **kwargs
        )

    def to_internal_value(self, data: Any) -> list[str]:
        return list(dict.fromkeys(super().to_internal_value(data)))


@extend_schema_field(OpenApiTypes.DATETIME)
class Instant(serializers.Field):
    """RFC 3339 with an offset. A time on an English clock that never was is refused."""

    default_error_messages = {
        "invalid": "Give an RFC 3339 time, like 2026-11-30T09:30:00+00:00.",
        "no_offset": "Give the time with its offset, like 2026-11-30T09:30:00+00:00.",
        "skipped": "Clocks go forward. {time} does not exist on that day",
        "twice": (
            "Clocks go back. {time} happens twice on that day. "
            "Give its offset: +01:00 before the clocks go back, +00:00 after"
        ),
    }

    def to_internal_value(self, data: Any) -> datetime:
        match = _INSTANT.fullmatch(data) if isinstance(data, str) else None
        if match is None or int(data[:4]) not in YEARS:
            self.fail("invalid")
        try:
            read = parse_datetime(data.upper())
        except ValueError:
            read = None
        if read is None:
            self.fail("invalid")
        self._check_exists(read)
        if match["offset"] is None:
            self._check_once(read)
            self.fail("no_offset")
        return read

    def to_representation(self, value: datetime) -> str:
        return local(value).isoformat()

    def _check_exists(self, read: datetime) -> None:
        """In the hour that is skipped in spring, no English clock shows the time in summer time."""
        is_universal = read.tzinfo is not None and not read.utcoffset()
        wall = read.replace(tzinfo=LONDON)
        early, late = wall.replace(fold=0).utcoffset(), wall.replace(fold=1).utcoffset()
        is_skipped = early is not None and late is not None and early < late
        if is_skipped and not is_universal and read.utcoffset() in {None, late}:
            self.fail("skipped", time=_spoken(read))

    def _check_once(self, wall: datetime) -> None:
        """In the hour that comes twice in autumn, a time without an offset is either."""
        first = wall.replace(tzinfo=LONDON, fold=0)
        if first.utcoffset() != first.replace(fold=1).utcoffset():
            self.fail("twice", time=_spoken(wall))


def _spoken(wall: datetime) -> str:
    return time_words(wall.time().replace(second=0, microsecond=0))


@extend_schema_field(OpenApiTypes.DATE)
class Day(serializers.Field):
    """An ISO date in England."""

    default_error_messages = {
        "invalid": "Give an ISO date, like 2026-11-30.",
        "unreal": "Date must be a real date",
    }

    def to_internal_value(self, data: Any) -> date:
        if not (isinstance(data, str) and _DAY.fullmatch(data)):
            self.fail("invalid")
        try:
            read = date.fromisoformat(data)
        except ValueError:
            self.fail("unreal")
        if read.year not in YEARS:
            self.fail("invalid")
        return read

    def to_representation(self, value: date) -> str:
        return value.isoformat()


@extend_schema_field(OpenApiTypes.NUMBER)
class Points(serializers.Field):
    """Points as people read them, 25 or 12.5; inside they are whole tenths."""

    def to_representation(self, value: int) -> int | float:
        return value / 10 if value % 10 else value // 10


class Urgency(serializers.CharField):
    """A class, P0 to P6; inside its rank."""

    def to_representation(self, value: object) -> str:
        return f"P{value}" if isinstance(value, int) else str(value)
