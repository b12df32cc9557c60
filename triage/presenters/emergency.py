"""A call for help in words: who has it, and what to do until somebody does."""

from dataclasses import dataclass
from datetime import datetime

from hubs.rules.walk_ups import SAY, SentTo
from practices.presenters import time_words
from practices.queries import PatientRow
from practices.rules.phones import dialled, spoken
from practices.rules.reach import Actor
from practices.rules.roles import CLINICAL_ROLES
from triage.presenters.signs import Banner, banner
from triage.queries.emergencies import EmergencyRow
from triage.rules.codes import CallEnd


@dataclass(frozen=True, slots=True)
class EmergencyPage:
    """One call for help."""

    reference: str
    phone: str
    where: str
    raised: str
    raised_by: str
    state: str
    is_open: bool
    is_ended: bool
    tel: str
    at_the_phone: bool
    is_here: bool
    say: str
    heading: str
    who: str
    said: str


def emergency_page(row: EmergencyRow, *, by: Actor) -> EmergencyPage:
    """The call in words. Who raised it has the caller on the line; a clinician rings them."""
    if row.ended_at is not None and row.ended_as is not None:
        said = f"{row.ended_by} said so at {time_words(row.ended_at)}"
        state = f"{_ended_words(row.ended_as, row.case_ref)}. {said}"
    elif row.acknowledged_at is not None:
        state = f"{row.acknowledged_by} has it since {time_words(row.acknowledged_at)}"
    else:
        raised = time_words(row.at)
        state = f"No clinician has it yet. Every clinician’s screen shows it since {raised}"
    at_the_phone = row.by_id == by.user_id or not by.is_one_of(CLINICAL_ROLES)
    return EmergencyPage(
        reference=row.reference,
        phone=spoken(row.phone) if row.phone else "",
        where=row.where or "Not said",
        raised=f"{time_words(row.at)}, {row.by}",
        raised_by=row.by or "Whoever raised it",
        state=state,
        is_open=row.acknowledged_at is None,
        is_ended=row.ended_at is not None,
        tel=dialled(row.phone),
        at_the_phone=at_the_phone,
        is_here=row.is_here,
        say=_say(row) if at_the_phone and row.ended_at is None else "",
        heading="Words to read now" if row.read_by is not None else "Emergency raised",
        who=row.who or "Somebody",
        said=row.said,
    )


def _say(row: EmergencyRow) -> str:
    """What the caller hears: that a clinician was called, then who has it and what they do."""
    if row.is_here:
        return say_here(row.acknowledged_by)
    if not row.acknowledged_by:
        return "I have called a clinician. Stay on the line with me. If you cannot, call 999."
    return (
        f"{row.acknowledged_by} has this now, and is going to ring you on {spoken(row.phone)}."
        " Stay with me until they do. If it gets worse, call 999."
    )


def say_here(had_by: str) -> str:
    """What somebody at a desk hears."""
    if not had_by:
        return SAY[SentTo.EMERGENCY]
    return f"{had_by} has this now, and is going to come to you. Please stay here with me."


def whom_banner(patient: PatientRow, *, now: datetime) -> Banner:
    """Whose page it was pressed on."""
    return banner(
        family_name=patient.family_name,
        given_name=patient.given_name,
        born_on=patient.born_on,
        nhs_number=patient.nhs_number,
        practice=patient.practice,
        now=now,
    )


def _ended_words(ended_as: CallEnd, case_ref: str) -> str:
    """ "999 was called", or "Made a request: HR-7K3M-9QXT-2C"."""
    return f"{ended_as.label}: {case_ref}" if ended_as is CallEnd.REQUEST else ended_as.label
