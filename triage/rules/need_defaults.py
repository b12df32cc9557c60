"""What each need starts as, the protocols a receptionist may book under, and 111's codes.

All of it is data that a clinical lead signs and changes; nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from appointments.rules.codes import ContactKind
from hubs.rules.needs import most_urgent
from triage.rules.codes import Need, Sex, Urgency


@dataclass(frozen=True, slots=True)
class NeedDefault:
    """The provisional class of a need, and what kind of contact it usually takes."""

    urgency: Urgency
    kind: ContactKind = ContactKind.FACE_TO_FACE
    is_symptom: bool = True


@dataclass(frozen=True, slots=True)
class Protocol:
    """A need a receptionist may book before a clinician has signed, and for whom."""

    min_age: int
    max_age: int
    sex: Sex | None = None
    excludes: tuple[str, ...] = ()

    def for_whom(self) -> str:
        """The protocol's limits as a phrase: "women aged 16 to 64", "anyone aged 5 or over"."""
        who = {Sex.FEMALE: "women", Sex.MALE: "men"}.get(self.sex or Sex.UNKNOWN, "anyone")
        if self.max_age >= OLDEST:
            return f"{who} aged {self.min_age} or over" if self.min_age else f"{who} of any age"
        return f"{who} aged {self.min_age} to {self.max_age}"


OLDEST = 130
SYMPTOM_FLOOR = Urgency.P4

NEED_DEFAULTS: Mapping[Need, NeedDefault] = {
    Need.SORE_THROAT: NeedDefault(Urgency.P4),
    Need.EAR_PAIN: NeedDefault(Urgency.P4),
    Need.COUGH_BREATHING: NeedDefault(Urgency.P3),
    Need.FEVER_CHILD: NeedDefault(Urgency.P2),
    Need.URINARY: NeedDefault(Urgency.P4),
    Need.SKIN_RASH: NeedDefault(Urgency.P4),
    Need.BACK_JOINT: NeedDefault(Urgency.P4),
    Need.ABDOMINAL: NeedDefault(Urgency.P3),
    Need.HEADACHE: NeedDefault(Urgency.P3),
    Need.MENTAL_HEALTH: NeedDefault(Urgency.P3, ContactKind.COMPLEX),
    Need.MEDICATION: NeedDefault(Urgency.P5, ContactKind.PHONE, is_symptom=False),
    Need.WOUND_INJURY: NeedDefault(Urgency.P3),
    Need.EYE: NeedDefault(Urgency.P3),
    Need.WOMENS_HEALTH: NeedDefault(Urgency.P4),
    Need.LONG_TERM_CONDITION: NeedDefault(Urgency.P6, ContactKind.COMPLEX, is_symptom=False),
    Need.FOLLOW_UP: NeedDefault(Urgency.P6, is_symptom=False),
    Need.ADMIN: NeedDefault(Urgency.P6, ContactKind.ONLINE, is_symptom=False),
    # Nobody knows yet what it is, so it counts as a symptom.
    Need.OTHER: NeedDefault(Urgency.P4),
}

# Ages follow Pharmacy First and the locality's example protocols (domain sections 2 and 3).
PROTOCOLS: Mapping[Need, Protocol] = {
    Need.SORE_THROAT: Protocol(5, OLDEST, excludes=("cannot swallow own spit", "drooling")),
    Need.EAR_PAIN: Protocol(5, OLDEST, excludes=("swelling behind the ear", "stiff neck")),
    Need.URINARY: Protocol(
        16, 64, Sex.FEMALE, excludes=("pregnant", "catheter", "fever or shivering", "loin pain")
    ),
    Need.BACK_JOINT: Protocol(
        16, OLDEST, excludes=("new numbness or weakness", "cannot pass urine", "after a fall")
    ),
    Need.FOLLOW_UP: Protocol(0, OLDEST),
}


def starting_class(need: Need) -> Urgency:
    """The class before anything raises it; a symptom never starts below P4."""
    default = NEED_DEFAULTS[need]
    return most_urgent(default.urgency, SYMPTOM_FLOOR) if default.is_symptom else default.urgency


@dataclass(frozen=True, slots=True)
class Disposition:
    """An NHS Pathways code: a class, and the elapsed minutes it promises (None: none)."""

    urgency: Urgency
    minutes: int | None
    words: str


_HOUR = 60

# NHS Pathways dispositions that lead to primary care (domain section 4).
DISPOSITIONS: Mapping[str, Disposition] = {
    "Dx11": Disposition(Urgency.P1, 1 * _HOUR, "speak to a clinician within 1 hour"),
    "Dx117": Disposition(Urgency.P1, 1 * _HOUR, "palliative care, speak within 1 hour"),
    "Dx05": Disposition(Urgency.P2, 2 * _HOUR, "contact within 2 hours"),
    "Dx12": Disposition(Urgency.P2, 2 * _HOUR, "speak to a clinician within 2 hours"),
    "Dx06": Disposition(Urgency.P3, 6 * _HOUR, "contact within 6 hours"),
    "Dx13": Disposition(Urgency.P3, 6 * _HOUR, "speak to a clinician within 6 hours"),
    "Dx07": Disposition(Urgency.P4, 12 * _HOUR, "contact within 12 hours"),
    "Dx14": Disposition(Urgency.P4, 12 * _HOUR, "speak to a clinician within 12 hours"),
    "Dx08": Disposition(Urgency.P5, 24 * _HOUR, "contact within 24 hours"),
    "Dx15": Disposition(Urgency.P5, 24 * _HOUR, "speak to a clinician within 24 hours"),
    "Dx115": Disposition(Urgency.P5, 24 * _HOUR, "appointment the next working day"),
    "Dx75": Disposition(Urgency.P6, 72 * _HOUR, "contact within 3 working days"),
    "Dx10": Disposition(Urgency.P6, None, "own GP, not urgent"),
    "Dx81": Disposition(Urgency.P5, 24 * _HOUR, "repeat prescription the next working day"),
    "Dx110": Disposition(Urgency.P3, 4 * _HOUR, "community nurse within 4 hours"),
    "Dx111": Disposition(Urgency.P5, 24 * _HOUR, "community nurse within 24 hours"),
    "Dx112": Disposition(Urgency.P5, 24 * _HOUR, "community nurse the next day"),
    "Dx1112": Disposition(Urgency.P1, 1 * _HOUR, "speak to a clinician within 1 hour"),
    "Dx1113": Disposition(Urgency.P2, 2 * _HOUR, "speak to a clinician within 2 hours"),
    "Dx1114": Disposition(Urgency.P3, 4 * _HOUR, "speak to a clinician within 4 hours"),
    "Dx1115": Disposition(Urgency.P3, 6 * _HOUR, "speak to a clinician within 6 hours"),
    "Dx1116": Disposition(Urgency.P4, 12 * _HOUR, "speak to a clinician within 12 hours"),
    "Dx1117": Disposition(Urgency.P5, 24 * _HOUR, "speak to a clinician the next working day"),
}


def disposition_of(external_code: str) -> Disposition | None:
    """What a code promises, however it was typed (`dx 5` is Dx05), or None if unknown."""
    digits = "".join(external_code.split()).casefold().removeprefix("dx")
    if not (digits.isascii() and digits.isdigit()):
        return None
    return DISPOSITIONS.get(f"Dx{digits.zfill(2)}")
