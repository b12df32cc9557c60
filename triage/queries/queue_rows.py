"""Why: one case as the queue shows it, and its place in the order."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery

from practices.rules.refusals import BadInput
from triage.models import Case, CaseStep
from triage.queries.held import is_held_now, stands_now
from triage.rules.codes import ClassStatus, Need, Urgency
from triage.rules.lanes import Lane
from triage.rules.no_longer import SAYS_MORE, NoLonger, says
from triage.rules.ordering import Waiting
from triage.rules.states import State


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the queue: what the order depends on. A page starts after one."""

    urgency: int
    due_at: datetime
    reference: str

    def as_text(self) -> str:
        """The place for an address, without anything about the patient."""
        return f"{self.urgency}~{self.due_at.isoformat()}~{self.reference}"

    @classmethod
    def read(cls, text: str) -> "Place":
        """The place an address names; anything else is refused."""
        try:
            urgency, due_at, reference = text.split("~")
            place = cls(int(urgency), datetime.fromisoformat(due_at), reference)
        except ValueError:
            raise BadInput("This page of the queue does not exist.", field="cursor") from None
        if place.due_at.tzinfo is None or "\0" in reference or not 0 <= place.urgency <= 6:
            raise BadInput("This page of the queue does not exist.", field="cursor")
        return place


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a case now, since when, and until when it is kept for them."""

    clinician_id: int
    name: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One case as the queue shows it."""

    reference: str
    version: int
    state: State
    stands: State
    urgency: Urgency
    status: ClassStatus
    need: Need
    channel: str
    practice_id: int
    practice_code: str
    practice: str
    hub_id: int
    hub_code: str
    hub: str
    patient_id: int
    family_name: str
    given_name: str
    born_on: date
    access_needs: tuple[str, ...]
    red_flags: tuple[str, ...]
    scan_hits: tuple[str, ...]
    read_due_at: datetime | None
    declined_at: datetime | None
    submitted_at: datetime
    due_at: datetime
    holder: Holder | None
    booking_id: int | None
    bounces: int
    escalated: int
    lane: Lane
    taken_by_id: int | None
    taken_by: str
    taken_at: datetime | None
    no_longer: NoLonger | None = None
    handed_to_id: int | None = None

    @property
    def is_booked(self) -> bool:
        """Whether it has an appointment, in our reach or not."""
        return self.booking_id is not None

    @property
    def place(self) -> Place:
        """Where in the queue the case stands."""
        return Place(self.urgency.rank, self.due_at, self.reference)

    @property
    def waiting(self) -> Waiting:
        """The case as the rules of order and escalation read it."""
        return Waiting(self.reference, self.urgency, self.submitted_at, self.due_at)


def names_of_case(found: QuerySet[Case]) -> QuerySet[Case]:
    """The cases with every name a row shows, and what the patient said last."""
    said = CaseStep.objects.filter(case=OuterRef("pk"), step__in=sorted(SAYS_MORE))
    found = found.annotate(said_last=Subquery(said.order_by("-id").values("code")[:1]))
    return found.select_related(
        "patient",
        "practice__organisation",
        "hub__organisation",
        "claimed_by__user",
        "taken_by",
    )


def row_of(case: Case, *, at: datetime) -> QueueRow:
    """The row of a case that was loaded with `names_of_case`."""
    return QueueRow(
        reference=case.reference,
        version=case.version,
        state=State(case.state),
        stands=stands_now(case, at=at),
        urgency=Urgency(f"P{case.urgency}"),
        status=ClassStatus(case.urgency_status),
        need=Need(case.need),
        channel=case.channel,
        practice_id=case.practice_id,
        practice_code=case.practice.organisation.code,
        practice=case.practice.organisation.name,
        hub_id=case.hub_id,
        hub_code=case.hub.organisation.code,
        hub=case.hub.organisation.name,
        patient_id=case.patient_id,
        family_name=case.patient.family_name,
        given_name=case.patient.given_name,
        born_on=case.patient.born_on,
        access_needs=tuple(case.access_needs),
        red_flags=tuple(case.red_flags),
        scan_hits=tuple(case.scan_hits),
        read_due_at=case.read_due_at,
        declined_at=case.declined_at,
        submitted_at=case.submitted_at,
        due_at=case.due_at,
        holder=_holder(case, at=at),
        booking_id=case.booking_id,
        bounces=case.bounces,
        escalated=case.escalated,
        lane=Lane(case.lane),
        taken_by_id=case.taken_by_id,
        taken_by=case.taken_by.name if case.taken_by else "",
        taken_at=case.taken_at,
        no_longer=_no_longer(case),
        handed_to_id=case.handed_to_id,
    )


def _no_longer(case: Case) -> NoLonger | None:
    """What the patient said, until the case is closed or somebody said more."""
    is_open = case.state not in {State.BOOKED, State.CLOSED}
    return says(getattr(case, "said_last", None) or "") if is_open else None


def _holder(case: Case, *, at: datetime) -> Holder | None:
    """Who has the case; nobody once the lease has run out."""
    if not is_held_now(case, at=at) or case.lease_until is None:
        return None
    named = case.claimed_by.user.name if case.claimed_by else "A clinician"
    return Holder(
        clinician_id=case.claimed_by_id or 0,
        name=named,
        since=case.claimed_at or case.submitted_at,
        until=case.lease_until,
    )
