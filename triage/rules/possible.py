"""The rules that may say no to a place for a case, each with its sentence, in their order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache

from appointments.rules.codes import Mode
from appointments.rules.safe_working import in_words
from hubs.rules.scope import PatientFacts, refusal_to_see, sees_as_much
from practices.rules.access import unmet
from practices.rules.limits import LimitMode
from practices.rules.london import clock_words, day_of, day_words, midnight
from practices.rules.professions import Profession
from triage.rules.candidates import Candidate, CaseFacts, Where
from triage.rules.codes import OptionKind, Refusal, Sex

Check = Callable[[CaseFacts, Candidate, datetime], "tuple[Refusal, str] | None"]


def is_overdue(case: CaseFacts, now: datetime) -> bool:
    """Whether the due time has passed; then any slot is better than none."""
    return now >= case.due_at


def is_late(case: CaseFacts, candidate: Candidate) -> bool:
    """Whether the slot starts after the case is due."""
    return candidate.starts_at is not None and candidate.starts_at > case.due_at


def _closed(_: CaseFacts, candidate: Candidate, __: datetime) -> tuple[Refusal, str] | None:
    return (Refusal.CLOSED, candidate.closed) if candidate.closed else None


def _declined(case: CaseFacts, candidate: Candidate, _: datetime) -> tuple[Refusal, str] | None:
    if case.declined_hub and candidate.is_away:
        return Refusal.PATIENT_DECLINED, "The patient wants to stay with their own practice"
    return None


def _agreement(_: CaseFacts, candidate: Candidate, __: datetime) -> tuple[Refusal, str] | None:
    if candidate.is_away and not candidate.agreement:
        words = f"The practice has no agreement with {candidate.site or 'this provider'} today"
        return Refusal.AGREEMENT, words
    return None


def _unsigned(case: CaseFacts, candidate: Candidate, _: datetime) -> tuple[Refusal, str] | None:
    if case.signed or case.bookable.now:
        return None
    if case.replaces is None or candidate.profession is None:
        return Refusal.SCOPE, case.bookable.reason
    if sees_as_much(candidate.profession, case.replaces):
        return None
    was = case.replaces.label.lower()
    return Refusal.SCOPE, f"{candidate.profession.label}: not in place of a {was} unsigned"


def _scope(case: CaseFacts, candidate: Candidate, _: datetime) -> tuple[Refusal, str] | None:
    return _scope_of(candidate.profession, case.patient) if candidate.profession else None


# A case meets the same few professions in many places.
@lru_cache(maxsize=1024)
def _scope_of(who: Profession, patient: PatientFacts) -> tuple[Refusal, str] | None:
    refused = refusal_to_see(who, patient)
    return (Refusal(refused.code), refused.text) if refused else None


def _supervision(_: CaseFacts, candidate: Candidate, __: datetime) -> tuple[Refusal, str] | None:
    if candidate.supervised:
        return None
    return Refusal.SUPERVISION, f"No supervisor is there for {candidate.who or 'this clinician'}"


def _mode(case: CaseFacts, candidate: Candidate, _: datetime) -> tuple[Refusal, str] | None:
    if candidate.mode is Mode.PHONE and not case.can_be_rung:
        return Refusal.MODE, "By phone, and there is no number to ring: add one to the request"
    if candidate.mode is None or candidate.mode in case.modes:
        return None
    wanted = " or ".join(sorted(mode.label.lower() for mode in case.modes))
    return Refusal.MODE, f"{candidate.mode.label}, but the patient needs {wanted}"


def _access(case: CaseFacts, candidate: Candidate, _: datetime) -> tuple[Refusal, str] | None:
    if candidate.mode is None or candidate.mode.is_remote:
        return None
    missing = unmet(case.access_needs, candidate.access)
    if not missing:
        return None
    labels = ", ".join(need.label.lower() for need in missing)
    return Refusal.ACCESS_NEED, f"{candidate.site or 'The site'} cannot offer: {labels}"


def started(_: CaseFacts, candidate: Candidate, now: datetime) -> tuple[Refusal, str] | None:
    if candidate.starts_at is not None and candidate.starts_at <= now:
        return Refusal.STARTED, "This appointment has already started"
    return None


def _leave(_: CaseFacts, candidate: Candidate, __: datetime) -> tuple[Refusal, str] | None:
    if candidate.on_leave:
        return Refusal.LEAVE, f"{candidate.who or 'The clinician'} is away"
    return None


def _audience(_: CaseFacts, candidate: Candidate, __: datetime) -> tuple[Refusal, str] | None:
    return None if candidate.audience_ok else (Refusal.AUDIENCE, "This session is kept for others")


def _embargo(case: CaseFacts, candidate: Candidate, now: datetime) -> tuple[Refusal, str] | None:
    if candidate.released_at is None or candidate.released_at <= now:
        return None
    return Refusal.EMBARGO, f"Kept until {_when(candidate.released_at, now)}"


def too_late_from(case: CaseFacts, now: datetime) -> datetime | None:
    """From when a start is past due; None where any slot will do.

    A same-day case is seen by its due time, once signed at least on its day.
    """
    if not case.urgency.is_same_day or is_overdue(case, now):
        return None
    if case.signed:
        return midnight(day_of(case.due_at) + timedelta(days=1))
    return case.due_at + timedelta.resolution


def past_due(case: CaseFacts, candidate: Candidate, now: datetime) -> tuple[Refusal, str] | None:
    """No later start than the case can wait for."""
    limit, starts_at = too_late_from(case, now), candidate.starts_at
    if limit is None or starts_at is None or starts_at < limit:
        return None
    return Refusal.PAST_DUE, f"Starts {_when(starts_at, now)}, due {_when(case.due_at, now)}"


def _taken(_: CaseFacts, candidate: Candidate, __: datetime) -> tuple[Refusal, str] | None:
    return None if candidate.places_left > 0 else (Refusal.TAKEN, "No place is left")


def _together(case: CaseFacts, candidate: Candidate, _: datetime) -> tuple[Refusal, str] | None:
    if not case.is_double:
        return None
    if candidate.pairs_left is None:
        return Refusal.ACCESS_NEED, "Needs two appointments together: none follows this one"
    if candidate.pairs_left == 0:
        return Refusal.TAKEN, "Needs two appointments together: the next one is taken"
    return None


def has_share(candidate: Candidate) -> bool:
    """Whether the practice's share reaches for one more, its own or one it may borrow."""
    return candidate.share_left is None or candidate.share_left > 0 or candidate.may_borrow


