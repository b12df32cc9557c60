"""Who: every question the practices app answers."""

from practices.queries.membership import (
    LiveMembership,
    live_memberships,
    membership_of_token,
    token_digest,
)
from practices.queries.organisations import practice_ids_by_code
from practices.queries.patients import PatientRow, find_patients, patient_by_id
from practices.queries.safe_limits import LimitNow, limits_on

__all__ = [
    "LimitNow",
    "LiveMembership",
    "PatientRow",
    "find_patients",
    "limits_on",
    "live_memberships",
    "membership_of_token",
    "patient_by_id",
    "practice_ids_by_code",
    "token_digest",
]
