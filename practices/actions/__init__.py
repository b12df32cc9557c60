"""Who: every write of the practices app."""

from practices.actions.delivery import deliver
from practices.actions.messages import tell
from practices.actions.outbox_work import finish_work, put_back, take_work
from practices.actions.patients import (
    disclose,
    end_disclosures,
    person_key,
    register_patient,
)
from practices.actions.people import issue_token, join, leave
from practices.actions.published_practices import import_practices, set_list_sizes
from practices.actions.safe_limits import set_limit, set_limit_mode

__all__ = [
    "deliver",
    "disclose",
    "end_disclosures",
    "finish_work",
    "import_practices",
    "issue_token",
    "join",
    "leave",
    "person_key",
    "put_back",
    "register_patient",
    "set_limit",
    "set_limit_mode",
    "set_list_sizes",
    "take_work",
    "tell",
]
