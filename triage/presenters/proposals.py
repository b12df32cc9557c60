"""Proposed moves in words: from, to, why, the effect on both days, and the proof."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from appointments.rules.codes import Mode
from practices.presenters import date_words, points_words, time_words
from practices.rules.nhs_number import spaced
from practices.rules.phones import spoken
from triage.presenters.contact import NOBODY_RINGS, must_know
from triage.presenters.offers import aid_words
from triage.queries.proposals import ProposalRow, RunRow
from triage.rules.codes import Need

LEVEL_WORDS = {
    "urgent": "Urgent cases late or without a place",
    "same_day": "Same-day cases late or without a place",
    "excess": "Points over safe limits",
    "next_day": "Next-day cases late or without a place",
    "planned": "Planned cases late or without a place",
    "moves": "Patients who would be told a new time",
    "continuity": "Patients away from their usual clinician",
}
# Effects are in tenths.
POINT = 10
NOT_AGAIN = "Nobody is moved twice: no move is proposed for who is back where they were."
# Who tells the patient: nobody is left to think that somebody else does.
OR_RING = "Whom no message can reach is under “Messages”, for your desk to ring."
MOVED = f"Moved. The patient will get a message with the new time. {OR_RING}"
UNDONE = (
    "Undone. The patient is back in the old appointment, and will get a message with the old"
    f" time. {OR_RING} {NOT_AGAIN}"
)
OFFER_TAKEN = (
    f"Booked. The patient will get a message. {OR_RING} To change it, cancel or move the booking."
)
GOAL_WORDS = {
    "urgent": "urgent cases on time",
    "same_day": "same-day cases on time",
    "excess": "safe limits",
    "next_day": "next-day cases on time",
    "planned": "planned cases on time",
    "moves": "fewest changes for patients",
    "continuity": "the usual clinician",
    "comfort": "shorter waits and journeys",
}


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """One proposal as the page shows it."""

    public_id: str
    run_id: str
    clinician_id: int
    clinician: str
    from_at: datetime
    patient: str
    born: str
    nhs_number: str
    phone: str
    must_know: tuple[str, ...]
    case_ref: str
    need: str
    from_words: str
    to_words: str
    aid: str
    giving: str
    taking: str
    decided_by: str
    reasons: tuple[str, ...]
    ask: str
    state: str
    may_undo: bool
    declined_because: str


@dataclass(frozen=True, slots=True)
class Together:
    """Several cards one button is about: `key` is the address of the first card, or the run."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that the proposals page shows."""

    open: tuple[ProposalCard, ...]
    accepted: tuple[ProposalCard, ...]
    declined: tuple[ProposalCard, ...]
    read_outs: tuple[Together, ...]
    whole_runs: tuple[Together, ...]
    looked_at: str
    ours: str
    verdict: str
    certificate: tuple[tuple[str, str, str, str], ...]


def page(rows: Iterable[ProposalRow], run: RunRow | None, *, now: datetime) -> Page:
    """The open and the accepted proposals of the practice, and the last run's certificate."""
    cards = [card(row, now=now) for row in rows]
    return Page(
        open=tuple(sorted((one for one in cards if one.state == "open"), key=_session)),
        accepted=tuple(one for one in cards if one.state == "accepted"),
        declined=tuple(one for one in cards if one.state == "declined" and one.may_undo),
        read_outs=_read_outs(cards),
        whole_runs=_whole_runs(cards),
        looked_at=time_words(run.finished_at) if run and run.finished_at else "",
        ours=_ours(cards),
        verdict=_verdict(run),
        certificate=_certificate(run),
    )


def _session(one: ProposalCard) -> tuple[str, int, datetime]:
    """Whose list they leave, then when: what one telephones through together stands together."""
    return one.clinician, one.clinician_id, one.from_at


def _ours(cards: Iterable[ProposalCard]) -> str:
    """What of the plan is this practice's own, in numbers."""
    states = [one.state for one in cards]
    waiting, moved = states.count("open"), states.count("accepted")
    moves = "1 move waits" if waiting == 1 else f"{waiting} moves wait"
    return f"At your practice today: {moves} for your answer, {moved} accepted."


def card(row: ProposalRow, *, now: datetime) -> ProposalCard:
    """One proposal in words."""
    giving, taking = row.effects["giving"], row.effects["taking"]
    since = (now - row.decided_at).total_seconds() if row.decided_at else 0
    return ProposalCard(
        public_id=str(row.public_id),
        run_id=str(row.run_id),
        clinician_id=row.from_clinician_id,
        clinician=row.from_clinician,
        from_at=row.from_at,
        patient=row.patient,
        born=date_words(row.born_on),
        nhs_number=spaced(row.nhs_number) if row.nhs_number else "not given",
        phone=spoken(row.phone) if row.phone else NOBODY_RINGS,
        must_know=must_know(row.contact) if row.contact else (),
        case_ref=row.case_ref,
        need=Need(row.need).label,
        from_words=_where(row.from_at, row.from_clinician, row.from_site, row.from_mode),
        to_words=_where(row.to_at, row.to_clinician, row.to_site, row.to_mode),
        aid=aid_words(row.reasons),
        giving=_effect(row.from_clinician, giving),
        taking=_effect(row.to_clinician, taking),
        decided_by=GOAL_WORDS.get(row.effects.get("goal", ""), "safe limits"),
        reasons=_reasons(row),
        ask=_ask(row),
        state=row.state,
        may_undo=row.state in ("accepted", "declined") and since <= 15 * 60,
        declined_because=row.decline_reason,
    )


