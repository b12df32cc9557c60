"""The few addresses that the frame of a page links to, for tests of the frame alone."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204)


_practices = [
    path("acting-as/", nothing, name="memberships"),
    path("sign-in/", nothing, name="sign_in"),
    path("sign-out/", nothing, name="sign_out"),
    path("drafts/", nothing, name="drafts"),
    path("still-here/", nothing, name="still_here"),
]
_triage = [path("emergency/", nothing, name="emergency")]
urlpatterns = [
    path("practices/", include((_practices, "practices"))),
    path("triage/", include((_triage, "triage"))),
]
