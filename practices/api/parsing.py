"""JSON as the contract wants it: strict, shallow, no key twice."""

import json
import math
from typing import IO, Any, NoReturn

from django.utils.http import parse_header_parameters
from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.parsers import BaseParser

MAX_DEPTH = 20


class StrictJSONParser(BaseParser):
    """UTF-8 JSON of moderate depth; NaN, duplicate keys, lone surrogates and NUL are malformed."""

    media_type = "application/json"

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None
    ) -> object:
        _check_charset(media_type or "")
        try:
            parsed = json.loads(
                stream.read().decode("utf-8"),
                parse_constant=_no_constant,
                parse_float=_finite,
                object_pairs_hook=_no_key_twice,
            )
        except (ValueError, RecursionError) as trouble:
            raise ParseError(f"The body is not JSON we can read: {trouble}.") from trouble
        if not isinstance(parsed, dict):
            raise ParseError("The body must be a JSON object.")
        _check(parsed, depth=1)
        return parsed


def _check_charset(media_type: str) -> None:
    try:
        declared = parse_header_parameters(media_type)[1].get("charset", "utf-8")
    except ValueError as trouble:
        raise UnsupportedMediaType(media_type[:80]) from trouble
    if declared.lower() not in {"utf-8", "utf8", "us-ascii"}:
        raise UnsupportedMediaType(media_type)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number is too large")
    return number


def _no_key_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _check(value: object, *, depth: int) -> None:
    """Every text is text, and nothing is nested deeper than a person would write it."""
    if depth > MAX_DEPTH:
        raise ParseError(f"The body is nested deeper than {MAX_DEPTH}.")
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            raise ParseError("The body holds a character that is not text.")
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check(key, depth=depth + 1)
            _check(inner, depth=depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth=depth + 1)
