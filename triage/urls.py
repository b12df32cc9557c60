"""Addresses of the triage pages."""

from django.urls import path

from triage.views import (
    all_clear,
    clinic,
    clinic_case,
    duty,
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
    path("desk/<slug:reference>/flag/", reception_desk.Flag.as_view(), name="flag"),
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
    path(
        "emergency/<slug:reference>/acknowledge/",
        clinic.Acknowledge.as_view(),
        name="acknowledge",
    ),
    path("queue/", clinic.Queue.as_view(), name="queue"),
    path("queue/next/", clinic.Next.as_view(), name="next"),
    path("queue/contact/", clinic.LogContact.as_view(), name="log_contact"),
    path("all-clear/", all_clear.AllClear.as_view(), name="all_clear"),
    path("duty/", duty.Duty.as_view(), name="duty"),
    path("cases/<slug:reference>/", clinic_case.Case.as_view(), name="case"),
    path("cases/<slug:reference>/claim/", clinic_case.Claim.as_view(), name="claim"),
    path("cases/<slug:reference>/keep/", clinic_case.Keep.as_view(), name="keep"),
    path("cases/<slug:reference>/release/", clinic_case.Release.as_view(), name="release"),
    path("cases/<slug:reference>/class/", clinic_case.SignClass.as_view(), name="sign"),
    path("cases/<slug:reference>/attempt/", clinic_case.Attempt.as_view(), name="attempt"),
    path("cases/<slug:reference>/close/", clinic_case.Close.as_view(), name="close"),
    path("cases/<slug:reference>/hand-back/", clinic_case.HandBack.as_view(), name="hand_back"),
    path(
        "cases/<slug:reference>/accept-back/",
        clinic_case.AcceptBack.as_view(),
        name="accept_back",
    ),
    path(
        "cases/<slug:reference>/refuse-back/",
        clinic_case.RefuseBack.as_view(),
        name="refuse_back",
    ),
    path(
        "cases/<slug:reference>/keep-booking/",
        clinic_case.KeepBooking.as_view(),
        name="keep_booking",
    ),
    path("cases/<slug:reference>/reopen/", clinic_case.Reopen.as_view(), name="reopen"),
    path("rules/", rulebook.RuleBook.as_view(), name="rules"),
    path("proposals/", proposals.Proposals.as_view(), name="proposals"),
    path("proposals/<uuid:public_id>/accept/", proposals.Accept.as_view(), name="accept"),
    path("proposals/<uuid:public_id>/decline/", proposals.Decline.as_view(), name="decline"),
    path("proposals/<uuid:public_id>/undo/", proposals.Undo.as_view(), name="undo"),
]
