"""Why: a case and the places it could go, as the router's rules want to read them."""

from collections.abc import Mapping
from datetime import date, datetime

from appointments.queries import FreeSlot
from appointments.rules.codes import Mode
from appointments.rules.kept_for import NHS111, PRACTICE, is_open_to
from hubs.queries import AgreementRow
from practices.clock import local_day
from practices.queries import LimitNow
from practices.rules.access import AccessNeed
from practices.rules.limits import LimitMode
from practices.rules.london import day_words
from practices.rules.person_names import age_on
from practices.rules.professions import Profession
from triage.models import Case
from triage.queries.signers import is_triaged_by_gp
from triage.rules.bookable import Bookable
from triage.rules.callers import rung_on
from triage.rules.candidates import ANY_MODE, Candidate, CaseFacts, Where
from triage.rules.codes import Channel, ClassStatus, Continuity, Need, OptionKind, Sex, Urgency
from triage.rules.pharmacy_first import ANYBODY, PHARMACY_FIRST, Criterion, criterion_of

WITHOUT_STEPS = frozenset(AccessNeed) - {AccessNeed.STEP_FREE}


def case_facts(
    case: Case,
    *,
    at: datetime,
    declined_hub: bool = False,
    by_gp: bool | None = None,
    replaces: Profession | None = None,
) -> CaseFacts:
    """What decides where the case may go; patient and practice must be loaded.

    Whether a GP signed it is asked for where it is not given.
    """
    patient = case.patient
    signed = case.urgency_status == ClassStatus.SIGNED
    needs = frozenset(AccessNeed(need) for need in case.access_needs)
    if by_gp is None:
        by_gp = signed and is_triaged_by_gp(case.reference)
    return CaseFacts(
        need=Need(case.need),
        urgency=Urgency(f"P{case.urgency}"),
        due_at=case.due_at,
        age=age_on(patient.born_on, local_day(at)),
        points=case.points,
        signed=signed,
        bookable=Bookable(now=case.bookable_now or signed, reason=case.bookable_because),
        modes=frozenset({Mode.HOME_VISIT}) if AccessNeed.HOME_ONLY in needs else ANY_MODE,
        access_needs=needs,
        continuity=_continuity(case),
        continuity_clinician=case.continuity_with_id,
        asked_for=case.asked_for_id,
        triaged_by_gp=by_gp,
        declined_hub=declined_hub or patient.declines_hub,
        sex=Sex(patient.sex),
        replaces=replaces,
        can_be_rung=bool(rung_on(case.phone, safe_to_call=case.safe_to_call)),
    )


def _continuity(case: Case) -> Continuity:
    """How much the clinician counts: whoever is asked for by name counts like one's own."""
    known = case.patient.continuity
    found = Continuity.GREEN if known == "none" else Continuity(known)
    return Continuity.AMBER if case.asked_for_id and found is Continuity.GREEN else found


def slot_candidate(
    slot: FreeSlot,
    case: Case,
    *,
    limits: Mapping[int, LimitNow],
    agreements: Mapping[int, AgreementRow],
    shares: Mapping[tuple[int, date], int],
    is_closed: bool = False,
) -> Candidate:
    """A slot as a candidate; the points already count this case."""
    provider = slot.hub_id or slot.practice_id
    is_own = slot.practice_id == case.practice_id
    agreement = agreements.get(provider) if provider else None
    limit = limits.get(slot.clinician_id)
    return Candidate(
        key=f"slot-{slot.id}",
        where=Where.OWN if is_own else Where.HUB if slot.hub_id else Where.OTHER,
        site=slot.organisation,
        who=slot.clinician,
        clinician=slot.clinician_id,
        profession=Profession(slot.profession),
        starts_at=slot.starts_at,
        mode=Mode(slot.mode),
        travel_minutes=agreement.travel_minutes if agreement else 0,
        points_after=slot.used + case.points,
        limit=limit.effective.points if limit else 0,
        limit_mode=limit.mode if limit else LimitMode.SHADOW,
        share_left=None
        if is_own or agreement is None
        else _share_left(agreement, shares.get((agreement.provider_id, slot.day), 0), case),
        agreement=is_own or agreement is not None,
        access=frozenset(AccessNeed) if slot.step_free else WITHOUT_STEPS,
        places_left=slot.places_left,
        pairs_left=slot.pairs_left,
        audience_ok=_may_book(slot, case),
        released_at=slot.released_to(case.practice.organisation.code) if slot.reserve else None,
        takes=frozenset(Need(need) for need in slot.needs) or frozenset(Need),
        supervised=slot.supervised,
        closed=f"{slot.organisation} is closed on {day_words(slot.day)}" if is_closed else "",
    )


def _share_left(agreement: AgreementRow, used: int, case: Case) -> int:
    """What is left of the share for this case: the last place alone is none for a double."""
    left = agreement.share_places - used
    return min(left, 0) if left < case.slots_needed else left


def service_candidate(
    kind: str,
    key: str,
    name: str,
    takes: tuple[str, ...],
    *,
    need: Need | None = None,
    criteria: Mapping[str, Mapping[str, object]] | None = None,
    lines: Mapping[Need, Criterion] = PHARMACY_FIRST,
) -> Candidate:
    """A pharmacy or another service as a candidate, for whom it treats the case's need."""
    option = OptionKind(kind)
    criterion = ANYBODY
    if option is OptionKind.PHARMACY and need is not None:
        criterion = criterion_of(need, criteria or {}, lines)
    return Candidate(
        key=key,
        kind=option,
        where=Where.OTHER,
        site=name,
        takes=frozenset(Need(need) for need in takes),
        min_age=criterion.min_age,
        max_age=criterion.max_age,
        sex=criterion.sex,
        ask_first=criterion.question,
    )


def _may_book(slot: FreeSlot, case: Case) -> bool:
    """Whether the session is for this practice's patients, and for who asks."""
    if slot.audience is None:
        return True
    practice = case.practice.organisation.code
    return is_open_to(slot.audience, practice=practice, asked_by=asked_by(case))


def asked_by(case: Case) -> str:
    """Who asks for a place for the case, as sessions name it."""
    return NHS111 if case.channel == Channel.NHS111 else PRACTICE
