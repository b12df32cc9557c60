"""Who: every write of the practices app."""

from practices.actions.calling_back import leave_unsaid, only_by_voice, take_back
from practices.actions.delivery import deliver, settle, take_up
from practices.actions.drafts import discard_draft, keep_draft, tidy_drafts
from practices.actions.lists import (
    Listed,
    NewPatient,
    Place,
    add_site,
    open_practice,
    register_list,
    rename_practices,
)
from practices.actions.messages import (
    mark_told,
    take_message,
    tell,
)
from practices.actions.new_numbers import Reached, may_write, reach_anew
from practices.actions.outbox_work import finish_work, put_back, take_work
from practices.actions.patients import (
    disclose,
    end_disclosures,
    keep_email,
    keep_hub_wish,
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
from practices.actions.safe_limits import (
    Aim,
    check_still_so,
    end_limit,
    end_limits_of,
    replace_limit,
    set_limit,
    set_limit_mode,
    set_own_mode,
    set_persons_limit,
    set_practice_limit,
)

__all__ = [
    "Aim",
    "Listed",
    "NewPatient",
    "Place",
    "Reached",
    "add_person",
    "add_site",
    "become_clinician",
    "check_still_so",
    "deliver",
    "discard_draft",
    "disclose",
    "end_disclosures",
    "end_limit",
    "end_limits_of",
    "finish_work",
    "import_practices",
    "issue_token",
    "join",
    "keep_draft",
    "keep_email",
    "keep_hub_wish",
    "leave",
    "leave_unsaid",
    "mark_told",
    "may_write",
    "only_by_voice",
    "open_practice",
    "person_key",
    "put_back",
    "reach_anew",
    "register_list",
    "register_patient",
    "rename_practices",
    "replace_limit",
    "revoke_tokens",
    "set_limit",
    "set_limit_mode",
    "set_list_sizes",
    "set_own_mode",
    "set_password",
    "set_persons_limit",
    "set_practice_limit",
    "settle",
    "take_back",
    "take_message",
    "take_up",
    "take_work",
    "tell",
    "tidy_drafts",
]
