"""A P0 or P1 whom nobody reaches: a clinician decides who goes there, and it is kept."""

from datetime import datetime

from practices.rules.reach import Actor
from practices.rules.refusals import Forbidden
from practices.rules.roles import CLINICAL_ROLES
from triage.actions.stepping import lock_case, take_step, write_note
from triage.models import Case, CaseStep, Note
from triage.queries.tries import delivered_in, tries_of, written_of
from triage.rules.codes import Urgency
from triage.rules.states import Step
from triage.rules.unreached import Sent, SentHelp, check_decided, check_sent, is_decided


def send_help(
    *,
    reference: str,
    sent: SentHelp,
    words: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Case:
    """It is on record who goes to the patient, whom the clinician asked, or why nobody does."""
    case = lock_case(reference, version=version)
    if by.clinician_id is None or not by.is_one_of(CLINICAL_ROLES):
        raise Forbidden("Only a clinician decides who goes to the patient.")
    delivered = delivered_in(written_of(case.reference))
    check_sent(tries_of(case), Urgency(f"P{case.urgency}"), delivered, words=words)
    note = write_note(case, Note.Kind.REASON, words, by=by, at=at)
    return take_step(case, Step.SEND_HELP, by=by, at=at, code=sent, note=note)


def check_help_decided(case: Case) -> None:
    """Since nobody answers it was decided who goes there, where the class asks for it."""
    check_decided(tries_of(case), Urgency(f"P{case.urgency}"), _sent(case))


def is_help_decided(case: Case) -> bool:
    """Whether somebody goes to a patient whom nobody reached."""
    return is_decided(tries_of(case), _sent(case))


def _sent(case: Case) -> list[Sent]:
    steps = CaseStep.objects.filter(case=case, step=Step.SEND_HELP).order_by("id")
    return [Sent(*row) for row in steps.values_list("at", "code")]
