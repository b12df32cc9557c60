"""Addresses of the triage pages."""

from django.urls import path

from triage.views import (
    emergency,
    proposals,
    reception,
    reception_desk,
    reception_places,
    rulebook,
)

app_name = "triage"
urlpatterns: list = [
    path("reception/", reception.Reception.as_view(), name="reception"),
    path("patients/<uuid:public_id>/new/", reception.New.as_view(), name="new"),
    path("desk/<slug:reference>/", reception_desk.DeskCase.as_view(), name="desk"),
    path("desk/<slug:reference>/options/", reception_places.Options.as_view(), name="options"),
    path("desk/<slug:reference>/hold/", reception_places.Hold.as_view(), name="hold"),
    path("desk/<slug:reference>/let-go/", reception_places.LetGo.as_view(), name="let_go"),
    path("desk/<slug:reference>/book/", reception_places.Book.as_view(), name="book"),
    path("desk/<slug:reference>/way/", reception_places.Way.as_view(), name="way"),
    path("desk/<slug:reference>/move/", reception_places.Move.as_view(), name="move"),
    path("bookings/<uuid:public_id>/cancel/", reception_desk.Cancel.as_view(), name="cancel"),
    path("emergency/", emergency.EmergencyNow.as_view(), name="emergency"),
    path(
        "emergency/<slug:reference>/",
        emergency.EmergencyRaised.as_view(),
        name="emergency_raised",
    ),
    path("rules/", rulebook.RuleBook.as_view(), name="rules"),
    path("proposals/", proposals.Proposals.as_view(), name="proposals"),
    path("proposals/<uuid:public_id>/accept/", proposals.Accept.as_view(), name="accept"),
    path("proposals/<uuid:public_id>/decline/", proposals.Decline.as_view(), name="decline"),
    path("proposals/<uuid:public_id>/undo/", proposals.Undo.as_view(), name="undo"),
]
