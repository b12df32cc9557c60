"""How many cases a share or a supervised hour may take: the rule, or present use where higher."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime

from appointments.rules.rebalancing.facts import Clinician, Instance, Slot

GP = "gp"
SLOTS_PER_SUPERVISED_HOUR = 4

HourAtSite = tuple[str, datetime]


def clock_hour(moment: datetime) -> datetime:
    """London keeps whole hours from UTC, so its clock hours are those of UTC."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def supervised_hour(slot: Slot, clinician: Clinician) -> HourAtSite | None:
    """The hour at the site a slot counts in; a GP's slots need no supervisor."""
    return None if clinician.role == GP else (clinician.site, clock_hour(slot.starts_at))


def share_ceilings(
    instance: Instance, clinicians: Mapping[str, Clinician], slots: Mapping[str, Slot]
) -> dict[tuple[str, str], int]:
    """Cases by (practice, site); of two caps on one pair the lower holds."""
    used = Counter(
        (case.practice, clinicians[slots[case.slot].clinician].site)
        for case in instance.cases
        if case.slot is not None
    )
    caps: dict[tuple[str, str], int] = {}
    for cap in instance.share_caps:
        pair = (cap.practice, cap.site)
        caps[pair] = min(cap.cases, caps.get(pair, cap.cases))
    return {pair: max(cases, used[pair]) for pair, cases in caps.items()}


def hour_ceilings(
    instance: Instance, clinicians: Mapping[str, Clinician], slots: Mapping[str, Slot]
) -> dict[HourAtSite, int]:
    """Slots that roles other than GP may use, by site and clock hour, where supervision is set."""
    per_supervisor: dict[str, int] = {}
    for rule in instance.supervision:
        lower = min(rule.per_supervisor, per_supervisor.get(rule.site, rule.per_supervisor))
        per_supervisor[rule.site] = lower
    supervisors: dict[HourAtSite, set[str]] = defaultdict(set)
    for slot in instance.slots:
        clinician = clinicians[slot.clinician]
        if clinician.site in per_supervisor:
            watching = {clinician.id} if clinician.supervises else set()
            supervisors[clinician.site, clock_hour(slot.starts_at)] |= watching
    used = Counter(
        supervised_hour(slots[case.slot], clinicians[slots[case.slot].clinician])
        for case in instance.cases
        if case.slot is not None and clinicians[slots[case.slot].clinician].site in per_supervisor
    )
    return {
        hour: max(
            per_supervisor[hour[0]] * SLOTS_PER_SUPERVISED_HOUR * len(supervisors[hour]), used[hour]
        )
        for hour in sorted(supervisors)
    }