def share(case: CaseFacts, candidate: Candidate, _: datetime) -> tuple[Refusal, str] | None:
    if case.urgency.is_urgent or has_share(candidate):
        return None
    return Refusal.SHARE, f"The practice has used its share of {candidate.site or 'this hub'} today"


def passes_limit(candidate: Candidate) -> bool:
    """Whether the contact would take the clinician past a limit that is enforced."""
    return candidate.is_over_limit and candidate.limit_mode is LimitMode.ENFORCE


def limit(case: CaseFacts, candidate: Candidate, _: datetime) -> tuple[Refusal, str] | None:
    if case.urgency.is_urgent or not passes_limit(candidate):
        return None
    before = in_words(candidate.points_after - case.points)
    words = f"{candidate.who or 'The clinician'} has {before} of {in_words(candidate.limit)}"
    return Refusal.LIMIT, words


def _takes(case: CaseFacts, candidate: Candidate, _: datetime) -> tuple[Refusal, str] | None:
    if case.need in candidate.takes:
        return None
    return Refusal.SCOPE, f"{candidate.kind.label}: not for {case.need.label.lower()}"


def _age(case: CaseFacts, candidate: Candidate, _: datetime) -> tuple[Refusal, str] | None:
    if candidate.min_age == 0 and candidate.max_age >= 130:
        return None
    if case.age is not None and candidate.min_age <= case.age <= candidate.max_age:
        return None
    span = f"{candidate.min_age} to {candidate.max_age}"
    if candidate.max_age >= 130:
        span = f"{candidate.min_age} or over"
    return Refusal.AGE, f"{candidate.kind.label}: for patients aged {span}"


def _sex(case: CaseFacts, candidate: Candidate, _: datetime) -> tuple[Refusal, str] | None:
    if candidate.sex is None or case.sex is candidate.sex:
        return None
    who = {Sex.FEMALE: "women", Sex.MALE: "men"}[candidate.sex]
    return Refusal.SCOPE, f"{candidate.kind.label}: for this need it treats {who} only"


def _urgent(case: CaseFacts, candidate: Candidate, _: datetime) -> tuple[Refusal, str] | None:
    if candidate.kind is not OptionKind.PHARMACY or not case.urgency.is_urgent:
        return None
    return Refusal.SCOPE, "Too urgent for a pharmacy: a clinician looks first"


def _when(at: datetime, now: datetime) -> str:
    if day_of(at) == day_of(now):
        return clock_words(at)
    return f"{clock_words(at)} on {day_words(day_of(at))}"


def kept(_: CaseFacts, __: Candidate, ___: datetime) -> tuple[Refusal, str] | None:
    """The refusal of a place that is held back for the urgent still expected today."""
    words = "Kept for urgent patients still expected today, until 45 minutes before it starts"
    return Refusal.EMBARGO, words


# The order decides which refusal binds: first what nobody can change today, last what can.
SLOT_CHECKS: tuple[Check, ...] = (
    _closed,
    started,
    _leave,
    _agreement,
    _audience,
    _declined,
    _unsigned,
    _scope,
    _supervision,
    _mode,
    _access,
    _taken,
    _together,
    past_due,
    _embargo,
    share,
    limit,
)
# What is out of order with a place, for whoever asks.
OUT_OF_ORDER: frozenset[Check] = frozenset(
    {_closed, _leave, _agreement, _audience, _supervision, _taken, _embargo}
)
# What is answered alike for every place in order that `alike` cannot tell apart.
BY_KIND: tuple[Check, ...] = (_declined, _unsigned, _scope, _mode, _access, _together)
SERVICE_CHECKS: tuple[Check, ...] = (_closed, _agreement, _takes, _urgent, _age, _sex)


def in_order(candidate: Candidate) -> bool:
    """Whether no rule of `OUT_OF_ORDER` can say no to the place."""
    return (
        candidate.supervised
        and candidate.audience_ok
        and candidate.places_left > 0
        and candidate.released_at is None
        and not candidate.closed
        and not candidate.on_leave
        and (candidate.agreement or candidate.where is Where.OWN)
    )


def alike(candidate: Candidate) -> tuple[object, ...]:
    """All of a place that the rules `BY_KIND` look at."""
    return (
        candidate.profession,
        candidate.mode,
        candidate.where,
        candidate.access,
        candidate.pairs_left,
    )
