"""Who: every write of the practices app."""

from practices.actions.outbox_work import finish_work, put_back, take_work
from practices.actions.patients import disclose, end_disclosures, register_patient
from practices.actions.people import issue_token, join, leave
from practices.actions.safe_limits import set_limit, set_limit_mode

__all__ = [
    "disclose",
    "end_disclosures",
    "finish_work",
    "issue_token",
    "join",
    "leave",
    "put_back",
    "register_patient",
    "set_limit",
    "set_limit_mode",
    "take_work",
]
