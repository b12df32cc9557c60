"""Why: what waits for a supervisor's name: rules passed over, and cases to talk over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from appointments.models import Booking, Override
from practices.clock import local_day
from practices.models import AuditEntry, Clinician
from practices.rules.london import midnight
from practices.rules.professions import Profession
from triage.models import CaseStep
from triage.queries.ends import standing
from triage.queries.queue_rows import QueueRow, row_of
from triage.rules.codes import Outcome
from triage.rules.states import Step

# Whose cases are talked over the same day: trainees', and a physician assistant's (hot review).
TALKED_OVER = (Profession.REGISTRAR, Profession.PHYSICIAN_ASSISTANT)
LOOKS_BACK = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A rule that somebody went past for a case, not countersigned yet."""

    override_id: int
    reference: str
    rule: str
    code: str
    reason: str
    by_id: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ToTalkOver:
    """A case that a supervisee ended and the supervisor has not reviewed since."""

    row: QueueRow
    clinician_id: int
    profession: Profession
    by: str
    outcome: Outcome
    at: datetime


def passed_over(hub_id: int, *, at: datetime, reference: str = "") -> tuple[PassedOver, ...]:
    """What was passed over at this hub and waits for a second name, oldest first.

    Three statements; with a reference, of this case alone.
    """
    cases = _booked_past(hub_id, at=at, reference=reference)
    cases |= _noted_past(hub_id, at=at, reference=reference)
    found = Override.objects.filter(pk__in=cases, countersigned_by=None).select_related("by")
    return tuple(
        PassedOver(
            override_id=one.pk,
            reference=cases[one.pk],
            rule=one.rule,
            code=one.code,
            reason=one.reason,
            by_id=one.by_id,
            by=one.by.name,
            at=one.at,
        )
        for one in found.order_by("at", "pk")
    )


def _booked_past(hub_id: int, *, at: datetime, reference: str) -> dict[int, str]:
    """Overrides that stand on a booking at the hub, with its case."""
    unsigned = Q(limit_override__isnull=False, limit_override__countersigned_by=None) | Q(
        overlap_override__isnull=False, overlap_override__countersigned_by=None
    )
    found = Booking.objects.filter(unsigned, hub_id=hub_id, held_at__gte=at - LOOKS_BACK)
    if reference:
        found = found.filter(case_ref=reference)
    rows = found.order_by("pk").values_list("case_ref", "limit_override_id", "overlap_override_id")
    return {pk: ref for ref, *overrides in rows for pk in overrides if pk is not None}


def _noted_past(hub_id: int, *, at: datetime, reference: str) -> dict[int, str]:
    """Overrides of any rule by people of the hub, as its record names them."""
    found = AuditEntry.objects.filter(
        verb="rule.passed_over", entity="case", organisation_id=hub_id, at__gte=at - LOOKS_BACK
    )
    if reference:
        found = found.filter(entity_id=reference)
    rows = found.order_by("pk").values_list("entity_id", "facts__override")
    return {override: ref for ref, override in rows}


def to_talk_over(clinician_ids: list[int], *, at: datetime) -> tuple[ToTalkOver, ...]:
    """The cases these people ended today that nobody has reviewed, oldest first. Two statements."""
    people = {
        person.user_id: person
        for person in Clinician.objects.filter(
            pk__in=clinician_ids, profession__in=TALKED_OVER
        ).order_by("pk")
    }
    reviewed = CaseStep.objects.filter(
        case=OuterRef("case"), step=Step.REVIEW, at__gte=OuterRef("at")
    )
    found = (
        standing()
        .filter(~Exists(reviewed), by_id__in=people, at__gte=midnight(local_day(at)))
        .select_related(
            "by",
            "case__patient",
            "case__practice__organisation",
            "case__hub__organisation",
            "case__claimed_by__user",
            "case__taken_by",
        )
        .order_by("at", "pk")
    )
    return tuple(
        ToTalkOver(
            row=row_of(one.case, at=at),
            clinician_id=people[one.by_id].pk,
            profession=Profession(people[one.by_id].profession),
            by=one.by.name,
            outcome=Outcome(one.code),
            at=one.at,
        )
        for one in found
        if one.by is not None and one.by_id is not None
    )
