"""Which profession may see which need at which age. Hard rules, checked at every booking and move.

Seeds of the domain's role table (section 2); a locality may only make them stricter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hubs.rules.needs import Need
from practices.rules.professions import Profession
from practices.rules.refusals import Refusal, Refused

EVERY_NEED: frozenset[Need] = frozenset(Need)
CLINICAL_NEEDS: frozenset[Need] = EVERY_NEED - {Need.ADMIN}
# What nobody has looked at yet and could be anything.
UNDIFFERENTIATED: frozenset[Need] = frozenset(
    {Need.ABDOMINAL, Need.HEADACHE, Need.COUGH_BREATHING, Need.FEVER_CHILD, Need.OTHER}
)
TRIAGERS: frozenset[Profession] = frozenset(
    {Profession.GP, Profession.REGISTRAR, Profession.ANP, Profession.PARAMEDIC}
)
OLDEST = 130


@dataclass(frozen=True, slots=True)
class Scope:
    """The needs a profession sees, from which age, and what stops it."""

    needs: frozenset[Need]
    min_age: int = 0
    sees_pregnant: bool = True
    sees_unresolved: bool = True
    only_after_gp_triage: bool = False


SCOPES: Mapping[Profession, Scope] = {
    Profession.GP: Scope(EVERY_NEED),
    Profession.REGISTRAR: Scope(CLINICAL_NEEDS),
    Profession.ANP: Scope(CLINICAL_NEEDS, min_age=1, sees_pregnant=False),
    Profession.PARAMEDIC: Scope(
        frozenset(
            {
                Need.SORE_THROAT,
                Need.EAR_PAIN,
                Need.COUGH_BREATHING,
                Need.FEVER_CHILD,
                Need.URINARY,
                Need.SKIN_RASH,
                Need.WOUND_INJURY,
                Need.BACK_JOINT,
            }
        ),
        min_age=2,
        sees_pregnant=False,
    ),
    Profession.PHARMACIST: Scope(
        frozenset(
            {
                Need.MEDICATION,
                Need.LONG_TERM_CONDITION,
                Need.SORE_THROAT,
                Need.EAR_PAIN,
                Need.URINARY,
                Need.SKIN_RASH,
            }
        ),
        min_age=5,
        sees_pregnant=False,
    ),
    Profession.PHYSIO: Scope(frozenset({Need.BACK_JOINT}), min_age=16),
    Profession.MENTAL_HEALTH: Scope(frozenset({Need.MENTAL_HEALTH}), min_age=16),
    Profession.NURSE: Scope(
        frozenset({Need.WOUND_INJURY, Need.LONG_TERM_CONDITION, Need.FOLLOW_UP, Need.WOMENS_HEALTH})
    ),
    Profession.HCA: Scope(frozenset({Need.LONG_TERM_CONDITION, Need.FOLLOW_UP}), min_age=16),
    # The seven conditions of the college's guidance are close to Pharmacy First; never a second
    # presentation that is not resolved, and never before a GP has triaged (Leng review).
    Profession.PHYSICIAN_ASSISTANT: Scope(
        frozenset({Need.SORE_THROAT, Need.EAR_PAIN, Need.URINARY, Need.SKIN_RASH}),
        min_age=5,
        sees_pregnant=False,
        sees_unresolved=False,
        only_after_gp_triage=True,
    ),
    Profession.SOCIAL_PRESCRIBER: Scope(frozenset({Need.ADMIN}), min_age=16),
    Profession.CARE_COORDINATOR: Scope(frozenset({Need.ADMIN})),
}


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """What the scope depends on; an unknown age is treated as too young and too old."""

    need: Need
    age: int | None
    pregnant: bool = False
    unresolved: bool = False
    triaged_by_gp: bool = False
    crisis: bool = False


def check_may_see(profession: Profession, patient: PatientFacts) -> None:
    """The profession may see the patient with this need, or `Refused` with the one reason."""
    scope = SCOPES[profession]
    who = profession.label
    if patient.need not in scope.needs:
        raise _out(f"{who}: {patient.need.label.lower()} is outside their scope")
    if patient.crisis and profession is not Profession.GP:
        raise _out(f"{who}: an active plan to die goes to the crisis route now")
    if scope.only_after_gp_triage and not patient.triaged_by_gp:
        raise _out(f"{who}: only after a GP has triaged the case")
    if patient.unresolved and not scope.sees_unresolved:
        raise _out(f"{who}: not for a second presentation that is unresolved")
    if patient.pregnant and not scope.sees_pregnant:
        raise _out(f"{who}: not for problems in pregnancy")
    if scope.min_age and patient.age is None:
        raise _too_young(f"{who}: the patient's age is not known")
    if patient.age is not None and patient.age < scope.min_age:
        raise _too_young(f"{who}: sees patients aged {scope.min_age} or over")


def may_see(profession: Profession, patient: PatientFacts) -> bool:
    """Whether the profession may see the patient."""
    return refusal_to_see(profession, patient) is None


def refusal_to_see(profession: Profession, patient: PatientFacts) -> Refused | None:
    """Why the profession may not see the patient, or None where it may."""
    try:
        check_may_see(profession, patient)
    except Refused as refused:
        return refused
    return None


def for_whom_else(profession: Profession, patient: PatientFacts) -> Refused | None:
    """As `refusal_to_see`, and who may see the patient instead (safety I38)."""
    refused = refusal_to_see(profession, patient)
    others = [one.label for one in Profession if may_see(one, patient)] if refused else []
    if refused is None or not others:
        return refused
    return Refused(f"{refused.text}. It is in scope for: {', '.join(others)}", code=refused.code)


def sees_as_much(profession: Profession, other: Profession) -> bool:
    """Whether the profession may see everybody the other may: it can stand in without a look."""
    mine, theirs = SCOPES[profession], SCOPES[other]
    return (
        theirs.needs <= mine.needs
        and mine.min_age <= theirs.min_age
        and (mine.sees_pregnant or not theirs.sees_pregnant)
        and (mine.sees_unresolved or not theirs.sees_unresolved)
        and (not mine.only_after_gp_triage or theirs.only_after_gp_triage)
    )


def may_triage(profession: Profession) -> bool:
    """Whether the profession may sign a class; physician assistants never do."""
    return profession in TRIAGERS


def needs_seen_by(profession: Profession) -> frozenset[Need]:
    """The needs in scope, for filters; age and the rest are checked case by case."""
    return SCOPES[profession].needs


def _out(text: str) -> Refused:
    return Refused(text, code=Refusal.SCOPE)


def _too_young(text: str) -> Refused:
    return Refused(text, code=Refusal.AGE)
