"""Why: how a patient may be reached about a case, and who spoke for them."""

from collections.abc import Collection
from dataclasses import dataclass

from practices.rules.access import AccessNeed
from triage.models import Case
from triage.rules.callers import Authority, Caller, Identity, Relation, rung_on


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """How the patient may be reached, and who spoke for them last."""

    phone: str
    heard_phone: str
    identity: Identity
    safe_to_call: bool
    voicemail_allowed: bool
    temporary_phone: bool
    is_confidential: bool
    safe_to_text: bool
    caller: Caller | None
    linked_id: int | None

    @property
    def tells_nothing(self) -> bool:
        """Whether whoever called last has no right to be told anything."""
        return self.caller is not None and not self.caller.has_right

    @property
    def may_write(self) -> bool:
        """Whether nobody at home learns of what must not be known there from a letter."""
        return self.safe_to_call and self.safe_to_text and not self.is_confidential

    @property
    def rung_on(self) -> str:
        """The number that may be rung, if any."""
        return rung_on(self.phone, safe_to_call=self.safe_to_call)


def contacts_of(references: Collection[str]) -> dict[str, ContactFacts]:
    """What each of these cases in reach says of it, by reference. One statement."""
    found = Case.objects.filter(reference__in=references)
    return {case.reference: contact_of(case) for case in found}


def may_text(case: Case) -> bool:
    """Whether a text is safe and nobody said that the patient wants none."""
    wants_none = AccessNeed.NO_TEXT in {*case.access_needs, *case.patient.access_needs}
    return case.safe_to_text and not wants_none


def contact_of(case: Case) -> ContactFacts:
    """What the case says of it."""
    day = case.caller_authority_on
    caller = None
    if case.caller_name and day is not None:
        relation, authority = Relation(case.caller_relation), Authority(case.caller_authority)
        caller = Caller(case.caller_name, relation, authority, day)
    return ContactFacts(
        phone=case.phone,
        heard_phone=case.heard_phone,
        identity=Identity(case.identity),
        safe_to_call=case.safe_to_call,
        voicemail_allowed=case.voicemail_allowed,
        temporary_phone=case.temporary_phone,
        is_confidential=case.is_confidential,
        safe_to_text=case.safe_to_text,
        caller=caller,
        linked_id=case.linked_to_id,
    )
