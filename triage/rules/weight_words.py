"""Each weight in words: what it is called, and what a heavier one does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WeightWord:
    """A weight's name, and what setting it higher means."""

    label: str
    says: str


WORDS: Mapping[str, WeightWord] = {
    "continuity_amber": WeightWord(
        "Not the usual clinician, where that matters",
        "Higher: patients wait or travel longer for the clinician who knows them",
    ),
    "continuity_red": WeightWord(
        "Not the usual clinician, where only they will do",
        "Never less than where it matters",
    ),
    "over_limit": WeightWord(
        "Past the clinician’s safe limit",
        "Counts where a limit is only shown or warned of; an enforced limit is never passed",
    ),
    "borrowed": WeightWord(
        "A borrowed place of the hub",
        "Higher: what another practice left unused is taken later",
    ),
    "travel_minute": WeightWord(
        "Each minute of travel", "Higher: nearer places, and the phone, stand first"
    ),
    "scarcity": WeightWord(
        "Each step of a scarcer profession",
        "A GP is 3 steps, a nurse practitioner 2, a nurse 0. Higher: GPs are spared",
    ),
    "wait_minute": WeightWord(
        "Each minute of waiting", "Never 0: of two like places the sooner stands first"
    ),
    "late_minute": WeightWord(
        "Each minute after the case is due",
        "Only among late places. Higher: an overdue case gets the earliest place",
    ),
    "share_used": WeightWord(
        "Each per cent of the practice’s share that is used up",
        "Higher: the last places of a share are kept longer",
    ),
    "gp_only": WeightWord(
        "A GP’s place at the hub: each per cent of risk",
        "The risk that patients whom only a GP may see will need it. 0 looks at nobody",
    ),
    "urgent_expected": WeightWord(
        "A generalist’s place at the hub: each per cent of risk",
        "The risk that urgent patients will need it. 0 looks at nobody",
    ),
    "another_day": WeightWord(
        "Planned cases: another day first from this cost on",
        "When today’s best place costs more, later days stand first. 0 never does this",
    ),
    "kept_percent": WeightWord(
        "How sure enough is kept for the urgent, in per cent",
        "P4 to P6 cannot have the places kept; P0 to P3 always can. 0 keeps nothing",
    ),
    "urgent_a_day": WeightWord("P1 to P3 a day at the hub", "What you expect on an ordinary day"),
    "same_day_a_day": WeightWord("P4 a day at the hub", "What you expect on an ordinary day"),
    "gp_only_a_day": WeightWord(
        "Patients a day only a GP may see", "What you expect on an ordinary day"
    ),
    "plan_late_minute": WeightWord(
        "Plans: each minute after a case is due",
        "Always first by far, so that a delay never makes the next delay cheaper",
    ),
    "plan_no_place_hours": WeightWord(
        "Plans: no place at all, in hours of lateness",
        "Higher: a late place is found for more cases, and more of them are late",
    ),
    "plan_disturbed": WeightWord(
        "Plans: an earlier proposal, or a place not told yet, that changes",
        "At least 8,000 times each minute until it starts: nobody is moved to wait less that day",
    ),
    "plan_scarce_skill": WeightWord(
        "Plans: the broadest profession where the narrowest would do",
        "Higher: GPs and nurse practitioners are spared",
    ),
    "plan_travel_minute": WeightWord(
        "Plans: each minute of travel", "Higher: nearer places, and the phone, are proposed"
    ),
    "plan_start_minute": WeightWord(
        "Plans: each minute until it starts",
        "Times 6 for P1 down to 1 for P6. Never 0: of two like places the sooner is taken",
    ),
}
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "What a drawback of a place costs",
        (
            "continuity_amber",
            "continuity_red",
            "over_limit",
            "borrowed",
            "travel_minute",
            "scarcity",
            "wait_minute",
            "late_minute",
            "share_used",
        ),
    ),
    (
        "What is held back for others",
        ("gp_only", "urgent_expected", "another_day", "kept_percent"),
    ),
    (
        "How many you expect",
        ("urgent_a_day", "same_day_a_day", "gp_only_a_day"),
    ),
    (
        "What the rebalancer weighs between plans that are alike in every goal",
        (
            "plan_late_minute",
            "plan_no_place_hours",
            "plan_disturbed",
            "plan_scarce_skill",
            "plan_travel_minute",
            "plan_start_minute",
        ),
    ),
)
# What stands above every weight, and why nobody can set it.
STRICT: tuple[tuple[str, str], ...] = (
    (
        "In time before late",
        "No number may buy a late place: a delay is a risk, not a cost.",
    ),
    (
        "The own practice while it has room",
        "Practices are independent: a patient leaves theirs for a reason, not for a price.",
    ),
    (
        "P0 to P3 are never blocked",
        "Not by a share, not by a limit, not by a place kept. Urgent never waits for paperwork.",
    ),
    (
        "Scope, supervision, agreements and access needs",
        "They are law or promises to patients. Such a place is not on the list at all.",
    ),
)
# What turned a best place where it is not simply a weight that counts more or less.
TURNED = {
    "another_day": "planned cases are offered another day first",
    "kept_percent": "places are kept for urgent patients",
}
SHORT: Mapping[str, str] = {
    "continuity_amber": "the usual clinician",
    "continuity_red": "the only clinician who will do",
    "over_limit": "the safe limit",
    "borrowed": "borrowing",
    "travel_minute": "travel",
    "scarcity": "sparing scarce skills",
    "wait_minute": "waiting",
    "late_minute": "lateness",
    "share_used": "the share used up",
    "gp_only": "keeping GPs free",
    "urgent_expected": "keeping generalists free",
}
