"""A chaperone at an intimate examination: offered each time, trained, never family.

Domain section 4, access needs (CQC, GP mythbuster 15).
"""

from __future__ import annotations

import re

from practices.rules.code import Code
from practices.rules.reach import Actor
from practices.rules.refusals import Refused
from practices.rules.roles import Role

LONGEST_NAME = 80
LEADS = frozenset({Role.SUPERVISOR, Role.DUTY})
_RELATION = (
    r"(?:(?:grand|step)?-?(?:mother|father|son|daughter)|mum|mummy|dad|daddy|parents?|wife|husband"
    r"|partner|(?:boy|girl)?friend|sister|brother|aunt|uncle|cousin|relative|family|carer"
    r"|neighbour)"
)
_WHOSE = r"(?:her|his|their|(?:the\s+)?patient['’]s)\s+(?:own\s+)?"
# A relation is one of the patient's, alone, or in brackets. A nurse may be called Sister, a GP a
# partner, and anybody Friend.
_FAMILY = re.compile(
    rf"\b{_WHOSE}{_RELATION}\b"
    rf"|\A\W*(?:(?:an?|the)\s+)?{_RELATION}\W*\Z"
    rf"|\(\s*(?:an?\s+|the\s+)?{_RELATION}\s*\)",
    re.IGNORECASE,
)


class Chaperone(Code):
    """What became of the offer."""

    ACCEPTED = "accepted", "Offered and accepted"
    DECLINED = "declined", "Offered and declined"
    NOT_NEEDED = "not_needed", "Not needed: no intimate examination"


def check_chaperone(answer: Chaperone, *, name: str, is_trained: bool) -> None:
    """Who was in the room has a name, is trained, and is nobody of the patient's own."""
    if answer is not Chaperone.ACCEPTED:
        return
    if not any(letter.isalnum() for letter in name):
        raise Refused("Enter the chaperone's name", code="required", field="chaperone_name")
    if not is_trained or _FAMILY.search(name):
        raise Refused(
            "A chaperone is trained, and not family, a friend or a carer of the patient. Record one"
            " of our own, or that it was declined",
            code="not_trained",
            field="chaperone_name",
        )


def is_in_the_room(by: Actor, *, clinician_id: int, house_id: int) -> bool:
    """Whether they see the patient at the appointment, or lead in the house where it is."""
    leads = by.is_one_of(LEADS) and by.organisation_id == house_id
    return by.clinician_id is not None and (by.clinician_id == clinician_id or leads)
