"""Lists: filters we know, a page of moderate size, and cursors nobody can forge."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.core import signing
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from practices.api.door import ApiDoor
from practices.api.fields import Body, Shape, check_known
from practices.queries.paging import Key, Page, Turn, cut

R = TypeVar("R")
USUAL_SIZE, MOST = 50, 100


class Filters(Body):
    """What every list takes; a list adds its own."""

    cursor = serializers.CharField(required=False, max_length=2000, help_text="from next, previous")
    page_size = serializers.IntegerField(
        required=False, help_text=f"{USUAL_SIZE} unless told, {MOST} at most"
    )


def check_query(request: Request, serializer: type[Body]) -> dict[str, Any]:
    """The query's parts, checked; an unknown one is refused, never ignored."""
    given = request.query_params
    check_known(given, serializer().fields, what="filter")
    asked = serializer(data=given.dict())
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)


@cache
def page_shape(row: type[Shape]) -> type[Shape]:
    """The shape of a page of such rows."""
    name = row.__name__.removesuffix("Shape")
    members = {
        "results": row(many=True),
        "next": serializers.URLField(allow_null=True),
        "previous": serializers.URLField(allow_null=True),
        "__doc__": "A page of a list.",
    }
    return type(f"{name}Page", (Shape,), members)


class ListDoor(ApiDoor):
    """An endpoint that lists: checks the filters, turns the page, writes the cursors."""

    def filters(self, serializer: type[Filters]) -> dict[str, Any]:
        """The query's filters; an unknown one is refused, never ignored."""
        wanted = check_query(self.request, serializer)
        cursor, size = wanted.pop("cursor", None), wanted.pop("page_size", USUAL_SIZE)
        return wanted | {"turn": _turn(cursor, size, self.request.path)}

    def page(self, found: Page[Any], shape: type[Shape]) -> Response:
        """The page as the contract shows it."""
        return Response(page_body(self.request, found, shape))

    def listed(
        self, query: Callable[..., Page[Any]], shape: type[Shape], **question: object
    ) -> Response:
        """The query's page, read and shown."""
        return self.page(self.ask(query, **question), shape)


def page_within(found: Sequence[R], turn: Turn, *, key: Callable[[R], str | int]) -> Page[R]:
    """A page of the few rows a query gives in their order."""
    rows = list(reversed(found)) if turn.is_backward else list(found)
    keys = [key(row) for row in rows]
    start = keys.index(turn.place[0]) + 1 if turn.place and turn.place[0] in keys else 0
    end = start + turn.size
    return cut(rows[start : end + 1], [(one,) for one in keys[start:end]], turn)


def page_body(request: Request, found: Page[Any], shape: type[Shape]) -> dict[str, object]:
    return {
        "results": shape(found.rows, many=True).data,
        "next": _address(request, found.next, "after"),
        "previous": _address(request, found.previous, "before"),
    }


def _turn(cursor: str | None, size: int, path: str) -> Turn:
    size = min(max(size, 1), MOST)
    if cursor is None:
        return Turn(size=size)
    try:
        way, place = signing.loads(cursor, salt=path)
    except signing.BadSignature as trouble:
        raise ValidationError({"cursor": "This is no cursor of this list."}) from trouble
    return Turn(size=size, **{way: tuple(place)})


def _address(request: Request, place: Key | None, way: str) -> str | None:
    """The same question, one page on."""
    if place is None:
        return None
    given = request.query_params.copy()
    given["cursor"] = signing.dumps([way, place], salt=request.path)
    return request.build_absolute_uri(f"{request.path}?{given.urlencode()}")
