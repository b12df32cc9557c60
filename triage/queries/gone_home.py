"""Why: lists whose clinician has gone home, and what became of each patient."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from appointments.models import Session
from practices.clock import local_day
from practices.models import Clinician, Message
from practices.queries import MessageRow, still_to_tell
from practices.queries.messages import message_row
from practices.rules.london import midnight
from practices.rules.message_forms import spoken_words
from practices.rules.message_words import OF_AN_APPOINTMENT
from practices.rules.professions import Profession
from triage.models import Case, GoneHome, Rehoming
from triage.queries.contact import ContactFacts, contact_of
from triage.queries.ended_sessions import EndedSession, sessions_ended
from triage.queries.replaced import professions_replaced
from triage.queries.unsupervised import led_today
from triage.queries.waiting_cases import arranged_by_people
from triage.rules.foreseen import Foreseen, Unlike, read_foreseen, turned_out
from triage.rules.states import State

NOT_SHOWN = "Not on the list yet"


@dataclass(frozen=True, slots=True)
class Pending:
    """A patient of a list who has no outcome yet; `for_people` says why no planner decides.

    `seen` is what the page said of them before the yes, where it was shown at all.
    """

    id: int
    case: Case
    clinician_id: int
    mode: str
    was_at: datetime
    for_people: str
    like: Profession | None = None
    seen: Foreseen | None = None
    was_shown: bool = False


@dataclass(frozen=True, slots=True)
class ClinicianRow:
    """Somebody with sessions left today."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class PatientRow:
    """One patient of the list: where from, what became of it, and where to."""

    patient_id: int
    patient: str
    born_on: date
    contact: ContactFacts
    email: str
    address: str
    reference: str
    urgency: int
    was_at: datetime
    was_here: bool
    outcome: str
    why: tuple[str, ...]
    shown_before: str
    unlike: str
    now_at: datetime | None
    now_clinician: str
    now_site: str
    now_mode: str
    waits: bool
    to_tell: str
    told_by: str = ""
    told_since: datetime | None = None
    practice: str = ""
    said: MessageRow | None = None


@dataclass(frozen=True, slots=True)
class EndedToday:
    """A list that ended early today, and what is still to do for its patients."""

    public_id: uuid.UUID
    clinician: str
    said_at: datetime
    said_by: str
    patients: int
    pending: int
    without_place: int
    untold: int
    taken_back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ListRow:
    """A list that ended early, with its patients in the order of their old times."""

    public_id: uuid.UUID
    clinician: str
    from_at: datetime
    reason: str
    said_at: datetime
    is_settled: bool
    is_proved: bool
    planned: int | None
    was_shown: bool
    not_there: tuple[str, ...]
    taken_back_at: datetime | None
    sessions: tuple[EndedSession, ...]
    patients: tuple[PatientRow, ...]


def pending_of(gone_home_id: int) -> list[Pending]:
    """Who has no outcome yet, most urgent first. Two statements."""
    found = Rehoming.objects.select_related("case__patient", "was__clinician", "gone_home").filter(
        gone_home=gone_home_id, outcome=Rehoming.Outcome.PENDING
    )
    rows = list(found.order_by("-was_here", "case__urgency", "case__due_at", "id"))
    replaced = professions_replaced(rows)
    foreseen = read_foreseen(rows[0].gone_home.foreseen) if rows else {}
    return [
        Pending(
            id=row.pk,
            case=row.case,
            clinician_id=row.was.clinician_id,
            mode=row.was.mode,
            was_at=row.was.starts_at,
            for_people=_for_people(row),
            like=replaced.get(row.pk),
            seen=foreseen.get(row.was_id),
            was_shown=bool(foreseen),
        )
        for row in rows
    ]


def _for_people(row: Rehoming) -> str:
    """What a planner cannot arrange anew: a person decides about it."""
    if why := arranged_by_people(row.case):
        return why
    return "The patient is in the building" if row.was_here else ""


def clinicians_today(*, organisation_id: int, at: datetime) -> list[ClinicianRow]:
    """Who has sessions left today at this organisation, or supervises who has. By name.

    Five statements.
    """
    left = Session.objects.filter(status=Session.Status.PUBLISHED, ends_at__gt=at)
    here = [
        session.clinician_id
        for session in left.order_by("pk")
        if session.provider_id == organisation_id and local_day(session.starts_at) == local_day(at)
    ]
    ids = {*here, *led_today(organisation_id, at=at)}
    people = (
        Clinician.objects.select_related("user").filter(pk__in=ids).order_by("user__name", "pk")
    )
    return [ClinicianRow(id=person.pk, name=person.user.name) for person in people]


def list_of(public_id: uuid.UUID | str, *, at: datetime) -> ListRow | None:
    """One list in reach and everybody of it. Five statements."""
    left = GoneHome.objects.select_related("clinician__user").filter(public_id=public_id).first()
    if left is None:
        return None
    found = Rehoming.objects.select_related(
        "case__patient", "was", "now__clinician__user", "now__slot__session__site"
    ).filter(gone_home=left)
    rows = list(found.order_by("was__starts_at", "id"))
    references = [row.case.reference for row in rows]
    to_tell, said = _to_tell(references, at=at), _said_since(left.said_at, references)
    foreseen = read_foreseen(left.foreseen)
    there = {row.was_id for row in rows}
    return ListRow(
        public_id=left.public_id,
        clinician=left.clinician.user.name,
        from_at=left.from_at,
        reason=left.reason,
        said_at=left.said_at,
        is_settled=left.settled_at is not None,
        is_proved=bool(left.result.get("proved")),
        planned=left.result.get("planned"),
        was_shown=bool(foreseen),
        not_there=tuple(one.was for pk, one in foreseen.items() if pk not in there),
        taken_back_at=left.taken_back_at,
        sessions=sessions_ended(left),
        patients=tuple(_patient(row, to_tell, said, foreseen) for row in rows),
    )


