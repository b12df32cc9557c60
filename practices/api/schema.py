"""The OpenAPI document: every endpoint says which errors it can answer, and in what shape."""

import re
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers

ALWAYS = (400, 401, 403, 404, 405, 406, 422, 429, 503)
ON_WRITES = (409, 412, 413, 415)


class FieldError(serializers.Serializer):
    """What is wrong with one field."""

    field = serializers.CharField(help_text="its name; nested names are joined by dots")
    message = serializers.CharField()
    code = serializers.CharField()


class Problem(serializers.Serializer):
    """RFC 9457. `code` is for programs, `detail` for people."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    errors = FieldError(many=True)
    alternatives = serializers.ListField(
        required=False,
        child=serializers.DictField(),
        help_text="with 409, where a slot was lost: the next three free slots, as GET /slots",
    )


KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="The same key and body: the first answer again. Kept for 24 hours at least.",
)
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description="The version read; 412 if it moved on."
)


class DoorSchema(AutoSchema):
    """Operations named after their endpoint, with our headers and our errors."""

    def get_operation_id(self) -> str:
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", type(self.view).__name__).lower()
        return f"{self.method.lower()}_{name}"

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").split("/")[0]]

    def get_override_parameters(self) -> list[Any]:
        if self.method == "POST":
            return [KEY, IF_MATCH]
        return [KEY, IF_MATCH] if self.method == "PATCH" else []

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        answers = super()._get_response_bodies(direction)
        codes = ALWAYS if self.method == "GET" else (*ALWAYS, *ON_WRITES)
        problems = {
            str(code): self._get_response_for_code(
                Problem, str(code), media_types=["application/problem+json"]
            )
            for code in sorted(codes)
        }
        return answers | problems


class BearerTokenScheme(OpenApiAuthenticationExtension):
    """How the document describes our tokens."""

    target_class = "practices.api.authentication.BearerToken"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class BrowserSessionScheme(OpenApiAuthenticationExtension):
    """How the document describes a signed-in browser."""

    target_class = "practices.api.authentication.BrowserSession"
    name = "session"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}


def documented(
    *, answer: Any, status: int = 200, body: Any = None, query: Any = None, **more: Any
) -> Any:
    """What the endpoint takes and answers when all is well."""
    return extend_schema(
        request=body,
        responses=answer if isinstance(answer, dict) else {status: answer},
        parameters=[query] if query else None,
        **more,
    )
