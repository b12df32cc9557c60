"""Why: what waits for a supervisor's name: rules passed over, and cases to talk over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from appointments.models import Override
from practices.clock import local_day
from practices.models import Clinician
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
    """What was passed over for cases at this hub and waits for a second name, oldest first.

    One statement; with a reference, of this case alone.
    """
    found = Override.objects.filter(
        organisation=hub_id, countersigned_by=None, at__gte=at - LOOKS_BACK
    ).exclude(case_ref="")
    if reference:
        found = found.filter(case_ref=reference)
    return tuple(
        PassedOver(
            override_id=one.pk,
            reference=one.case_ref,
            rule=one.rule,
            code=one.code,
            reason=one.reason,
            by_id=one.by_id,
            by=one.by.name,
            at=one.at,
        )
        for one in found.select_related("by").order_by("at", "pk")
    )


def to_talk_over(clinician_ids: list[int], *, at: datetime) -> tuple[ToTalkOver, ...]:
    """The cases these people ended today that nobody has reviewed, oldest first. Two statements."""
    people = {
        person.user_id: person
        for person in Clinician.objects.filter(
            pk__in=clinician_ids, profession__in=TALKED_OVER
        ).order_by("pk")
    }
    reviewed = CaseStep.objects.filter(
        case=OuterRef("case"), step=Step.REVIEW, undone_by=None, at__gte=OuterRef("at")
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
