"""Who: every row of the practices app."""

from practices.models.drafts import Draft
from practices.models.organisations import Organisation, Practice, Site
from practices.models.patients import Disclosure, Patient
from practices.models.people import ApiToken, Clinician, Membership, User, WorkingLimit
from practices.models.records import (
    AuditEntry,
    IdempotencyKey,
    Message,
    OutboxItem,
    insert_only,
)

__all__ = [
    "ApiToken",
    "AuditEntry",
    "Clinician",
    "Disclosure",
    "Draft",
    "IdempotencyKey",
    "Membership",
    "Message",
    "Organisation",
    "OutboxItem",
    "Patient",
    "Practice",
    "Site",
    "User",
    "WorkingLimit",
    "insert_only",
]
