"""How a rule says no, and with which word it may be overruled."""

from __future__ import annotations

from practices.rules.code import Code


class Refusal(Code):
    """Why something is impossible: exactly one of these binds."""

    SCOPE = "scope", "Outside this role's scope"
    AGE = "age", "Wrong age for this service"
    SUPERVISION = "supervision", "No supervisor is present"
    LIMIT = "limit", "Past the safe working limit"
    SHARE = "share", "The practice's share is used"
    AGREEMENT = "agreement", "No agreement with this provider"
    AUDIENCE = "audience", "Kept for others"
    EMBARGO = "embargo", "Not released yet"
    TAKEN = "taken", "Just taken"
    STARTED = "started", "Already started"
    PAST_DUE = "past_due", "Later than the case is due"
    ACCESS_NEED = "access_need", "Does not meet an access need"
    MODE = "mode", "Wrong kind of appointment"
    LEAVE = "leave", "The clinician is away"
    CLOSED = "closed", "Closed"
    PATIENT_DECLINED = "patient_declined", "The patient said no"


class Override(Code):
    """Why a person went past a rule; stored with who and until when."""

    CLINICAL_NEED = "clinical_need", "Clinical need"
    PATIENT_CHOICE = "patient_choice", "Patient choice"
    SERVICE_FAILURE = "service_failure", "Service failure"
    TRAINING = "training", "Training"


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A rule said no: `str()` is a sentence for a person, `code` a word for a program.

    `status` is what a door over HTTP answers; nothing has changed.
    """

    status = 422

    def __init__(self, text: str, *, code: str, field: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.code = code
        self.field = field


class BadInput(Refused):
    """What a person typed cannot be read; the sentence says what to type."""

    def __init__(self, text: str, *, field: str = "") -> None:
        super().__init__(text, code="invalid", field=field)


class Conflict(Refused):
    """Somebody or something else was quicker: look again and choose."""

    status = 409

    def __init__(self, text: str, *, code: str = "stale", field: str = "") -> None:
        super().__init__(text, code=code, field=field)


class VersionMoved(Conflict):
    """The row was changed since the caller read it."""


class Forbidden(Refused):
    """You may see it, but this is not yours to do."""

    status = 403

    def __init__(self, text: str, *, code: str = "role") -> None:
        super().__init__(text, code=code)


class Absent(Refused):
    """It does not exist, or it is not yours to know of: the same answer for both."""

    status = 404

    def __init__(self) -> None:
        super().__init__("Not found.", code="not_found")
