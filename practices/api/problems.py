"""Every error answer of the API is RFC 9457 problem+json."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from practices.doors import Busy
from practices.rules.refusals import Refused

CODES = {
    400: "malformed",
    401: "not_signed_in",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    412: "stale",
    413: "too_large",
    415: "unsupported_media_type",
    429: "too_many_requests",
    503: "busy",
}


def problem(
    status: int,
    detail: str,
    *,
    code: str | None = None,
    errors: list[dict[str, str]] | None = None,
    **more: object,
) -> Response:
    """A problem+json answer."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code or CODES.get(status, "refused"),
        "errors": errors or [],
        **more,
    }
    return Response(body, status=status, content_type="application/problem+json")


def as_problem(trouble: Exception, context: dict[str, Any]) -> Response | None:
    """The problem+json of what a view raised; None lets a real fault be a 500 with a trace."""
    if isinstance(trouble, Refused):
        field = [{"field": trouble.field, "message": str(trouble), "code": trouble.code}]
        return problem(
            trouble.status,
            str(trouble),
            code=trouble.code,
            errors=field if trouble.field else None,
            **getattr(trouble, "more", {}),
        )
    if isinstance(trouble, Busy):
        answer = problem(503, "The service is busy. Try again in a few seconds.")
        answer["Retry-After"] = "5"
        return answer
    if isinstance(trouble, Http404):
        return problem(404, "Not found.")
    if isinstance(trouble, PermissionDenied):
        return problem(403, str(trouble) or "You may not do this.")
    return _of_framework(trouble, context)


def _of_framework(trouble: Exception, context: dict[str, Any]) -> Response | None:
    plain = exception_handler(trouble, context)
    if plain is None or not isinstance(trouble, exceptions.APIException):
        return plain
    if isinstance(trouble, exceptions.ValidationError):
        errors = list(_flat(trouble.get_full_details()))
        answer = problem(
            422,
            errors[0]["message"] if errors else "Check the body.",
            code="invalid",
            errors=errors,
        )
    else:
        answer = problem(plain.status_code, str(trouble.detail))
    for name in ("WWW-Authenticate", "Retry-After", "Allow"):
        if name in plain:
            answer[name] = plain[name]
    return answer


def _flat(details: Any, path: str = "") -> Any:
    """Field errors in reading order, nested names joined by dots."""
    if isinstance(details, dict) and set(details) == {"message", "code"}:
        yield {"field": path, "message": str(details["message"]), "code": str(details["code"])}
    elif isinstance(details, dict):
        for name, inner in details.items():
            yield from _flat(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(details, list):
        for inner in details:
            yield from _flat(inner, path)
