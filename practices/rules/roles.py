"""The roles a membership can carry, and what each is called on screen."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may act as; one at a time, at one organisation."""

    RECEPTIONIST = "receptionist"
    DUTY = "duty"
    CLINICIAN = "clinician"
    SUPERVISOR = "supervisor"
    PRACTICE_MANAGER = "practice_manager"
    MANAGER = "manager"
    CLINICAL_LEAD = "clinical_lead"
    CLIENT = "client"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS: dict[Role, str] = {
    Role.RECEPTIONIST: "Receptionist",
    Role.DUTY: "Duty clinician",
    Role.CLINICIAN: "Hub clinician",
    Role.SUPERVISOR: "Supervising GP",
    Role.PRACTICE_MANAGER: "Practice manager",
    Role.MANAGER: "Network manager",
    Role.CLINICAL_LEAD: "Clinical lead",
    Role.CLIENT: "Another system",
}

PRACTICE_ROLES = frozenset({Role.RECEPTIONIST, Role.DUTY, Role.PRACTICE_MANAGER})
HUB_ROLES = frozenset({Role.CLINICIAN, Role.SUPERVISOR})
NETWORK_ROLES = frozenset({Role.MANAGER, Role.CLINICAL_LEAD})
CLINICAL_ROLES = frozenset({Role.DUTY, Role.CLINICIAN, Role.SUPERVISOR})
EVERYONE = frozenset(Role)
