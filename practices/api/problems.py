"""Every error answer of the API is RFC 9457 problem+json."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler

from practices.doors import Busy
from practices.rules.refusals import Refused, VersionMoved

MEDIA_TYPE = "application/problem+json"
# The wording of the plainest problems, the same wherever they come from.
PLAIN = {
    400: "The request cannot be read.",
    403: "You may not do this.",
    404: "Not found.",
    413: "The body is too large.",
    500: "Something went wrong on our side. It has been logged.",
    503: "The service is busy. Try again in a few seconds.",
}

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
    500: "fault",
    503: "busy",
}


def problem(
    status: int,
    detail: str = "",
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
        "detail": detail or PLAIN[status],
        "code": code or CODES.get(status, "refused"),
        "errors": errors or [],
        **more,
    }
    answer = Response(body, status=status, content_type=MEDIA_TYPE)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer["Retry-After"] = "5"
    return answer


def plain_problem(status: int) -> HttpResponse:
    """The same body for what no endpoint answered: an unknown address, a fault."""
    body = JSONRenderer().render(problem(status).data)
    return HttpResponse(body, status=status, content_type=MEDIA_TYPE)


def as_problem(trouble: Exception, context: dict[str, Any]) -> Response | None:
    """The problem+json of what a view raised; None lets a real fault be a 500 with a trace."""
    if isinstance(trouble, Refused):
        return _of_refusal(trouble, context)
    for kinds, status in STATUS_OF:
        if isinstance(trouble, kinds):
            return problem(status)
    return _of_framework(trouble, context)


STATUS_OF: tuple[tuple[tuple[type[Exception], ...], int], ...] = (
    ((Busy, OperationalError, InterfaceError), 503),
    ((Http404,), 404),
    ((PermissionDenied,), 403),
    ((RequestDataTooBig,), 413),
    ((SuspiciousOperation,), 400),
)


def _of_refusal(refusal: Refused, context: dict[str, Any]) -> Response:
    field = [{"field": refusal.field, "message": str(refusal), "code": refusal.code}]
    is_precondition = isinstance(refusal, VersionMoved) and "If-Match" in context["request"].headers
    return problem(
        412 if is_precondition else refusal.status,
        str(refusal),
        code=refusal.code,
        errors=field if refusal.field else None,
        **getattr(refusal, "more", {}),
    )


def _of_framework(trouble: Exception, context: dict[str, Any]) -> Response | None:
    plain = exception_handler(trouble, context)
    if plain is None or not isinstance(trouble, exceptions.APIException):
        return plain
    if isinstance(trouble, exceptions.ValidationError):
        errors = list(_flat(trouble.get_full_details()))
        answer = problem(400, _summary(errors), errors=errors)
    else:
        answer = problem(plain.status_code, str(trouble.detail))
    for name in ("WWW-Authenticate", "Retry-After", "Allow"):
        if name in plain:
            answer[name] = plain[name]
    return answer


def _summary(errors: list[dict[str, str]]) -> str:
    if not errors:
        return PLAIN[400]
    first = errors[0]
    return f"{first['field']}: {first['message']}" if first["field"] else first["message"]


def _flat(details: Any, path: str = "") -> Any:
    """Field errors in reading order, nested names joined by dots."""
    if isinstance(details, dict) and set(details) == {"message", "code"}:
        yield {"field": path, "message": str(details["message"]), "code": str(details["code"])}
    elif isinstance(details, dict):
        for name, inner in details.items():
            outer = path if name == "non_field_errors" else f"{path}.{name}" if path else str(name)
            yield from _flat(inner, outer)
    elif isinstance(details, list):
        for number, inner in enumerate(details):
            if isinstance(inner, dict) and set(inner) != {"message", "code"}:
                yield from _flat(inner, f"{path}.{number}")
            else:
                yield from _flat(inner, path)
