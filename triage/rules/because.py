"""The words beside each line of "Where?": why it is offered, most telling first."""

from __future__ import annotations

from appointments.rules.codes import OverflowReason
from appointments.rules.safe_working import in_words
from practices.rules.limits import LimitMode
from practices.rules.london import clock_words, day_of, day_words
from triage.rules.candidates import Candidate, CaseFacts, Where
from triage.rules.codes import Continuity, OptionKind
from triage.rules.possible import is_late
from triage.rules.request import Reason

_STANDING: dict[OptionKind, str] = {
    OptionKind.PHARMACY: "A pharmacist can treat this without an appointment",
    OptionKind.CALLBACK: "A clinician reads the case and calls back",
    OptionKind.WAITING_LIST: "On the list with an owner, ordered by need",
    OptionKind.COMMUNITY: "A community service takes this; we stay the owner until it accepts",
    OptionKind.URGENT_TREATMENT: "Sees people today without an appointment",
    OptionKind.EMERGENCY: "Emergency: act now, the paperwork follows",
    OptionKind.DUTY: "The duty clinician of the practice takes it",
}

ANOTHER_DAY = Reason("another_day", "Planned: another day is offered first, today is nearly used")


def reasons_for(
    case: CaseFacts, candidate: Candidate, overflow: OverflowReason | None
) -> tuple[Reason, ...]:
    """Why this place, in the order a receptionist would say it."""
    if candidate.kind is not OptionKind.SLOT:
        usual = Reason(candidate.kind.value, _STANDING[candidate.kind])
        asked = Reason("ask_first", candidate.ask_first) if candidate.ask_first else None
        return (usual, asked) if asked else (usual,)
    found = [
        _time(case, candidate),
        _place(candidate, overflow),
        _travel(candidate),
        _continuity(case, candidate),
        _meter(case, candidate),
        _share(case, candidate),
    ]
    return tuple(reason for reason in found if reason)


def _time(case: CaseFacts, candidate: Candidate) -> Reason | None:
    if candidate.starts_at is None:
        return None
    due = clock_words(case.due_at)
    if day_of(case.due_at) != day_of(candidate.starts_at):
        due = f"{due} on {day_words(day_of(case.due_at))}"
    if is_late(case, candidate):
        return Reason("late", f"Later than due at {due}")
    return Reason("in_time", f"Before it is due at {due}")


def _place(candidate: Candidate, overflow: OverflowReason | None) -> Reason:
    if candidate.where is Where.OWN:
        return Reason("own_practice", "Own practice")
    if overflow:
        return Reason(overflow.value, overflow.label)
    return Reason("own_has_room", "The own practice still has room: say why not there")


def _travel(candidate: Candidate) -> Reason | None:
    if candidate.mode and candidate.mode.is_remote:
        return Reason("remote", f"{candidate.mode.label}, no travel")
    if candidate.travel_minutes:
        return Reason("travel", f"{candidate.travel_minutes} minutes to travel")
    return None


def _continuity(case: CaseFacts, candidate: Candidate) -> Reason | None:
    if case.asked_for is not None and case.asked_for == candidate.clinician:
        return Reason("asked_for", f"{candidate.who}, whom the patient asked for")
    if case.continuity_clinician is None or case.continuity is Continuity.GREEN:
        return None
    if candidate.clinician == case.continuity_clinician:
        return Reason("continuity", "The clinician who knows the patient")
    if case.continuity_clinician == case.asked_for:
        return Reason("not_asked_for", "Not the clinician the patient asked for")
    return Reason("continuity_lost", "Not the clinician who knows the patient")


def _meter(case: CaseFacts, candidate: Candidate) -> Reason | None:
    if not candidate.limit:
        return None
    words = f"{in_words(candidate.points_after)} of {in_words(candidate.limit)} points after this"
    if not candidate.is_over_limit:
        return Reason("room", words)
    if candidate.limit_mode is LimitMode.ENFORCE:
        return Reason("past_limit", f"{words}: urgent, so a clinician takes it past the limit")
    if candidate.limit_mode is LimitMode.WARN:
        return Reason("over_limit", f"{words}: over the safe limit")
    return Reason("over_limit", words)


def _share(case: CaseFacts, candidate: Candidate) -> Reason | None:
    if candidate.share_left is None:
        return None
    if candidate.share_left > 0:
        return Reason("share", f"{candidate.share_left} of the practice's own share left")
    why = "urgent never waits" if case.urgency.is_urgent else "unused by others"
    return Reason("borrowed", f"Borrowed share: {why}")
