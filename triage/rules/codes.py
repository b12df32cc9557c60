"""The words a case is described with. Needs, classes and refusals come from lower houses."""

from __future__ import annotations

from hubs.rules.needs import Need, Urgency
from practices.rules.code import Code
from practices.rules.refusals import Override, Refusal

__all__ = [
    "CallEnd",
    "Channel",
    "ClassStatus",
    "Continuity",
    "Need",
    "OptionKind",
    "Outcome",
    "Override",
    "Refusal",
    "Sex",
    "Urgency",
]


class Channel(Code):
    """How the request came in. Never a sort key: all channels share one queue."""

    PHONE = "phone", "Phone"
    DESK = "desk", "At the desk"
    ONLINE = "online", "Online"
    NHS111 = "nhs111", "NHS 111"
    OTHER = "other", "Other"


class CallEnd(Code):
    """What became of a call for help."""

    AMBULANCE = "ambulance", "999 was called"
    ADVICE = "advice", "Spoken to, advice"
    REQUEST = "request", "Made a request"
    MISTAKE = "mistake", "Called by mistake"


class ClassStatus(Code):
    """Whether a clinician has put a name to the class."""

    PROVISIONAL = "provisional", "Provisional"
    SIGNED = "signed", "Signed by a clinician"


class Continuity(Code):
    """How much it matters that the patient sees the clinician they know."""

    GREEN = "green", "Any clinician"
    AMBER = "amber", "Own clinician if possible"
    RED = "red", "Own clinician only"


class Sex(Code):
    """As recorded with the practice; some protocols are for one sex only."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Not recorded"


class OptionKind(Code):
    """What a line of the list "Where?" offers."""

    SLOT = "slot", "Appointment"
    PHARMACY = "pharmacy", "Pharmacy"
    CALLBACK = "callback", "Callback today"
    WAITING_LIST = "waiting_list", "Waiting list"
    COMMUNITY = "community", "Community service"
    URGENT_TREATMENT = "urgent_treatment", "Urgent treatment centre"
    EMERGENCY = "emergency", "Emergency service"
    DUTY = "duty", "Duty clinician"


class Outcome(Code):
    """How a case ended."""

    ADVICE = "advice", "Advice given"
    BOOKED_HUB = "booked_hub", "Seen at the hub"
    BOOKED_PRACTICE = "booked_practice", "Seen at the practice"
    PHARMACY = "pharmacy", "Referred to a pharmacy"
    COMMUNITY = "community", "Referred to a community service"
    URGENT_TREATMENT = "urgent_treatment", "Sent to an urgent treatment centre"
    HOSPITAL_SAME_DAY = "hospital_same_day", "Sent to hospital the same day"
    AMBULANCE = "ambulance", "999 ambulance"
    MENTAL_HEALTH_CRISIS = "mental_health_crisis", "Mental health crisis team"
    MATERNITY = "maternity", "Maternity unit"
    EYE_SERVICE = "eye_service", "Eye casualty"
    DENTAL = "dental", "Dental service"
    HOME_VISIT = "home_visit", "Home visit"
    TEST_ORDERED = "test_ordered", "Test ordered"
    NO_CONTACT = "no_contact", "Could not be reached"
    NOT_BROUGHT = "not_brought", "Was not brought"
    DUPLICATE = "duplicate", "Duplicate of another case"
    ADMIN_DONE = "admin_done", "Paperwork done"
