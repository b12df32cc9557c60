"""Who called for the patient, and how the patient may be reached: kept with the case."""

from datetime import date, datetime, timedelta
from typing import Protocol

from practices.models import Patient
from practices.rules.person_names import age_on
from practices.rules.phones import spoken
from practices.rules.reach import Actor
from practices.rules.refusals import Refused
from triage.actions.stepping import write_note
from triage.models import Case, Note
from triage.rules.callers import Caller, Identity, Reaching, is_confidential, surest

ONE_CALL = timedelta(hours=24)


class Call(Protocol):
    """What a wish says of who calls, and of how the patient may be reached."""

    @property
    def caller(self) -> Caller | None: ...
    @property
    def reaching(self) -> Reaching: ...
    @property
    def phone(self) -> str: ...


def contact_facts(patient: Patient, call: Call, *, may_text: bool, on: date) -> dict[str, object]:
    """How the patient may be reached, as a new case keeps it.

    What is confidential goes out neither as a text nor on a voicemail: others may read the number.
    A caller without a right is told nothing: their number is not the patient's.
    """
    reaching = call.reaching
    confidential = is_confidential(age_on(patient.born_on, on), reaching)
    tells_nothing = _tells_nothing(call.caller)
    phone = "" if tells_nothing else call.phone
    # The record's number may be a parent's: in confidence only the number given now is rung.
    known = "" if confidential else patient.phone
    return {
        "phone": phone or known,
        "heard_phone": "" if tells_nothing else reaching.heard_phone,
        "identity": reaching.identity,
        "safe_to_call": reaching.safe_to_call,
        "safe_to_text": may_text and not confidential and not tells_nothing,
        "voicemail_allowed": reaching.voicemail_allowed and not confidential,
        "temporary_phone": reaching.temporary_phone and not tells_nothing,
        "is_confidential": confidential,
        **caller_fields(call.caller),
    }


def contact_after(
    case: Case,
    reaching: Reaching,
    caller: Caller | None,
    *,
    phone: str,
    may_text: bool,
    needs: set[str],
    on: date,
) -> dict[str, object]:
    """How the patient may be reached after calling again: a wish for care only adds up.

    The number called from last counts, unless the caller has no right; who asked in confidence
    once still does.
    """
    age = age_on(case.patient.born_on, on)
    confidential = case.is_confidential or is_confidential(age, reaching)
    texts = case.safe_to_text and may_text
    if _tells_nothing(caller):
        phone, texts = "", False
    # A number from before it was confidential may be the record's, or a parent's.
    known = case.phone if case.is_confidential or not confidential else ""
    heard = "" if _tells_nothing(caller) else reaching.heard_phone
    found: dict[str, object] = {
        "phone": phone or known,
        "heard_phone": heard or ("" if phone else case.heard_phone),
        "safe_to_text": texts and not confidential,
        "access_needs": sorted(needs),
        "identity": surest(Identity(case.identity), reaching.identity),
        "safe_to_call": case.safe_to_call and reaching.safe_to_call,
        "voicemail_allowed": case.voicemail_allowed
        and reaching.voicemail_allowed
        and not confidential,
        "temporary_phone": reaching.temporary_phone
        if phone
        else case.temporary_phone and bool(known),
        "is_confidential": confidential,
    }
    return found | caller_fields(caller) if caller else found


def note_caller(case: Case, call: Call, *, by: Actor, at: datetime) -> Note | None:
    """It is kept who spoke for the patient, by what right, and when that was seen.

    A number given without a right stands here alone, for whoever must call back.
    """
    caller = call.caller
    if caller is None:
        return None
    words = right_words(caller)
    own = "" if call.phone == case.phone else spoken(call.phone) if call.phone else ""
    own = own or call.reaching.heard_phone
    if not caller.has_right and own:
        words += f". The caller's own number: {own}"
    return write_note(case, Note.Kind.CALLER, words, by=by, at=at)


def right_words(caller: Caller) -> str:
    """Who it was, by what right, and the day it was seen or said."""
    seen = f"{caller.authority_on.day} {caller.authority_on:%B %Y}"
    return f"{caller.words}: {caller.authority.label.lower()}, {seen}"


def linked_case(reference: str, patient: Patient, *, at: datetime) -> Case | None:
    """The case of the same call, of the same practice and within a day; a stranger's is refused."""
    if not reference:
        return None
    found = Case.objects.filter(
        reference=reference,
        practice_id=patient.practice_id,
        submitted_at__gt=at - ONE_CALL,
    ).first()
    if found is None:
        raise Refused("The other request of this call is not ours any more.", code="stale")
    return found if found.patient_id != patient.pk else None


def _tells_nothing(caller: Caller | None) -> bool:
    return caller is not None and not caller.has_right


def caller_fields(caller: Caller | None) -> dict[str, object]:
    """Who speaks for the patient, as a case keeps it."""
    if caller is None:
        return {"caller_name": "", "caller_relation": "", "caller_authority": ""}
    return {
        "caller_name": caller.name,
        "caller_relation": caller.relation,
        "caller_authority": caller.authority,
        "caller_authority_on": caller.authority_on,
    }
