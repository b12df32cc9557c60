"""Who called and how the patient may be reached, in words."""

from practices.presenters import date_words
from practices.rules.phones import dialled, spoken
from practices.rules.postcodes import where_words
from practices.rules.ways import without_a_call
from triage.queries.case_page import CasePage
from triage.queries.contact import ContactFacts
from triage.rules.callers import Identity
from triage.rules.codes import Urgency

# After the word "phone", where somebody is asked before anything is changed.
NOBODY_RINGS = "none to ring: ask them when they call or come, else leave it as it is"
STANDING: dict[str, str] = {
    "temporary": "Temporary resident",
    "newborn": "Newborn, not registered yet",
    "unregistered": "Not registered here",
}


def must_know(contact: ContactFacts) -> tuple[str, ...]:
    """What nobody who picks up the phone may miss."""
    found = []
    if contact.is_confidential:
        found.append("Confidential: the young person asks alone, tell nobody at home")
    if contact.heard_phone:
        found.append(heard_words(contact.heard_phone))
    if not contact.safe_to_call:
        found.append("Not safe to call")
    if contact.identity is Identity.UNKNOWN:
        found.append("Who the patient is was not checked")
    return tuple(found)


def who_they_are(standing: str, *, born_estimated: bool) -> tuple[str, ...]:
    """What is not as usual about the patient's place on the list."""
    words = STANDING.get(standing, "")
    born = "Date of birth not known: age as it sounds" if born_estimated else ""
    return tuple(filter(None, [words, born]))


def heard_words(heard: str) -> str:
    """What to do about a number that nobody can ring."""
    return f"Nobody can ring the number they gave, “{heard}”: ask for it again"


def desk_phone(phone: str, contact: ContactFacts | None) -> str:
    """What the front desk rings, if anybody should, and what nobody who rings may miss."""
    if contact is None:
        return f"Phone {spoken(phone)}" if phone else "No phone number given"
    heed = ". ".join(must_know(contact))
    if not phone or not contact.safe_to_call:
        return heed if phone else ". ".join(filter(None, ["No phone number given", heed]))
    return ". ".join(filter(None, [f"Phone {phone_words(phone, contact)}", heed]))


def phone_words(phone: str, contact: ContactFacts) -> str:
    """The number, and what may be done with it."""
    if not phone:
        return "No phone number given"
    now_only = ", for now only" if contact.temporary_phone else ""
    call = "" if contact.safe_to_call else " Not safe to call."
    voicemail = "A voicemail may be left" if contact.voicemail_allowed else "Leave no voicemail"
    return f"{spoken(phone)}{now_only}.{call} {voicemail}"


def ring_words(phone: str, contact: ContactFacts | None, *, email: str, address: str) -> str:
    """The number to ring; else why there is none, and what is left to do."""
    if phone:
        return spoken(phone)
    is_private = contact is not None and not contact.may_write
    why = "Not safe to ring" if contact is not None and contact.phone else "No phone number given"
    return f"{why}. {without_a_call(email=email, address=address, is_private=is_private)}"


def tap_to_call(phone: str, contact: ContactFacts) -> str:
    """What one tap dials; empty where there is no number, or it is not safe to ring."""
    return dialled(phone) if phone and contact.safe_to_call else ""


def caller_words(contact: ContactFacts) -> str:
    """Who spoke for the patient, by what right; empty where the patient did."""
    caller = contact.caller
    if caller is None:
        return ""
    return f"{caller.words}. {caller.authority.label}, {date_words(caller.authority_on)}"


def contact_facts(case: CasePage) -> list[tuple[str, str]]:
    """How the desk reaches the patient; in an emergency also where an ambulance is sent."""
    facts = [("Phone", phone_words(case.phone, case.contact))]
    if case.row.urgency is Urgency.P0:
        home = where_words(case.patient.address, case.patient.postcode, whole=True)
        facts.append(("Address", home))
    if case.contact.caller is not None:
        facts.append(("Called by", caller_words(case.contact)))
    return facts
