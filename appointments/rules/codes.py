"""The words an appointment is described with."""

from __future__ import annotations

from practices.rules.code import Code


class Mode(Code):
    """How patient and clinician meet."""

    FACE_TO_FACE = "face_to_face", "Face to face"
    PHONE = "phone", "Phone"
    VIDEO = "video", "Video"
    ONLINE = "online", "Online message"
    HOME_VISIT = "home_visit", "Home visit"

    @property
    def is_remote(self) -> bool:
        """Nobody travels."""
        return self in REMOTE


REMOTE = frozenset({Mode.PHONE, Mode.VIDEO, Mode.ONLINE})


class ContactKind(Code):
    """What a contact costs a clinician; documents and prescriptions are counted apart."""

    FACE_TO_FACE = "face_to_face", "Face to face"
    COMPLEX = "complex", "Complex"
    PHONE = "phone", "Phone"
    ONLINE = "online", "Online message"
    HOME_VISIT = "home_visit", "Home visit"
    BRIEF_ADVICE = "brief_advice", "Brief advice"
    RESULTS_CALL = "results_call", "Results call"
    DEBRIEF = "debrief", "Debrief of a trainee"
    DOCUMENT = "document", "Document"
    PRESCRIPTION = "prescription", "Prescription"


class BookingState(Code):
    """Where a booking is. Held, booked, arrived and attended occupy a place."""

    HELD = "held", "Held"
    BOOKED = "booked", "Booked"
    ARRIVED = "arrived", "Arrived"
    ATTENDED = "attended", "Attended"
    MISSED = "missed", "Missed"
    CANCELLED = "cancelled", "Cancelled"
    EXPIRED = "expired", "Hold ran out"
    MOVED = "moved", "Moved"


OCCUPYING: frozenset[BookingState] = frozenset(
    {BookingState.HELD, BookingState.BOOKED, BookingState.ARRIVED, BookingState.ATTENDED}
)


class OverflowReason(Code):
    """Why a hub sees the patient and not the own practice."""

    OWN_FULL = "own_full", "The practice has no room left"
    SOONER_NEEDED = "sooner_needed", "The practice's first slot is too late"
    SCOPE = "scope", "The hub has the right clinician"
    PATIENT_CHOICE = "patient_choice", "The patient prefers it"
