"""The sentences for people behind the codes of `reasons`."""

from collections.abc import Mapping

from appointments.rules.rebalancing.answers import Fact, Reason

GOALS = {
    "urgent": "urgent cases on time",
    "same_day": "same-day cases on time",
    "excess": "safe limits",
    "proposals": "keeping what was proposed before",
    "next_day": "next-day cases on time",
    "planned": "planned cases on time",
    "moves": "not moving patients who were told",
    "continuity": "the usual clinician",
    "comfort": "shorter waits and journeys",
}
KEPT = {
    "within_limit": "Stays booked: the clinician is within the limit, so nobody is disturbed.",
    "frozen": "Stays booked: this booking may not be moved.",
    "urgent": "Stays booked: an urgent booking moves only when a clinician asks.",
}
CHANGES = {
    "skill": "A clinician who may see this need would do",
    "wish": "Asking whether the patient would go elsewhere after all would do",
    "agreement": "An agreement with the site would do",
    "published": "Publishing a slot to this practice would do",
    "mode": "Another way of meeting would do",
    "time": "Being there sooner would do",
    "taken": "One more slot would do",
    "limit": "Passing a limit would do",
    "share": "A larger share would do",
    "supervision": "One more supervisor in that hour would do",
    "later_goal": "A slot is free, but using it would cost an earlier goal",
}
BLOCKS = {
    "skill": "not competent for it",
    "wish": "not the own practice, which the patient wants",
    "agreement": "no agreement",
    "published": "not published",
    "mode": "another mode",
    "time": "too soon",
    "taken": "taken",
    "limit": "at the limit",
    "share": "share used up",
    "supervision": "no supervisor free",
}
CHANGE = "would_need_"


def sentence(reason: Reason) -> str:
    """One reason in words."""
    facts = reason.facts
    if reason.code.startswith(CHANGE):
        return _change(reason.code.removeprefix(CHANGE), facts)
    return {
        "kept": _kept,
        "placed": _placed,
        "decided_by": _decided,
        "only_place": _only_place,
        "own_practice_worse": _own_practice_worse,
        "own_practice_full": _own_practice_full,
        "emergency": _emergency,
        "several": _several,
    }[reason.code](facts)


def plainly(reason: Reason) -> str:
    """The same for whoever sees to the patient: the planner's own names and numbers left out."""
    facts = reason.facts
    if reason.code.startswith(CHANGE):
        return f"{CHANGES[reason.code.removeprefix(CHANGE)]}."
    plain = {"placed": _fits, "decided_by": _best, "own_practice_worse": _worse}
    return plain[reason.code](facts) if reason.code in plain else sentence(reason)


def _fits(facts: Mapping[str, Fact]) -> str:
    late, travel = -int(facts["minutes_to_due"] or 0), facts["travel_minutes"]
    timing = "Before it is due" if late <= 0 else f"{late} minutes after it is due"
    usual = ", with the usual clinician" if facts["is_usual_clinician"] else ""
    return f"{timing}{f', {travel} minutes to travel' if travel else ''}{usual}."


def _best(facts: Mapping[str, Fact]) -> str:
    return f"It is the best for {GOALS[str(facts['goal'])]}."


def _worse(facts: Mapping[str, Fact]) -> str:
    return f"The own practice's place is worse for {GOALS[str(facts['goal'])]}."


def _kept(facts: Mapping[str, Fact]) -> str:
    return KEPT[str(facts["because"])]


def _placed(facts: Mapping[str, Fact]) -> str:
    minutes = int(facts["minutes_to_due"] or 0)
    timing = f"{minutes} minutes before it is due" if minutes >= 0 else f"{-minutes} minutes late"
    limit = "no limit" if facts["limit"] is None else f"limit {facts['limit']:g}"
    start = f"From slot {facts['from']} to" if facts["from"] not in (None, facts["slot"]) else "In"
    return (
        f"{start} slot {facts['slot']} of {facts['clinician']} at {facts['site']}, {timing};"
        f" load {facts['load_before']:g} before and {facts['load_after']:g} after ({limit}),"
        f" {facts['travel_minutes']} minutes' travel"
        + (", with the usual clinician." if facts["is_usual_clinician"] else ".")
    )


def _decided(facts: Mapping[str, Fact]) -> str:
    return (
        f"Decided by {GOALS[str(facts['goal'])]}: best of {int(facts['alternatives'] or 0) + 1}"
        f" places, the next being slot {facts['next_best']} of {facts['next_best_clinician']}."
    )


def _only_place(_: Mapping[str, Fact]) -> str:
    return "The only place that is left for it."


def _own_practice_worse(facts: Mapping[str, Fact]) -> str:
    return f"The own practice's slot {facts['slot']} is worse for {GOALS[str(facts['goal'])]}."


def _own_practice_full(facts: Mapping[str, Fact]) -> str:
    return f"The own practice has no place for it: {_counted(facts)}."


def _emergency(_: Mapping[str, Fact]) -> str:
    return "An emergency is dealt with now, by a person; it waits for no slot."


def _several(facts: Mapping[str, Fact]) -> str:
    return f"No single change would give it a place: {_counted(facts)}."


def _counted(facts: Mapping[str, Fact]) -> str:
    return ", ".join(f"{BLOCKS[kind]} {times}" for kind, times in facts.items()) or "no slots"


def _change(kind: str, facts: Mapping[str, Fact]) -> str:
    slots, clinicians = facts["slots"], facts["clinicians"]
    over = f" by {facts['points_over']:g}" if kind == "limit" else ""
    return (
        f"{CHANGES[kind]}{over}: {slots} slot{'' if slots == 1 else 's'} of {clinicians}"
        f" clinician{'' if clinicians == 1 else 's'}, nearest {facts['slot']}"
        f" of {facts['clinician']}."
    )
