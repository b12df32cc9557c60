"""Where somebody goes who came to a hub without an appointment: it is no walk-in centre."""

from __future__ import annotations

from practices.rules.code import Code


class SentTo(Code):
    """Where somebody was sent on, with the sentence that is read to them."""

    PRACTICE = "practice", "Their own practice, which calls them"
    PHARMACY = "pharmacy", "A pharmacy"
    NHS111 = "nhs111", "NHS 111"
    URGENT = "urgent", "Urgent treatment centre"
    EMERGENCY = "emergency", "Emergency: a clinician was called"


SAY: dict[SentTo, str] = {
    SentTo.PRACTICE: (
        "We see people whose practice has booked them. I have told your practice that you came, "
        "and they call you today. If it gets worse, call 111, and in an emergency 999."
    ),
    SentTo.PHARMACY: (
        "A pharmacist can see you today without an appointment. If they cannot help, "
        "call your practice, or 111 when it is closed."
    ),
    SentTo.NHS111: "Please call 111 now. You can do it from here.",
    SentTo.URGENT: "The urgent treatment centre sees you today without an appointment.",
    SentTo.EMERGENCY: "I have called a clinician to you. Please stay here with me.",
}
