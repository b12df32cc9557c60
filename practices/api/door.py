"""What every endpoint shares: roles, the reach, one domain call, and answers kept once."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from practices.api.fields import Body, VersionedBody
from practices.api.schema import DoorSchema
from practices.doors import Answer, Once, opened, perform
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, Forbidden
from practices.rules.roles import EVERYONE, Role

R = TypeVar("R")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
MOST_THROWN_AWAY = 16 * 1024 * 1024
_ETAG = re.compile(r'(?:W/)?"?([0-9]{1,9})"?')


class ApiDoor(APIView):
    """An endpoint. `roles` may read; `writers` may write (the same unless it says otherwise)."""

    roles: ClassVar[frozenset[Role]] = EVERYONE
    writers: ClassVar[frozenset[Role] | None] = None
    schema = DoorSchema()

    @property
    def actor(self) -> Actor:
        return self.request.auth.actor

    @property
    def now(self) -> datetime:
        return self.request._request.now  # noqa: SLF001 - set by the middleware at the roof

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # Before anybody asks who calls: looking for a CSRF token in a form uses up the stream.
        _read_body(request._request)  # noqa: SLF001 - the framework's own stream reads only once
        super().initial(request, *args, **kwargs)
        allowed = self.roles if request.method in SAFE or not self.writers else self.writers
        if not self.actor.is_one_of(allowed):
            raise Forbidden("Your role may not do this.")

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        answered = super().finalize_response(request, response, *args, **kwargs)
        version = response.data.get("version") if isinstance(response.data, dict) else None
        if version is not None and response.status_code < 300:
            answered["ETag"] = f'"{version}"'
        return answered

    def ask(self, query: Callable[..., R], **question: object) -> R:
        """The query's answer, read in a short transaction of our reach."""
        with opened(self.actor.reach, at=self.now):
            return query(**question)

    def find(self, query: Callable[..., R | None], **question: object) -> R:
        """The one row the query finds; absent and not mine are the same."""
        found = self.ask(query, **question)
        if found is None:
            raise Absent
        return found

    def wish(self, serializer: type[Body]) -> dict[str, Any]:
        """The body, checked; unknown fields are refused. `If-Match` counts as its version."""
        body = serializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        wanted = dict(body.validated_data)
        if issubclass(serializer, VersionedBody):
            wanted["version"] = _matched(self.request, wanted.get("version"))
        return wanted

    def do(
        self,
        action: Callable[..., R],
        *,
        show: Callable[[R], object],
        status: int = 200,
        **wish: object,
    ) -> Response:
        """The action is done once, whatever number of times the key arrives, and answered.

        An action that found nothing to do gives None, and the answer is 204.
        """
        reply = perform(
            action,
            by=self.actor,
            at=self.now,
            once=self._once(),
            answer=lambda result: (
                Answer(status=204) if result is None else Answer(status=status, body=show(result))
            ),
            **wish,
        )
        assert isinstance(reply, Answer)
        return Response(reply.body, status=reply.status)

    def _once(self) -> Once | None:
        """The key with what it stands for: this body at this address in this membership."""
        key = self.request.headers.get("Idempotency-Key")
        if key is None or self.request.method in SAFE:
            return None
        if not 1 <= len(key) <= 255 or not key.isprintable():
            raise ParseError("Idempotency-Key must be 1 to 255 printable characters.")
        asked = self.request._request  # noqa: SLF001 - the body as it came
        where = f"{asked.get_full_path()} {self.actor.membership_id}"
        return Once.of(key, asked.method, where, asked.body)


def _read_body(asked: HttpRequest) -> None:
    """The whole body, within Django's limit: the parser and the fingerprint both need it.

    What is too large is read and thrown away, up to a bound, so that the client hears the answer.
    """
    try:
        _ = asked.body
    except RequestDataTooBig:
        left = MOST_THROWN_AWAY
        while left > 0 and (part := asked.read(64 * 1024)):
            left -= len(part)
        raise


def _matched(request: Request, in_body: int | None) -> int | None:
    """The version the wish is about, from the header or the body; None when it names none."""
    header = request.headers.get("If-Match")
    if header is None or header.strip() == "*":
        return in_body
    found = _ETAG.fullmatch(header.strip())
    if found is None:
        raise ParseError("If-Match must hold the version that the ETag gave.")
    if in_body is not None and in_body != int(found[1]):
        raise ParseError("If-Match and the version in the body differ.")
    return int(found[1])
