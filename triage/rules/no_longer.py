"""A patient says that they need us no longer: no P1-P5 ends without a clinician's look."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from practices.rules.code import Code
from practices.rules.refusals import Refused
from triage.rules.codes import ClassStatus, Urgency
from triage.rules.states import Step

# Who is better may be ringing while they get worse: nobody keeps it for the end of the day (A).
LOOKED_AT_WITHIN = timedelta(hours=1)
# Why an appointment is cancelled where the patient says so, at the desk or by their own link.
SAID_BY_PATIENT = frozenset({"patient_asked", "patient_better", "seen_elsewhere"})
BY_OWN_LINK = "patient_cancelled"
# What says more of the patient than an earlier cancelling did.
SAYS_MORE = frozenset(
    {
        Step.UNBOOK,
        Step.BOOK,
        Step.REPEAT_CONTACT,
        Step.RAISE_CLASS,
        Step.SIGN_CLASS,
        Step.REOPEN,
        Step.CLOSE,
    }
)


class NoLonger(Code):
    """What the patient says; the label stands wherever the case waits."""

    BETTER = "patient_better", "Patient says they are better"
    ELSEWHERE = "seen_elsewhere", "Patient says they were seen elsewhere"


def says(code: str) -> NoLonger | None:
    """What the patient says by the reason of a cancelling; None where it is another reason."""
    return NoLonger(code) if code in set(NoLonger) else None


def unbooked(because: str, due_at: datetime, *, at: datetime) -> dict[str, Any]:
    """How a case waits whose appointment is cancelled: as before, or soon due and looked at first.

    Nobody is booked again who says that they need us no longer, before a clinician has looked.
    """
    ended = {"code": because, "booking": None}
    said = says(because)
    if said is None:
        return ended
    return ended | {
        "due_at": min(due_at, at + LOOKED_AT_WITHIN),
        "urgency_status": ClassStatus.PROVISIONAL.value,
        "bookable_now": False,
        "bookable_because": f"{said.label}: a clinician closes it, or calls",
    }


def may_close_unseen(urgency: Urgency) -> bool:
    """Whether the desk may close such a case by itself."""
    return urgency is Urgency.P6


def check_may_close_unseen(urgency: Urgency, because: str) -> None:
    """Only what is planned is closed at the desk, and only when the patient says it is over."""
    if not may_close_unseen(urgency) or says(because) is None:
        raise Refused(
            "A clinician closes this request. Untick “close the request as well”",
            code="role",
            field="closes",
        )
