"""The compact view: a clinician's like slots form one timeline, and a case takes a stretch of it.

Which slot of the stretch the case gets is left open; by Hall's theorem a set of stretches fits
exactly when no window of the timeline holds more stretches than slots.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from appointments.rules.rebalancing.facts import EVERY_PRACTICE, Case, Clinician
from appointments.rules.rebalancing.survey import Survey


@dataclass(frozen=True, slots=True)
class Timeline:
    """Slots of one clinician alike in mode and publication, in the order of their starts."""

    clinician: Clinician
    mode: str
    published_to: frozenset[str]
    slots: tuple[str, ...]
    starts: tuple[int, ...]


class Stretch(NamedTuple):
    """One way to serve a case: any slot from `first` to `last` of a timeline.

    All of its slots are on time or all are late; `is_stay` means the case keeps its place,
    `is_anchor` that nobody would call it a change.
    """

    case: Case
    timeline: int
    first: int
    last: int
    is_late: bool
    is_stay: bool = False
    is_anchor: bool = False


def timelines(survey: Survey) -> tuple[Timeline, ...]:
    """Every slot that a plan may still give away or take back, once."""
    kinds: dict[tuple[str, str, tuple[str, ...]], list[tuple[int, str]]] = defaultdict(list)
    for slot_id in _usable_slots(survey):
        slot = survey.slots[slot_id]
        kind = (slot.clinician, slot.mode, tuple(sorted(slot.published_to)))
        kinds[kind].append((survey.starts[slot_id], slot_id))
    return tuple(
        Timeline(
            clinician=survey.clinicians[clinician],
            mode=mode,
            published_to=frozenset(practices),
            slots=tuple(slot_id for _, slot_id in sorted(members)),
            starts=tuple(start for start, _ in sorted(members)),
        )
        for (clinician, mode, practices), members in sorted(kinds.items())
    )


def _usable_slots(survey: Survey) -> Iterator[str]:
    settled = set(survey.settled().values())
    taken = set(survey.booked().values())
    used = Counter(survey.supervised_hour(survey.slots[slot_id]) for slot_id in settled)
    for slot in survey.instance.slots:
        hour = survey.supervised_hour(slot)
        has_supervisor = hour is None or used[hour] < survey.hour_ceilings[hour]
        is_ahead = survey.starts[slot.id] >= 0
        if slot.id not in settled and (slot.id in taken or (is_ahead and has_supervisor)):
            yield slot.id


def stretches(survey: Survey, lines: tuple[Timeline, ...]) -> list[Stretch]:
    """All lawful ways to serve the undecided cases, by case and then by timeline."""
    place = {slot: (t, i) for t, line in enumerate(lines) for i, slot in enumerate(line.slots)}
    near: dict[str, list[int]] = {}
    roles: dict[tuple[str, int], frozenset[str]] = {}
    alike: dict[tuple[object, ...], list[int]] = {}
    found: list[Stretch] = []
    for case in survey.undecided():
        for kept in sorted(place.keys() & {case.slot or "", case.proposed or ""}):
            if survey.may_use(case, survey.slots[kept]):
                t, i = place[kept]
                is_late = survey.is_late(case, kept)
                is_stay, is_anchor = kept == case.slot, kept == case.anchor
                found.append(Stretch(case, t, i, i, is_late, is_stay, is_anchor))
        seen = (case.need, case.age)
        if seen not in roles:
            roles[seen] = survey.roles_for(case)
        kind = (case.practice, roles[seen], case.modes)
        if case.practice not in near:
            near[case.practice] = [
                t for t, line in enumerate(lines) if _is_near(survey, line, case)
            ]
        if kind not in alike:
            alike[kind] = [
                t
                for t in near[case.practice]
                if lines[t].clinician.role in roles[seen] and lines[t].mode in case.modes
            ]
        found.extend(_on_time_and_late(survey, case, lines, alike[kind]))
    return found


def _is_near(survey: Survey, line: Timeline, case: Case) -> bool:
    """What depends on the practice alone."""
    return survey.is_in_reach(line.clinician.site, case) and (
        case.practice in line.published_to or EVERY_PRACTICE in line.published_to
    )


def _on_time_and_late(
    survey: Survey, case: Case, lines: tuple[Timeline, ...], open_to_case: list[int]
) -> Iterator[Stretch]:
    due = survey.since_now(case.due)
    releases: dict[str, int] = {}
    for t in open_to_case:
        starts, site = lines[t].starts, lines[t].clinician.site
        if site not in releases:
            releases[site] = survey.release(site, case)
        first = bisect_left(starts, releases[site])
        first_late = max(first, bisect_right(starts, due))
        if first < first_late:
            yield Stretch(case, t, first, first_late - 1, is_late=False)
        if first_late < len(starts):
            yield Stretch(case, t, first_late, len(starts) - 1, is_late=True)
