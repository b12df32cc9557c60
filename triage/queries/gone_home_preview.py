"""Why: what ending a list would do, before anybody says so. Nothing is locked or done."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from appointments.models import Booking, Session
from appointments.queries import FreeSlot
from appointments.queries.rota_changes import ChangeWish, preview_change
from appointments.rules.rebalancing import greedy_plan
from hubs.queries import hub_hours, hub_of_practice
from hubs.rules.opening import core_hours
from practices.clock import bank_holidays, local_day
from practices.models import Clinician
from practices.rules.access import AccessNeed
from practices.rules.london import midnight
from practices.rules.professions import Profession
from triage.models import Case, CaseStep
from triage.queries.protocols import protocols_of
from triage.queries.waiting_cases import arranged_by_people, told_by_people
from triage.queries.waiting_instance import Told, waiting_instance
from triage.rules.codes import ClassStatus, Need, Sex
from triage.rules.replacing import lost_a_place
from triage.rules.request import Request
from triage.rules.states import State, Step
from triage.rules.urgency import assess


@dataclass(frozen=True, slots=True)
class WouldGo:
    """One patient of the list, and where they would go as things stand."""

    booking_id: int
    patient_id: int
    patient: str
    born_on: date
    phone: str
    urgency: int
    was_at: datetime
    was_here: bool
    for_people: str
    not_by_text: str
    to: FreeSlot | None


@dataclass(frozen=True, slots=True)
class Begun:
    """An appointment from before, of which nobody has said yet that the patient was seen."""

    patient_id: int
    patient: str
    born_on: date
    was_at: datetime
    was_here: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """The rest of one clinician's list as it would end, and who may not have been seen before.

    `pauses` is whom the clinician supervises: their lists would pause.
    """

    clinician: str
    from_at: datetime
    at: datetime
    patients: tuple[WouldGo, ...]
    begun: tuple[Begun, ...]
    pauses: tuple[str, ...] = ()

    @property
    def patient_ids(self) -> list[int]:
        """Everybody whose name it shows."""
        return [
            *(one.patient_id for one in self.patients),
            *(one.patient_id for one in self.begun),
        ]


def sessions_left(
    clinician_id: int, *, organisation_id: int, from_at: datetime, at: datetime
) -> list[Session]:
    """The clinician's sessions of today at the organisation that are not over. One statement."""
    found = Session.objects.filter(
        Q(hub=organisation_id) | Q(practice=organisation_id),
        clinician=clinician_id,
        status=Session.Status.PUBLISHED,
        ends_at__gt=max(from_at, at),
    )
    return [one for one in found.order_by("pk") if local_day(one.starts_at) == local_day(at)]


def is_there_until(clinician_id: int, *, hub_id: int, from_at: datetime, at: datetime) -> bool:
    """Whether the clinician has a session at the hub before they go, later today. One statement."""
    before = Session.objects.filter(
        clinician=clinician_id,
        hub=hub_id,
        status=Session.Status.PUBLISHED,
        starts_at__gte=midnight(local_day(at)),
        starts_at__lt=from_at,
    )
    return from_at > at and before.exists()


def wish_to_end(session: Session, from_at: datetime) -> ChangeWish:
    """The session ends at that time; one that has not begun then is cancelled."""
    is_cancelled = session.starts_at >= from_at
    return ChangeWish(
        ends_at=None if is_cancelled else from_at,
        is_cancelled=is_cancelled,
        reason="absence",
        has_left=True,
    )


def preview_gone_home(
    *, clinician_id: int, sessions: Collection[Session], from_at: datetime, at: datetime
) -> Preview:
    """Who would be displaced, and where a rule of thumb would place each as far as we can see."""
    person = Clinician.objects.select_related("user").get(pk=clinician_id)
    effects = [
        preview_change(session_id=one.pk, wish=wish_to_end(one, from_at), at=at) for one in sessions
    ]
    ids = [
        gone.booking_id
        for effect in effects
        if effect is not None
        for gone in effect.displaced
        if gone.state != "held"
    ]
    found = Booking.objects.select_related("patient").filter(pk__in=ids)
    rows = list(found.order_by("starts_at", "pk"))
    cases = _cases(rows, at=at)
    goes = _places(person, rows, cases, at=at)
    return Preview(
        clinician=person.user.name,
        from_at=from_at,
        at=at,
        patients=tuple(_would_go(row, cases[row.pk], goes.get(row.pk)) for row in rows),
        begun=_begun(sessions, but=ids, from_at=from_at),
    )


