"""The JSON API, version 1: every address in the order of the contract."""

from django.urls import path

from appointments.api.bookings import Bookings, OneBooking
from appointments.api.sessions import Sessions
from appointments.api.slots import Slots
from appointments.api.workload import Contacts, Workload
from networks.api.board import BoardDoor
from networks.api.directory import Clinicians, Hubs, Networks, Practices
from networks.api.rebalancing import Rebalance
from practices.api import addresses
from practices.api.me import Me
from practices.api.patients import OnePatient, Patients
from triage.api.bookings import Arrived, Attended, CancelBooking, Missed, MoveBooking
from triage.api.card import RedFlags
from triage.api.cases import Cases, OneCase
from triage.api.emergencies import AcknowledgeEmergency, Emergencies, EndEmergency
from triage.api.offers import AcceptOffer, DeclineOffer, Offers
from triage.api.placing import Book, CaseOptions, Hold
from triage.api.proposals import Accept, Decline, OneRun, Proposals, Undo
from triage.api.sessions import CancelSession, OneSession
from triage.api.steps import (
    Acknowledge,
    Attempts,
    ChangeClass,
    Claim,
    Close,
    Declined,
    Help,
    NextCase,
    ReadWords,
    Release,
    Return,
)

assert addresses.CONVERTERS, "the kinds of address parts are registered by their import"

urlpatterns = [
    path("me", Me.as_view(), name="api_me"),
    path("practices", Practices.as_view(), name="api_practices"),
    path("hubs", Hubs.as_view(), name="api_hubs"),
    path("networks", Networks.as_view(), name="api_networks"),
    path("clinicians", Clinicians.as_view(), name="api_clinicians"),
    path("patients", Patients.as_view(), name="api_patients"),
    path("patients/<uuid:patient_id>", OnePatient.as_view(), name="api_patient"),
    path("clinicians/<row:clinician_id>/workload", Workload.as_view(), name="api_workload"),
    path("contacts", Contacts.as_view(), name="api_contacts"),
    path("sessions", Sessions.as_view(), name="api_sessions"),
    path("sessions/<row:session_id>", OneSession.as_view(), name="api_session"),
    path("sessions/<row:session_id>/cancel", CancelSession.as_view(), name="api_session_cancel"),
    path("slots", Slots.as_view(), name="api_slots"),
    path("red-flags", RedFlags.as_view(), name="api_red_flags"),
    path("cases", Cases.as_view(), name="api_cases"),
    path("cases/<reference:reference>", OneCase.as_view(), name="api_case"),
    path("cases/<reference:reference>/options", CaseOptions.as_view(), name="api_options"),
    path("cases/<reference:reference>/hold", Hold.as_view(), name="api_hold"),
    path("cases/<reference:reference>/book", Book.as_view(), name="api_book"),
    path("cases/<reference:reference>/claim", Claim.as_view(), name="api_claim"),
    path("cases/<reference:reference>/release", Release.as_view(), name="api_release"),
    path("cases/<reference:reference>/attempts", Attempts.as_view(), name="api_attempts"),
    path("cases/<reference:reference>/read", ReadWords.as_view(), name="api_read"),
    path("cases/<reference:reference>/declined", Declined.as_view(), name="api_declined"),
    path("cases/<reference:reference>/help", Help.as_view(), name="api_help"),
    path("cases/<reference:reference>/class", ChangeClass.as_view(), name="api_class"),
    path("cases/<reference:reference>/return", Return.as_view(), name="api_return"),
    path("cases/<reference:reference>/outcome", Close.as_view(), name="api_outcome"),
    path("cases/<reference:reference>/acknowledge", Acknowledge.as_view(), name="api_acknowledge"),
    path("queue/next", NextCase.as_view(), name="api_next"),
    path("emergencies", Emergencies.as_view(), name="api_emergencies"),
    path(
        "emergencies/<reference:reference>/acknowledge",
        AcknowledgeEmergency.as_view(),
        name="api_emergency_acknowledge",
    ),
    path(
        "emergencies/<reference:reference>/end",
        EndEmergency.as_view(),
        name="api_emergency_end",
    ),
    path("bookings", Bookings.as_view(), name="api_bookings"),
    path("bookings/<uuid:booking_id>", OneBooking.as_view(), name="api_booking"),
    path("bookings/<uuid:booking_id>/cancel", CancelBooking.as_view(), name="api_cancel"),
    path("bookings/<uuid:booking_id>/move", MoveBooking.as_view(), name="api_move"),
    path("bookings/<uuid:booking_id>/arrived", Arrived.as_view(), name="api_arrived"),
    path("bookings/<uuid:booking_id>/attended", Attended.as_view(), name="api_attended"),
    path("bookings/<uuid:booking_id>/missed", Missed.as_view(), name="api_missed"),
    path("networks/<code:code>/rebalance", Rebalance.as_view(), name="api_rebalance"),
    path("networks/<code:code>/board", BoardDoor.as_view(), name="api_board"),
    path("rebalance-runs/<uuid:run_id>", OneRun.as_view(), name="api_run"),
    path("proposals", Proposals.as_view(), name="api_proposals"),
    path("proposals/<uuid:proposal_id>/accept", Accept.as_view(), name="api_accept"),
    path("proposals/<uuid:proposal_id>/decline", Decline.as_view(), name="api_decline"),
    path("proposals/<uuid:proposal_id>/undo", Undo.as_view(), name="api_undo"),
    path("offers", Offers.as_view(), name="api_offers"),
    path("offers/<uuid:offer_id>/accept", AcceptOffer.as_view(), name="api_accept_offer"),
    path("offers/<uuid:offer_id>/decline", DeclineOffer.as_view(), name="api_decline_offer"),
]
