"""A new request in words: the red-flag card, and what is known of the patient already."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from practices.clock import local_day
from practices.rules.access import AccessNeed
from practices.rules.person_names import age_on
from practices.rules.phones import spoken
from triage.presenters.coming import ComingLine, coming_lines
from triage.presenters.contact import who_they_are
from triage.presenters.reception import CaseLine, case_lines
from triage.presenters.signs import Banner, banner
from triage.queries.people import Person
from triage.queries.reception import Request
from triage.rules.callers import MAY_BE_ALONE_UNDER, Authority
from triage.rules.red_flag_list import RedFlag

# More would push questions of the card out of sight; the list of places shows every one.
SOONEST = 2


@dataclass(frozen=True, slots=True)
class Flag:
    """One question of the card; `say` is shown once it is ticked."""

    code: str
    id: str
    question: str
    endpoint: str
    say: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class NewPage:
    """The page of a new request."""

    banner: Banner
    namesake: bool
    coming: tuple[ComingLine, ...]
    more_coming: int
    cases: tuple[CaseLine, ...]
    again: str
    card: tuple[Flag, ...]
    more: tuple[Flag, ...]
    contact: str
    asks_who: bool
    same_call: str
    people: tuple[tuple[str, str], ...]


def initial(asked: Request, *, now: datetime) -> Mapping[str, object]:
    """What the form starts with: everything the practice knows already."""
    patient = asked.patient
    # A young person who asks alone is rung on the number they say, never on the record's.
    on_record = "" if is_young(asked, now=now) else patient.phone
    known: dict[str, object] = _call_so_far(asked, now=now) | {
        "phone": spoken(on_record) if on_record else "",
        "email": patient.email,
        "safe_to_text": AccessNeed.NO_TEXT.value not in asked.patient.access_needs,
        "access_needs": list(asked.patient.access_needs),
        "not_the_hub": asked.patient.declines_hub,
    }
    if is_young(asked, now=now):
        known["asks_who"] = "yes"
    if asked.linked is not None and asked.linked.phone:
        known["phone"] = spoken(asked.linked.phone)
    if asked.again is not None:
        known["need"] = asked.again.need.value
    return known


def is_young(asked: Request, *, now: datetime) -> bool:
    """Whether the page asks who is on the line: a young person may ask alone."""
    return age_on(asked.patient.born_on, local_day(now)) < MAY_BE_ALONE_UNDER


def _must_ask(asked: Request, *, now: datetime) -> bool:
    """Whether what was said of the other patient's caller is no right to speak for this one."""
    caller = asked.linked.contact.caller if asked.linked else None
    is_parental = caller is not None and caller.authority is Authority.PARENTAL
    return is_parental and not is_young(asked, now=now)


def _call_so_far(asked: Request, *, now: datetime) -> dict[str, object]:
    """What the same call said already of another patient: the caller and their number."""
    other = asked.linked
    if other is None:
        return {}
    known: dict[str, object] = {"linked_to": other.reference}
    caller = other.contact.caller
    if caller is not None:
        known |= {
            "for_whom": "other",
            "caller_name": caller.name,
            "caller_relation": caller.relation.value,
            # A brother's or sister's mother has no right of hers over who is 16.
            "caller_authority": "" if _must_ask(asked, now=now) else caller.authority.value,
            "authority_on": caller.authority_on,
        }
    return known


def page(asked: Request, ticked: Collection[str], *, now: datetime) -> NewPage:
    """The page in words; `ticked` are the flags of a form that came back."""
    patient = asked.patient
    new = reverse("triage:new", args=[patient.public_id])
    needs = [AccessNeed(need).label for need in patient.access_needs]
    alert = ", ".join(filter(None, [*needs, patient.access_detail]))
    known = who_they_are(patient.standing, born_estimated=patient.born_estimated)
    first, rest = asked.card.first, asked.card.more
    return NewPage(
        banner=banner(
            family_name=patient.family_name,
            given_name=patient.given_name,
            born_on=patient.born_on,
            nhs_number=patient.nhs_number,
            practice=patient.practice,
            now=now,
            alert=". ".join([*known, *([f"Needs: {alert}"] if alert else [])]),
        ),
        namesake=asked.namesake,
        coming=coming_lines(asked.coming[:SOONEST], at_desk=True, now=now),
        more_coming=len(asked.coming[SOONEST:]),
        cases=case_lines(asked.cases, new=new, now=now),
        again=asked.again.need.label if asked.again else "",
        card=tuple(_flag(flag, number, ticked) for number, flag in enumerate(first)),
        more=tuple(_flag(flag, number, ticked) for number, flag in enumerate(rest, len(first))),
        contact=_contact(asked, now=now),
        asks_who=is_young(asked, now=now),
        same_call=asked.linked.name if asked.linked else "",
        people=tuple((str(one.id), _named(one)) for one in asked.people),
    )


def _named(person: Person) -> str:
    return f"{person.name}, hub" if person.at_hub else person.name


def _flag(flag: RedFlag, number: int, ticked: Collection[str]) -> Flag:
    """The first has the id an error links to."""
    return Flag(
        code=flag.code,
        id=f"id_red_flags-{number + 1}" if number else "id_red_flags",
        question=flag.question,
        endpoint=flag.endpoint.label,
        say=flag.say,
        is_ticked=flag.code in ticked,
    )


def _contact(asked: Request, *, now: datetime) -> str:
    """The line that stands for the details nobody needs to open."""
    patient = asked.patient
    phone = spoken(patient.phone) if patient.phone else "No phone number given"
    text = "no texts" if AccessNeed.NO_TEXT.value in patient.access_needs else "texts are safe"
    if not patient.phone:
        return phone
    alone = ". Alone: ask for their own number" if is_young(asked, now=now) else ""
    return f"{phone}, {text}{alone}"
