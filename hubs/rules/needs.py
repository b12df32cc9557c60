"""What a patient needs, and how soon: the two words every house above speaks."""

from __future__ import annotations

from practices.rules.code import Code


class Need(Code):
    """Why somebody asks for help, as chosen by a receptionist or the patient."""

    SORE_THROAT = "sore_throat", "Sore throat"
    EAR_PAIN = "ear_pain", "Ear pain"
    COUGH_BREATHING = "cough_breathing", "Cough or breathing"
    FEVER_CHILD = "fever_child", "Child with a fever"
    URINARY = "urinary", "Waterworks"
    SKIN_RASH = "skin_rash", "Skin or rash"
    BACK_JOINT = "back_joint", "Back, joint or muscle"
    ABDOMINAL = "abdominal", "Tummy"
    HEADACHE = "headache", "Headache"
    MENTAL_HEALTH = "mental_health", "Mental health"
    MEDICATION = "medication", "Medicines"
    WOUND_INJURY = "wound_injury", "Wound or injury"
    EYE = "eye", "Eye"
    WOMENS_HEALTH = "womens_health", "Women's health"
    LONG_TERM_CONDITION = "long_term_condition", "Long-term condition"
    FOLLOW_UP = "follow_up", "Follow-up"
    ADMIN = "admin", "Paperwork"
    OTHER = "other", "Something else"


class Urgency(Code):
    """The class of a case: P0 is the most urgent."""

    P0 = "P0", "Emergency: 999 now"
    P1 = "P1", "Within 1 hour"
    P2 = "P2", "Within 2 hours"
    P3 = "P3", "Within 6 hours"
    P4 = "P4", "Today"
    P5 = "P5", "Next working day"
    P6 = "P6", "Planned"

    @property
    def rank(self) -> int:
        """0 for the most urgent; lower goes first."""
        return int(self[1])

    @property
    def is_urgent(self) -> bool:
        """P0-P3: never blocked by a share or a limit (urgent never waits for paperwork)."""
        return self.rank <= 3

    @property
    def is_same_day(self) -> bool:
        """P1-P4 are the nationally counted "clinically urgent"; P0 is past counting."""
        return self.rank <= 4


def most_urgent(*urgencies: Urgency) -> Urgency:
    """The class that goes first."""
    return min(urgencies, key=lambda urgency: urgency.rank)