def _read_outs(cards: Iterable[ProposalCard]) -> tuple[Together, ...]:
    """One page for each clinician with more than one open move."""
    by_clinician: dict[int, list[ProposalCard]] = {}
    for one in cards:
        if one.state == "open":
            by_clinician.setdefault(one.clinician_id, []).append(one)
    return tuple(
        Together(found[0].public_id, f"Read out all {len(found)} moves from {found[0].clinician}")
        for found in by_clinician.values()
        if len(found) > 1
    )


def _whole_runs(cards: Iterable[ProposalCard]) -> tuple[Together, ...]:
    """One button for each run with more than one move that can still be undone."""
    by_run: dict[str, list[ProposalCard]] = {}
    for one in cards:
        if one.state == "accepted" and one.may_undo:
            by_run.setdefault(one.run_id, []).append(one)
    return tuple(
        Together(run_id, f"Undo all {len(found)} moves of one plan")
        for run_id, found in by_run.items()
        if len(found) > 1
    )


def count_words(number: int, done: str) -> str:
    """What happened to how many, and what they hear of it."""
    people = "1 patient" if number == 1 else f"{number} patients"
    return f"{people} {done}. Each will get a message with the time. {OR_RING}"


def _where(at: datetime, clinician: str, site: str, mode: str) -> str:
    return f"{time_words(at)} with {clinician}, {site}, {Mode(mode).label.lower()}"


def _ask(row: ProposalRow) -> str:
    """The sentence to say, true for a call as for a visit."""
    at = time_words(row.to_at)
    if Mode(row.to_mode).is_remote:
        return f"Could {row.to_clinician} call you at {at} instead?"
    return f"Could you come to {row.to_site} at {at} instead, to see {row.to_clinician}?"


def _reasons(row: ProposalRow) -> tuple[str, ...]:
    """Why this move, in names and times; the planner's own codes and numbers stay in the API."""
    facts = {reason["code"]: reason.get("facts", {}) for reason in row.reasons}
    placed, decided = facts.get("placed", {}), facts.get("decided_by", {})
    found = [_over(row.from_clinician, row.effects["giving"])]
    if "only_place" in facts:
        found.append("It is the only place left that fits.")
    if decided.get("alternatives"):
        found.append(f"The best of {int(decided['alternatives']) + 1} places that fit.")
    aid = aid_words(row.reasons)
    if aid:
        found.append(aid)
    elif row.to_hub:
        found.append("No place at the practice is better for the goals in their order.")
    if placed.get("travel_minutes") and not aid:
        found.append(f"{placed['travel_minutes']} minutes to travel.")
    if placed.get("is_usual_clinician"):
        found.append(f"{row.to_clinician} is the patient's usual clinician.")
    return tuple(found)


def _effect(name: str, effect: dict[str, Any]) -> str:
    """What this one move changes; the day as it was before any of the moves stands beside it."""
    change = effect["after"] - effect["before"]
    points = points_words(abs(change))
    return (
        f"{name}: {points} point{'' if points == '1' else 's'} {'less' if change < 0 else 'more'}."
        f" {_day(effect)}"
    )


def _over(name: str, effect: dict[str, Any]) -> str:
    return f"{name} is over the safe limit today. {_day(effect)}."


def _day(effect: dict[str, Any]) -> str:
    """ "Without these moves the day has 25 points of work, and the safe limit is 15"."""
    before, limit = effect["before"], effect["limit"]
    points = "1 point" if before == POINT else f"{points_words(before)} points"
    work = f"Without these moves the day has {points} of work"
    return f"{work}, and the safe limit is {points_words(limit)}"


def _verdict(run: RunRow | None) -> str:
    if run is None:
        return "The rebalancer has not looked at today yet."
    plan = f"The plan of {time_words(run.finished_at)}" if run.finished_at else "This plan"
    if run.result.get("fallback"):
        return f"{plan} was made by rule of thumb, because time ran out: not proved."
    if run.result.get("proved"):
        return f"{plan} is proved: no lawful plan does better on any goal."
    open_ = [level for level in run.result.get("levels", []) if not level["proved"]]
    gaps = "; ".join(f"{LEVEL_WORDS[level['name']]}: {_gap(level)}" for level in open_)
    return f"{plan} is the best found in its time, not proved on every goal. {gaps}".strip()


def _gap(level: dict[str, Any]) -> str:
    """How far from the best possible this goal may be."""
    return f"within {level['value'] - level['bound']:g} of the best possible"


def _certificate(run: RunRow | None) -> tuple[tuple[str, str, str, str], ...]:
    levels = run.result.get("levels", []) if run else []
    return tuple(
        (
            LEVEL_WORDS[level["name"]],
            f"{level['value']:g}",
            f"{level['bound']:g}",
            "Proved" if level["proved"] else _gap(level).capitalize(),
        )
        for level in levels
    )
