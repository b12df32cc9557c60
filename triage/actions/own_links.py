"""The address at which a patient cancels an appointment: unguessable, and ours by a signature."""

from django.conf import settings
from django.core.signing import Signer
from django.urls import reverse

from appointments.models import Booking
from appointments.queries import BookingRow

SIGNER = Signer(salt="the patient's own cancel link")


def own_link(public_id: object) -> str:
    """The part of the address that names the appointment, with our signature."""
    return SIGNER.sign(str(public_id))


def own_address(booking: Booking | BookingRow) -> str:
    """The whole address; empty where patients reach no page of ours, or a planned one has no case.

    The site is a setting and never the host that was asked, which a forger chooses (I93).
    """
    if not settings.PATIENT_SITE or not booking.case_ref:
        return ""
    path = reverse("triage:own_cancel", args=[own_link(booking.public_id)])
    return f"{settings.PATIENT_SITE}{path}"