def lists_ended_today(*, at: datetime) -> list[EndedToday]:
    """Today's lists in reach that ended early, the latest first. Three statements."""
    recent = GoneHome.objects.select_related("clinician__user", "said_by").filter(
        said_at__gt=midnight(local_day(at)), said_at__lte=at
    )
    lists = list(recent.order_by("-said_at", "-id"))
    lines: dict[int, list[Rehoming]] = {}
    for line in Rehoming.objects.select_related("case").filter(gone_home__in=lists).order_by("id"):
        lines.setdefault(line.gone_home_id, []).append(line)
    to_tell = _to_tell([line.case.reference for mine in lines.values() for line in mine], at=at)
    return [_ended(left, lines.get(left.pk, []), to_tell) for left in lists]


def _ended(left: GoneHome, lines: list[Rehoming], to_tell: dict[str, Message]) -> EndedToday:
    return EndedToday(
        public_id=left.public_id,
        clinician=left.clinician.user.name,
        said_at=left.said_at,
        said_by=left.said_by.name if left.said_by else "",
        patients=len(lines),
        pending=sum(line.outcome == Rehoming.Outcome.PENDING for line in lines),
        without_place=sum(_waits(line) for line in lines),
        untold=sum(line.case.reference in to_tell for line in lines),
        taken_back_at=left.taken_back_at,
    )


def _waits(line: Rehoming) -> bool:
    """Whether the patient, whom no planner could place, still has nothing."""
    is_looked_for = line.outcome == Rehoming.Outcome.PENDING
    return not is_looked_for and line.case.state not in {State.BOOKED, State.CLOSED}


def _to_tell(references: Collection[str], *, at: datetime) -> dict[str, Message]:
    """What a person still has to tell, by case. One statement."""
    found = still_to_tell(at=at).filter(case_ref__in=references, kind__in=OF_AN_APPOINTMENT)
    return {message.case_ref: message for message in found.order_by("id")}


def _turned_out(row: Rehoming, foreseen: Mapping[int, Foreseen]) -> tuple[str, str]:
    """What the page said before, and why it is otherwise; both empty where it is not."""
    if not foreseen or row.outcome in {Rehoming.Outcome.PENDING, Rehoming.Outcome.BACK}:
        return "", ""
    seen = foreseen.get(row.was_id)
    slot = row.now.slot_id if row.now else None
    if seen and turned_out(seen, outcome=row.outcome, slot=slot):
        return "", ""
    return seen.says if seen else NOT_SHOWN, _unlike(row, seen)


def _unlike(row: Rehoming, seen: Foreseen | None) -> str:
    """The plan's word, or the refusal of the place it gave, or what came in between."""
    if row.outcome == Rehoming.Outcome.TAKEN:
        return "A clinician has taken the case since."
    said = {str(one["code"]): str(one["text"]) for one in row.why}
    known = [said[one] for one in Unlike if one in said]
    refused = [] if seen is None or seen.slot is None else list(said.values())
    return next(iter((*known, *refused)), "The patient has arrived since, or is more urgent.")


def _said_since(said_at: datetime, references: Collection[str]) -> dict[str, MessageRow]:
    """The newest that was said of their appointments since the list ended. One statement."""
    found = Message.objects.select_related("told_by").filter(
        case_ref__in=references, kind__in=OF_AN_APPOINTMENT, queued_at__gte=said_at
    )
    stands = found.exclude(state=Message.State.SUPERSEDED).order_by("id")
    return {message.case_ref: message_row(message) for message in stands}


def _patient(
    row: Rehoming,
    to_tell: dict[str, Message],
    said: dict[str, MessageRow],
    foreseen: Mapping[int, Foreseen],
) -> PatientRow:
    patient, now, message = row.case.patient, row.now, to_tell.get(row.case.reference)
    shown_before, unlike = _turned_out(row, foreseen)
    return PatientRow(
        patient_id=patient.pk,
        patient=f"{patient.given_name} {patient.family_name}",
        born_on=patient.born_on,
        contact=contact_of(row.case),
        email=patient.email,
        address=", ".join(filter(None, (patient.address, patient.postcode))),
        reference=row.case.reference,
        urgency=row.case.urgency,
        was_at=row.was.starts_at,
        was_here=row.was_here,
        outcome=row.outcome,
        why=tuple(str(one["text"]) for one in row.why),
        shown_before=shown_before,
        unlike=unlike,
        now_at=now.starts_at if now else None,
        now_clinician=now.clinician.user.name if now else "",
        now_site=now.slot.session.site.name if now else "",
        now_mode=now.mode if now else "",
        waits=_waits(row),
        to_tell=spoken_words(message.body) if message else "",
        told_by=message.taken_by.name if message and message.taken_by else "",
        told_since=message.taken_at if message else None,
        practice=message.practice.organisation.name if message else "",
        said=said.get(row.case.reference),
    )
