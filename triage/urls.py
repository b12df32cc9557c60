"""Addresses of the triage pages."""

from django.urls import path

from triage.views import proposals

app_name = "triage"
urlpatterns: list = [
    path("proposals/", proposals.Proposals.as_view(), name="proposals"),
    path("proposals/<uuid:public_id>/accept/", proposals.Accept.as_view(), name="accept"),
    path("proposals/<uuid:public_id>/decline/", proposals.Decline.as_view(), name="decline"),
    path("proposals/<uuid:public_id>/undo/", proposals.Undo.as_view(), name="undo"),
]
