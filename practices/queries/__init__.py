"""Who: every question the practices app answers."""

from practices.queries.drafts import KeptDraft, draft_at, draft_places
from practices.queries.membership import (
    LiveMembership,
    live_memberships,
    membership_of_token,
    memberships_among,
    token_digest,
)
from practices.queries.messages import (
    MessageRow,
    OnTheWay,
    messages_of_case,
    messages_on_the_way,
)
from practices.queries.organisations import practice_ids_by_code
from practices.queries.patients import (
    PatientRow,
    find_patients,
    has_namesake,
    patient_by_id,
    shared_names,
)
from practices.queries.safe_limits import LimitNow, limits_on
from practices.queries.to_tell import ToTell, ToTellRow, messages_to_tell, still_to_tell

__all__ = [
    "KeptDraft",
    "LimitNow",
    "LiveMembership",
    "MessageRow",
    "OnTheWay",
    "PatientRow",
    "ToTell",
    "ToTellRow",
    "draft_at",
    "draft_places",
    "find_patients",
    "has_namesake",
    "limits_on",
    "live_memberships",
    "membership_of_token",
    "memberships_among",
    "messages_of_case",
    "messages_on_the_way",
    "messages_to_tell",
    "patient_by_id",
    "practice_ids_by_code",
    "shared_names",
    "still_to_tell",
    "token_digest",
]
