"""Why: what the desk needs while somebody waits on the line."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from appointments.models import Booking, ShareUse
from appointments.queries import BookingRow, LeftToday, coming_bookings, left_today
from appointments.queries.cover import answers_now
from hubs.queries import agreements_of, shut_until
from hubs.rules.sharing import share_left
from practices.clock import local_day
from practices.queries import (
    MessageRow,
    PatientRow,
    find_patients,
    has_namesake,
    messages_of_case,
    shared_names,
)
from practices.rules.search_box import Sought
from triage.models import Case, RouteDecision
from triage.queries.card import asked_of, card_of_practice
from triage.queries.case_page import CasePage, case_page
from triage.queries.emergencies import EmergencyRow, open_emergencies
from triage.queries.held import stands_now
from triage.queries.one_call import OtherPatient, other_patient
from triage.queries.people import Person, people_for
from triage.queries.queue_rows import QueueRow
from triage.queries.worklist import QUEUE, Filters, worklist
from triage.rules.codes import Need, OptionKind, Urgency
from triage.rules.red_flags import USUAL, Card
from triage.rules.states import OPEN, State

SHOWN = 200
# The same person within a day most often calls about the same thing (domain section 3).
SAME_PERSON = timedelta(hours=24)
TODAYS = ("booked", "arrived", "attended", "missed")


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case of the patient that is not closed yet."""

    reference: str
    need: Need
    state: State
    urgency: Urgency
    submitted_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Hit:
    """A patient who fits, with what tells them apart and what they already asked for."""

    patient: PatientRow
    namesake: bool
    cases: tuple[OpenCase, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    sought: Sought
    hits: tuple[Hit, ...]


def found(sought: Sought, *, at: datetime) -> Found:
    """The patients in reach who fit. Three statements, whatever the number."""
    if sought.reference:
        return Found(sought, ())
    patients = find_patients(
        words=sought.words,
        born_on=sought.born_on,
        born_in=sought.born_in,
        nhs_number=sought.nhs_number,
    )
    shared = shared_names(patients)
    cases = _open_cases([patient.id for patient in patients], at=at)
    hits = (
        Hit(row, namesake=has_namesake(row, shared), cases=tuple(cases.get(row.id, ())))
        for row in patients
    )
    return Found(sought, tuple(hits))


def has_case(reference: str) -> bool:
    """Whether there is such a case in reach. One statement."""
    return Case.objects.filter(reference=reference).exists()


def _open_cases(patient_ids: Collection[int], *, at: datetime) -> dict[int, list[OpenCase]]:
    """The patients' open cases, oldest first. One statement."""
    grouped: dict[int, list[OpenCase]] = {}
    rows = Case.objects.filter(patient_id__in=patient_ids, state__in=OPEN)
    for row in rows.order_by("submitted_at", "id"):
        grouped.setdefault(row.patient_id, []).append(
            OpenCase(
                reference=row.reference,
                need=Need(row.need),
                state=stands_now(row, at=at),
                urgency=Urgency(f"P{row.urgency}"),
                submitted_at=row.submitted_at,
                due_at=row.due_at,
            )
        )
    return grouped


@dataclass(frozen=True, slots=True)
class Request:
    """The patient a new case would be for; `again` is the open case they call about.

    `today` is the reference of their latest open case of this day and night, "" for none.
    """

    patient: PatientRow
    namesake: bool
    cases: tuple[OpenCase, ...]
    again: OpenCase | None
    today: str = ""
    linked: OtherPatient | None = None
    card: Card = USUAL
    people: tuple[Person, ...] = ()
    coming: tuple[BookingRow, ...] = ()


def request(
    patient: PatientRow, *, again: str = "", linked: str = "", asks_all: bool = False, at: datetime
) -> Request:
    """What the page of a new case shows. Eight statements, one more in the same call."""
    cases = tuple(_open_cases([patient.id], at=at).get(patient.id, ()))
    card = card_of_practice(patient.practice_id, on=local_day(at))
    return Request(
        patient=patient,
        namesake=has_namesake(patient, shared_names([patient])),
        cases=cases,
        again=next((case for case in cases if case.reference == again), None),
        today=next((one.reference for one in reversed(cases) if _is_of_today(one, at=at)), ""),
        linked=other_patient(linked),
        card=card if asks_all else asked_of(card, patient, on=local_day(at)),
        people=tuple(people_for(patient.practice_id, on=local_day(at))),
        coming=tuple(coming_bookings(patient.id, at=at)),
    )


def _is_of_today(case: OpenCase, *, at: datetime) -> bool:
    return case.submitted_at > at - SAME_PERSON


@dataclass(frozen=True, slots=True)
class Way:
    """The way that was chosen for a case and takes no slot."""

    kind: OptionKind
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DeskCase:
    """A case as the desk follows it; `on_duty`: somebody answers for the practice's duty list."""

    case: CasePage
    messages: tuple[MessageRow, ...]
    way: Way | None
    on_duty: bool


def desk_case(reference: str, *, at: datetime) -> DeskCase | None:
    """The case with what the patient was told; None when absent."""
    case = case_page(reference, at=at)
    if case is None:
        return None
    told, is_covered = messages_of_case(reference), answers_now(case.row.practice_id, at=at)
    return DeskCase(case, tuple(told), _way(reference), is_covered)


def _way(reference: str) -> Way | None:
    last = RouteDecision.objects.filter(case__reference=reference).order_by("-id").first()
    if last is None or "kind" not in last.chosen:
        return None
    return Way(OptionKind(last.chosen["kind"]), last.chosen.get("name", ""), last.at)


@dataclass(frozen=True, slots=True)
class BookedRow:
    """An appointment of today for one of our patients, wherever it is."""

    case_ref: str
    patient_id: int
    family_name: str
    given_name: str
    born_on: date
    starts_at: datetime
    mode: str
    state: str
    place: str
    clinician: str


@dataclass(frozen=True, slots=True)
class Room:
    """What is left today at one place; `share` is None at our own practice.

    `opens_at` of a hub that is shut now.
    """

    name: str
    is_own: bool
    places: int
    next_at: datetime | None
    share: int | None = None
    share_left: int | None = None
    opens_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """A practice's day: what is left, who waits, who comes, and open calls for help.

    `waiting` are the most urgent of `all_waiting` people.
    """

    rooms: tuple[Room, ...]
    waiting: tuple[QueueRow, ...]
    all_waiting: int
    booked: tuple[BookedRow, ...]
    emergencies: tuple[EmergencyRow, ...]

    @property
    def patient_ids(self) -> list[int]:
        """Everybody whose name the page shows."""
        waiting = [row.patient_id for row in self.waiting]
        return waiting + [row.patient_id for row in self.booked]


def desk(*, practice_id: int, at: datetime) -> Desk:
    """The practice's day. Nine statements, whatever the number."""
    waiting = worklist(at=at, filters=Filters(states=QUEUE), most=SHOWN)
    return Desk(
        rooms=_rooms(practice_id, at=at),
        waiting=waiting.rows,
        all_waiting=waiting.counts.found,
        booked=_booked(practice_id, on=local_day(at)),
        emergencies=open_emergencies(),
    )


def _booked(practice_id: int, *, on: date) -> tuple[BookedRow, ...]:
    found = Booking.objects.filter(practice_id=practice_id, day=on, state__in=TODAYS)
    found = found.select_related(
        "patient", "clinician__user", "hub__organisation", "slot__practice__organisation"
    )
    of_cases = found.exclude(case_ref="").order_by("starts_at", "id")
    return tuple(_booked_row(row) for row in of_cases)


def _booked_row(row: Booking) -> BookedRow:
    provider = row.hub or row.slot.practice
    return BookedRow(
        case_ref=row.case_ref,
        patient_id=row.patient_id,
        family_name=row.patient.family_name,
        given_name=row.patient.given_name,
        born_on=row.patient.born_on,
        starts_at=row.starts_at,
        mode=row.mode,
        state=row.state,
        place=provider.organisation.name if provider else "",
        clinician=row.clinician.user.name,
    )


def _rooms(practice_id: int, *, at: datetime) -> tuple[Room, ...]:
    """The own practice first, then each provider agreed with, nearest first."""
    today = local_day(at)
    agreements = agreements_of(practice_id, on=today)
    uses = ShareUse.objects.filter(practice_id=practice_id, day=today).order_by("pk")
    used = {row.hub_id: row.used for row in uses}
    providers = [row.provider_id for row in agreements]
    left, shut = left_today([practice_id, *providers], at=at), shut_until(providers, at=at)
    own = left.get(practice_id, LeftToday())
    rooms = [Room("Our practice", is_own=True, places=own.places, next_at=own.next_at)]
    for row in agreements:
        there, share = left.get(row.provider_id, LeftToday()), row.share_places
        rooms.append(
            Room(
                row.provider_name,
                is_own=False,
                places=there.places,
                next_at=there.next_at,
                share=share,
                share_left=share_left(share, used.get(row.provider_id, 0), free=there.places),
                opens_at=shut.get(row.provider_id),
            )
        )
    return tuple(rooms)
