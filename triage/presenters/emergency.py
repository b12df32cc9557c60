"""A call for help in words: who has it, and what to do until somebody does."""

from dataclasses import dataclass

from practices.presenters import time_words
from practices.rules.phones import spoken
from triage.queries.emergencies import EmergencyRow


@dataclass(frozen=True, slots=True)
class EmergencyPage:
    """One call for help."""

    reference: str
    phone: str
    where: str
    raised: str
    state: str
    is_open: bool


def emergency_page(row: EmergencyRow) -> EmergencyPage:
    """The call in words."""
    if row.acknowledged_at is not None:
        state = f"{row.acknowledged_by} has it since {time_words(row.acknowledged_at)}"
    else:
        raised = time_words(row.at)
        state = f"No clinician has it yet. Every clinician’s screen shows it since {raised}"
    return EmergencyPage(
        reference=row.reference,
        phone=spoken(row.phone),
        where=row.where or "Not said",
        raised=f"{time_words(row.at)}, {row.by}",
        state=state,
        is_open=row.acknowledged_at is None,
    )
