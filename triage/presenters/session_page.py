"""One session in words, for whoever was sent its link."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.http import urlencode

from appointments.rules.codes import BookingState, Mode
from practices.clock import local_day
from practices.presenters import date_words, day_words, time_words
from practices.rules.access import AccessNeed
from practices.rules.professions import Profession
from practices.rules.reach import Actor
from practices.rules.roles import CLINICAL_ROLES, Role
from triage.presenters.arrivals import not_seen_words
from triage.presenters.interpreters import interpreter_words
from triage.presenters.signs import name_words
from triage.queries.session_page import Booked, Place, SessionPage, SlotRow
from triage.rules.closing import must_be_brought
from triage.rules.codes import Need

# Who opens a case, and who what was planned ahead of any: their own doors say the same.
OPENS_CASES = CLINICAL_ROLES | {Role.RECEPTIONIST}
OPENS_PLANNED = frozenset({Role.RECEPTIONIST, Role.DUTY})
# Codes that stand as the reason of a session; whatever else stands there, people wrote.
REASONS = {"absence": "the clinician is away"}


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """What has become of a place, and whose it is where that is ours to know."""

    state: str
    name: str = ""
    href: str = ""
    born: str = ""
    practice: str = ""
    needs: str = ""


@dataclass(frozen=True, slots=True)
class SlotLine:
    """One slot: an anchor of its own, and a line for each place, the free ones in one."""

    id: int
    time: str
    lines: tuple[PlaceLine, ...]


@dataclass(frozen=True, slots=True)
class Session:
    """The page."""

    title: str
    facts: tuple[dict[str, str], ...]
    notes: tuple[str, ...]
    left: str
    counts: str
    slots: tuple[SlotLine, ...]
    closed: tuple[SlotLine, ...]
    print_at: str


def session_words(found: SessionPage, *, by: Actor, now: datetime) -> Session:
    """The session as this person may read it."""
    return Session(
        title=f"{found.clinician}, {day_words(local_day(found.starts_at))}, {_hours(found)}",
        facts=tuple({"key": key, "value": value} for key, value in _facts(found)),
        notes=_notes(found, now=now),
        left=str(found.left.public_id) if found.left else "",
        counts=_counts(found, now=now),
        slots=tuple(_slot(one, found, by=by, now=now) for one in found.slots),
        closed=tuple(_slot(one, found, by=by, now=now) for one in found.closed),
        print_at=_print_at(found, by=by, now=now),
    )


def _hours(found: SessionPage | SlotRow) -> str:
    return f"{time_words(found.starts_at)} to {time_words(found.ends_at)}"


def _facts(found: SessionPage) -> tuple[tuple[str, str], ...]:
    house = "" if found.site == found.provider else f", {found.provider}"
    needs = [Need(one).label for one in found.needs if one in set(Need)]
    return (
        ("Who", f"{found.clinician}, {Profession(found.profession).label}"),
        ("Where", f"{found.site}{house}"),
        ("How", Mode(found.mode).label),
        ("For", ", ".join(needs) or "Any need"),
    )


def _notes(found: SessionPage, *, now: datetime) -> tuple[str, ...]:
    """What is not as usual with the session, each in a sentence."""
    notes = []
    if found.status == "cancelled":
        why = REASONS.get(found.reason, "")
        notes.append(f"This session is cancelled{f': {why}' if why else ''}.")
    elif found.status == "draft":
        notes.append("This session is a draft. Nobody can be booked into it yet.")
    elif found.ends_at <= now:
        notes.append("This session is over.")
    if found.left:
        notes.append(
            f"{found.clinician} went home. Who was booked from {time_words(found.left.from_at)} on"
            " got another place, or waits for one."
        )
    elif found.paused_from and found.status == "published":
        notes.append(
            f"Nobody supervises this list since {time_words(found.paused_from)}."
            " Nobody new is booked until somebody does."
        )
    return tuple(notes)


def _counts(found: SessionPage, *, now: datetime) -> str:
    """ "12 slots: 3 booked, 1 held, 8 free"; a double is one appointment in two slots."""
    taken = [place for slot in found.slots for place in slot.taken]
    held = sum(place.state == "held" for place in taken)
    missed = sum(place.state == "missed" for place in taken)
    seconds = sum(_goes_on(place, slot) for slot in found.slots for place in slot.taken)
    told = Counter(
        {
            "booked": len(taken) - held - missed - seconds,
            "held": held,
            "free": sum(slot.free for slot in found.slots if slot.ends_at > now),
        }
    )
    said = ", ".join(f"{number} {what}" for what, number in told.items() if number)
    slots = len([slot for slot in found.slots if not slot.is_closed])
    return f"{slots} slot{'' if slots == 1 else 's'}{f': {said}' if said else ''}."


def _goes_on(place: Place, slot: SlotRow) -> bool:
    """Whether it is the second slot of a double that began before."""
    return place.booked is not None and place.booked.starts_at < slot.starts_at


def _slot(slot: SlotRow, found: SessionPage, *, by: Actor, now: datetime) -> SlotLine:
    lines = [_place(place, slot, found, by=by, now=now) for place in slot.taken]
    rest = _rest(slot, now=now)
    return SlotLine(
        id=slot.id,
        time=time_words(slot.starts_at),
        lines=(*lines, PlaceLine(rest)) if rest else tuple(lines),
    )


def _rest(slot: SlotRow, *, now: datetime) -> str:
    """What is to say of the places that nobody has."""
    if slot.is_closed:
        return "" if slot.taken else "Closed"
    if not slot.free:
        return ""
    if slot.ends_at <= now:
        return "" if slot.taken else "Over"
    return "Free" if slot.free == 1 else f"{slot.free} places free"


def _place(
    place: Place, slot: SlotRow, found: SessionPage, *, by: Actor, now: datetime
) -> PlaceLine:
    who = place.booked
    if who is None:
        return PlaceLine(_unknown(place))
    mode = Mode(who.mode)
    brought = must_be_brought(who.born_on, who.needs, on=local_day(now))
    state = BookingState(who.state).label
    if who.state == "missed":
        state = not_seen_words(is_brought=brought, is_remote=mode.is_remote)
    if _goes_on(place, slot):
        state = f"The {time_words(who.starts_at)} appointment goes on"
    elif who.is_double:
        state += f", two slots, until {time_words(who.ends_at)}"
    if who.mode != found.mode:
        state += f", {mode.label.lower()}"
    return PlaceLine(
        state=state,
        name=name_words(who.family_name, who.given_name),
        href=_href(who, by=by),
        born=date_words(who.born_on),
        practice="" if who.practice_id == found.provider_id else who.practice,
        needs=_needs(who, house=found.provider),
    )


def _needs(who: Booked, *, house: str) -> str:
    """What they need, and whether somebody is booked to interpret."""
    named = ", ".join(AccessNeed(need).label for need in who.needs)
    spoken_by = interpreter_words(who.needs, who.interpreter, house=house)
    return ". ".join(filter(None, [named, spoken_by]))


def _unknown(place: Place) -> str:
    """A place whose patient is not ours to know, or nobody's yet."""
    if place.state != "held":
        return "Booked"
    assert place.until is not None, "a hold runs out"
    return f"Held until {time_words(place.until)}"


def _href(who: Booked, *, by: Actor) -> str:
    """Where whoever looks may read on; empty where nothing opens for them."""
    if who.reference:
        is_reader = by.is_one_of(OPENS_CASES)
        return reverse("triage:case", args=[who.reference]) if is_reader else ""
    is_ours = not who.case_ref and who.practice_id in by.reach.own and by.is_one_of(OPENS_PLANNED)
    return reverse("triage:planned", args=[who.public_id]) if is_ours else ""


def _print_at(found: SessionPage, *, by: Actor, now: datetime) -> str:
    """Where this clinician's list of the day is printed: at home, today and tomorrow."""
    ahead = (local_day(found.starts_at) - local_day(now)).days
    is_printed = found.provider_id == by.organisation_id and found.status == "published"
    if not is_printed or ahead not in (0, 1):
        return ""
    asked = {"clinician": found.clinician_id} | ({"day": "tomorrow"} if ahead else {})
    return f"{reverse('triage:print_sessions')}?{urlencode(asked)}"
