"""Who: every write of the practices app."""

from practices.actions.delivery import deliver
from practices.actions.lists import (
    Listed,
    NewPatient,
    Place,
    add_site,
    open_practice,
    register_list,
    rename_practices,
)
from practices.actions.messages import tell
from practices.actions.outbox_work import finish_work, put_back, take_work
from practices.actions.patients import (
    disclose,
    end_disclosures,
    person_key,
    register_patient,
)
from practices.actions.people import (
    add_person,
    become_clinician,
    issue_token,
    join,
    leave,
    revoke_tokens,
    set_password,
)
from practices.actions.published_practices import import_practices, set_list_sizes
from practices.actions.safe_limits import set_limit, set_limit_mode

__all__ = [
    "Listed",
    "NewPatient",
    "Place",
    "add_person",
    "add_site",
    "become_clinician",
    "deliver",
    "disclose",
    "end_disclosures",
    "finish_work",
    "import_practices",
    "issue_token",
    "join",
    "leave",
    "open_practice",
    "person_key",
    "put_back",
    "register_list",
    "register_patient",
    "rename_practices",
    "revoke_tokens",
    "set_limit",
    "set_limit_mode",
    "set_list_sizes",
    "set_password",
    "take_work",
    "tell",
]
