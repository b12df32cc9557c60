"""What clinicians are. What each may see is `hubs.rules.scope`; here are names and limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from practices.rules.code import Code


class Profession(Code):
    """A clinician's profession, or the non-clinical role of a member of the wider team."""

    GP = "gp", "GP"
    REGISTRAR = "registrar", "GP registrar"
    ANP = "anp", "Advanced nurse practitioner"
    PARAMEDIC = "paramedic", "Paramedic"
    PHARMACIST = "pharmacist", "Clinical pharmacist"
    PHYSIO = "physio", "First contact physiotherapist"
    MENTAL_HEALTH = "mental_health", "Mental health practitioner"
    NURSE = "nurse", "Practice nurse"
    HCA = "hca", "Healthcare assistant"
    PHYSICIAN_ASSISTANT = "physician_assistant", "Physician assistant"
    SOCIAL_PRESCRIBER = "social_prescriber", "Social prescriber"
    CARE_COORDINATOR = "care_coordinator", "Care co-ordinator"


class Stage(Code):
    """How far a GP registrar has come."""

    ST1 = "st1", "First year (ST1)"
    ST2 = "st2", "Second year (ST2)"
    ST3 = "st3", "Third year (ST3)"


@dataclass(frozen=True, slots=True)
class Default:
    """Where a profession starts before anybody sets a limit; points in tenths a day."""

    limit: int
    slot_minutes: int
    is_clinical: bool = True
    needs_supervisor: bool = False


# 25 is the safe number of the BMA and UEMO for anyone who consults (domain section 1). The lower
# ones are starting points for longer appointments; a practice sets its own, dated and signed.
DEFAULTS: Mapping[Profession, Default] = {
    Profession.GP: Default(limit=250, slot_minutes=15),
    Profession.REGISTRAR: Default(limit=160, slot_minutes=20, needs_supervisor=True),
    Profession.ANP: Default(limit=250, slot_minutes=15, needs_supervisor=True),
    Profession.PARAMEDIC: Default(limit=200, slot_minutes=20, needs_supervisor=True),
    Profession.PHARMACIST: Default(limit=200, slot_minutes=20, needs_supervisor=True),
    Profession.PHYSIO: Default(limit=200, slot_minutes=20, needs_supervisor=True),
    Profession.MENTAL_HEALTH: Default(limit=150, slot_minutes=30, needs_supervisor=True),
    Profession.NURSE: Default(limit=250, slot_minutes=15, needs_supervisor=True),
    Profession.HCA: Default(limit=250, slot_minutes=15, needs_supervisor=True),
    Profession.PHYSICIAN_ASSISTANT: Default(limit=160, slot_minutes=20, needs_supervisor=True),
    Profession.SOCIAL_PRESCRIBER: Default(limit=120, slot_minutes=40, is_clinical=False),
    Profession.CARE_COORDINATOR: Default(limit=250, slot_minutes=15, is_clinical=False),
}

# A registrar starts at 30 minutes a patient and comes down to 15 by the end (BMA and COGPED,
# November 2024); half an hour of each session's three hours is debrief (domain section 1).
CONSULTING_MINUTES, DEBRIEF_MINUTES, SESSIONS_A_DAY = 180, 30, 2
_MINUTES_OF: Mapping[Stage, int] = {Stage.ST1: 30, Stage.ST2: 20, Stage.ST3: 15}


def _of_stage(stage: Stage) -> Default:
    minutes = _MINUTES_OF[stage]
    patients = SESSIONS_A_DAY * (CONSULTING_MINUTES - DEBRIEF_MINUTES) // minutes
    return Default(limit=10 * patients, slot_minutes=minutes, needs_supervisor=True)


STAGES: Mapping[Stage, Default] = {stage: _of_stage(stage) for stage in Stage}


def starting_point(profession: Profession, stage: str = "") -> Default:
    """Where the person starts: a registrar by stage where it is known, others by profession."""
    if profession is Profession.REGISTRAR and stage in set(Stage):
        return STAGES[Stage(stage)]
    return DEFAULTS[profession]


def basis_of(profession: Profession, stage: str = "") -> str:
    """The words beside a starting point."""
    if profession is Profession.REGISTRAR and stage in set(Stage):
        found = Stage(stage)
        return f"Starting point in {found.label}: {STAGES[found].slot_minutes} minutes a patient"
    if DEFAULTS[profession].limit == DEFAULTS[Profession.GP].limit:
        return "Safe working default"
    return f"Starting point of the profession: {profession.label}"