def _begun(
    sessions: Collection[Session], *, but: Collection[int], from_at: datetime
) -> tuple[Begun, ...]:
    """They stay with the clinician, who has gone: somebody has to ask whether they were seen."""
    found = Booking.objects.filter(
        slot__session__in=sessions, state__in=("booked", "arrived"), starts_at__lt=from_at
    ).exclude(pk__in=but)
    return tuple(
        Begun(
            patient_id=row.patient_id,
            patient=f"{row.patient.given_name} {row.patient.family_name}",
            born_on=row.patient.born_on,
            was_at=row.starts_at,
            was_here=row.state == "arrived",
        )
        for row in found.select_related("patient").order_by("starts_at", "pk")
    )


def _cases(rows: Collection[Booking], *, at: datetime) -> dict[int, Case]:
    """The case of each booking; for one planned ahead, the case it would become."""
    found = Case.objects.select_related("patient").filter(
        reference__in=[row.case_ref for row in rows if row.case_ref]
    )
    cases = {case.reference: case for case in found}
    return {row.pk: cases.get(row.case_ref) or _would_be(row, at=at) for row in rows}


def _would_be(row: Booking, *, at: datetime) -> Case:
    patient, today = row.patient, local_day(at)
    hub = hub_of_practice(row.practice_id, on=today)
    found = assess(
        Request(
            need=Need(row.reason),
            words="",
            born_on=patient.born_on,
            sex=Sex(patient.sex),
            access_needs=frozenset(AccessNeed(need) for need in patient.access_needs),
            born_estimated=patient.born_estimated,
        ),
        at=at,
        core=core_hours(bank_holidays()),
        hub=hub_hours(hub, holidays=bank_holidays()) if hub else core_hours(bank_holidays()),
        protocols=protocols_of(hub) if hub else {},
    )
    return Case(
        reference=f"planned-{row.pk}",
        practice_id=row.practice_id,
        patient=patient,
        need=row.reason,
        urgency=found.urgency.rank,
        urgency_status=ClassStatus.PROVISIONAL,
        bookable_now=found.bookable.now,
        due_at=found.due_at,
        points=found.points,
        phone=patient.phone,
        access_needs=list(patient.access_needs),
        continuity_with_id=patient.usual_clinician_id,
        state=State.BOOKED,
    )


def _places(
    person: Clinician, rows: Collection[Booking], cases: dict[int, Case], *, at: datetime
) -> dict[int, FreeSlot]:
    """By booking, the place it would have; who is a person's to place has none here."""
    going = [row for row in rows if not _for_people(row, cases[row.pk])]
    like, placed = Profession(person.profession), _steps([cases[row.pk] for row in going])
    told = {
        cases[row.pk].reference: Told(
            row.mode, row.starts_at, like if _is_lost(row, cases[row.pk], placed) else None
        )
        for row in going
    }
    names = {cases[row.pk].reference: row.pk for row in going}
    found = waiting_instance([cases[row.pk] for row in going], told=told, gone={person.pk}, at=at)
    answer = greedy_plan(found.instance)
    return {names[one.case]: found.slots[one.slot] for one in answer.placements}


def _steps(cases: Collection[Case]) -> dict[int, list[Step]]:
    steps: dict[int, list[Step]] = {}
    mine = CaseStep.objects.filter(case__in=[case.pk for case in cases if case.pk]).order_by("id")
    for case_id, step in mine.values_list("case_id", "step"):
        steps.setdefault(case_id, []).append(Step(step))
    return steps


def _is_lost(row: Booking, case: Case, steps: dict[int, list[Step]]) -> bool:
    """Whether the case, once displaced, would wait for nothing but another place."""
    if not row.case_ref:
        return True
    ending = [Step.UNBOOK] if case.state == State.BOOKED else []
    is_read_first = bool(case.red_flags or case.scan_hits)
    return not is_read_first and lost_a_place(
        [*steps.get(case.pk, []), *ending], was_planned_ahead=False
    )


def _for_people(row: Booking, case: Case) -> str:
    if why := arranged_by_people(case):
        return why
    return "The patient is in the building" if row.state == "arrived" else ""


def _would_go(row: Booking, case: Case, to: FreeSlot | None) -> WouldGo:
    return WouldGo(
        booking_id=row.pk,
        patient_id=row.patient_id,
        patient=f"{row.patient.given_name} {row.patient.family_name}",
        born_on=row.patient.born_on,
        phone=case.phone,
        urgency=case.urgency,
        was_at=row.starts_at,
        was_here=row.state == "arrived",
        for_people=_for_people(row, case),
        not_by_text=told_by_people(case),
        to=to,
    )
