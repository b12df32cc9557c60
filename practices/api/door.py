"""What every endpoint shares: roles, the reach, one domain call, and answers kept once."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from rest_framework.exceptions import ParseError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from practices.doors import Answer, Once, opened, perform
from practices.rules.reach import Actor
from practices.rules.refusals import Forbidden
from practices.rules.roles import EVERYONE, Role

R = TypeVar("R")


class ApiDoor(APIView):
    """An endpoint. `roles` may read; `writers` may post (the same unless it says otherwise)."""

    roles: ClassVar[frozenset[Role]] = EVERYONE
    writers: ClassVar[frozenset[Role] | None] = None

    @property
    def actor(self) -> Actor:
        return self.request.auth.actor

    @property
    def now(self) -> datetime:
        return self.request._request.now  # noqa: SLF001 - set by the middleware at the roof

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        reads = request.method in {"GET", "HEAD", "OPTIONS"}
        allowed = self.roles if reads or self.writers is None else self.writers
        if not self.actor.is_one_of(allowed):
            raise Forbidden("Your role may not do this.")

    def ask(self, query: Callable[..., R], **question: object) -> R:
        """The query's answer, read in a short transaction of our reach."""
        with opened(self.actor.reach, at=self.now):
            return query(**question)

    def wish(self, serializer: type[Serializer]) -> dict[str, Any]:
        """The body, checked; unknown fields are refused."""
        body = serializer(data=self.request.data)
        unknown = sorted(set(self.request.data) - set(body.fields))
        if unknown:
            raise ParseError(f"Unknown field: {', '.join(unknown)}.")
        body.is_valid(raise_exception=True)
        return body.validated_data

    def do(
        self,
        action: Callable[..., R],
        *,
        show: Callable[[R], object],
        status: int = 200,
        **wish: object,
    ) -> Response:
        """The action is done once, whatever number of times the key arrives, and answered."""
        reply = perform(
            action,
            by=self.actor,
            at=self.now,
            once=self._once(),
            answer=lambda result: Answer(status=status, body=show(result)),
            **wish,
        )
        assert isinstance(reply, Answer)
        return Response(reply.body, status=reply.status)

    def _once(self) -> Once | None:
        key = self.request.headers.get("Idempotency-Key")
        if key is None:
            return None
        if not 1 <= len(key) <= 255 or not key.isprintable():
            raise ParseError("Idempotency-Key must be 1 to 255 printable characters.")
        django_request = self.request._request  # noqa: SLF001 - the body as it came
        return Once.of(key, django_request.method, django_request.path, django_request.body)
