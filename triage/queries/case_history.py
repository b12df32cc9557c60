"""Why: what happened to one case, newest first, and what of it was undone."""

from django.db.models import Exists, OuterRef, Q

from practices.clock import local_day
from triage.models import Case, CaseOutcome, CaseStep, ContactAttempt, Note, SecondLook
from triage.queries.case_rows import AttemptRow, NoteRow, StepRow, TakenBack
from triage.queries.ends import standing_attempts, undone
from triage.rules.codes import Outcome
from triage.rules.second_looks import How
from triage.rules.states import State, Step
from triage.rules.undoing import REOPENS

# What somebody does about a case they have in hand, before they end it again.
MEANWHILE: frozenset[Step] = frozenset(
    {
        Step.ATTEMPT,
        Step.UNDO_ATTEMPT,
        Step.SIGN_CLASS,
        Step.UNDO_CLASS,
        Step.ASK,
        Step.CHAPERONE,
        Step.INTERPRETER,
        Step.SEND_HELP,
        Step.ANSWER,
        Step.REPEAT_CONTACT,
    }
)


def history_of(case: Case) -> tuple[StepRow, ...]:
    """Each step, newest first. One statement."""
    found = CaseStep.objects.filter(case=case).order_by("-id")
    rows = found.select_related("by", "note", "attempt__by__clinician", "undone_by")
    return tuple(
        StepRow(
            step=Step(step.step),
            at=step.at,
            by=step.by.name if step.by else "",
            role=step.role,
            from_state=State(step.from_state),
            to_state=State(step.to_state),
            urgency=step.urgency,
            code=step.code,
            reason=text_of(step.note),
            entered_at=step.entered_at,
            attempt=_attempt(step.attempt) if hasattr(step, "attempt") else None,
            is_undone=hasattr(step, "undone_by"),
            by_id=step.by_id,
        )
        for step in rows
    )


def attempts_of(case: Case) -> tuple[AttemptRow, ...]:
    """The attempts that were not undone, newest first. One statement."""
    found = standing_attempts().filter(case=case).select_related("by__clinician").order_by("-id")
    return tuple(_attempt(row) for row in found)


def notes_of(case: Case) -> tuple[NoteRow, ...]:
    """All that was said and written, oldest first. One statement."""
    ended_by = Q(note=OuterRef("pk")) | Q(safety_net=OuterRef("pk"))
    found = Note.objects.filter(case=case).select_related("by").order_by("id")
    found = found.annotate(is_undone=Exists(undone().filter(ended_by, case=case)))
    return tuple(
        NoteRow(
            kind=note.kind,
            text=text_of(note),
            at=note.at,
            by=note.by.name if note.by else "",
            is_erased=note.erased_at is not None,
            is_undone=note.is_undone,
        )
        for note in found
    )


def taken_back_of(case: Case, history: tuple[StepRow, ...]) -> TakenBack | None:
    """How it ended until that was undone, while whoever undid it has it. Two statements at most."""
    if _last_undone(history) not in REOPENS:
        return None
    ended = CaseOutcome.objects.filter(case=case).order_by("-id")
    found = ended.select_related("safety_net", "note").first()
    if found is None:
        return None
    look = SecondLook.objects.filter(case=case, how=How.UNDONE, opened_at__gte=found.at)
    again = look.order_by("-id").first()
    return TakenBack(
        code=Outcome(found.code),
        record_viewed=found.record_viewed,
        safety_net=text_of(found.safety_net),
        note=text_of(found.note),
        again_days=(again.look_by - local_day(again.opened_at)).days if again else None,
    )


def reason_taken_back(history: tuple[StepRow, ...]) -> str:
    """Why it was to be handed back until that was undone, while whoever undid it has it."""
    if _last_undone(history) is not Step.UNDO_HAND_BACK:
        return ""
    undone_step = (step for step in history if step.step is Step.HAND_BACK)
    return next(undone_step).reason


def _last_undone(history: tuple[StepRow, ...]) -> Step | None:
    return next((step.step for step in history if step.step not in MEANWHILE), None)


def text_of(note: Note | None) -> str:
    """The words; none where there is no note, or it was erased."""
    return "" if note is None or note.erased_at is not None else note.text


def _attempt(row: ContactAttempt) -> AttemptRow:
    return AttemptRow(
        at=row.at,
        by=row.by.name,
        channel=row.channel,
        answered=row.answered,
        met=row.met,
        number_end=row.number_end,
        is_clinician=hasattr(row.by, "clinician"),
    )
