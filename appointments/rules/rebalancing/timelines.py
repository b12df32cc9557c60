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


Near = tuple[str, bool]  # practice, whether nowhere else will do
Kind = tuple[Near, frozenset[str], frozenset[str]]  # roles, modes


class Openings:
    """Which timelines a case may take slots of, whatever their time."""

    def __init__(self, survey: Survey, lines: tuple[Timeline, ...]) -> None:
        self._survey = survey
        self._lines = lines
        self._near: dict[Near, list[int]] = {}
        self._roles: dict[tuple[str, int], frozenset[str]] = {}
        self._alike: dict[Kind, list[int]] = {}
        self._place = {
            slot_id: (t, i) for t, line in enumerate(lines) for i, slot_id in enumerate(line.slots)
        }

    def kind(self, case: Case) -> Kind:
        """Cases of one kind may take the same timelines."""
        seen = (case.need, case.age)
        if seen not in self._roles:
            self._roles[seen] = self._survey.roles_for(case)
        return _near(case), self._roles[seen], case.modes

    def open_to(self, case: Case) -> list[int]:
        """The timelines in reach, of a role and mode that fit."""
        kind = self.kind(case)
        if kind not in self._alike:
            _, roles, modes = kind
            self._alike[kind] = [
                t
                for t in self._near_to(case)
                if self._lines[t].clinician.role in roles and self._lines[t].mode in modes
            ]
        return self._alike[kind]

    def _near_to(self, case: Case) -> list[int]:
        near = _near(case)
        if near not in self._near:
            self._near[near] = [
                t for t, line in enumerate(self._lines) if _is_near(self._survey, line, case)
            ]
        return self._near[near]

    def kept(self, case: Case) -> Iterator[tuple[str, int, int]]:
        """The slots the case has or was proposed, as far as it may use them: timeline, position."""
        for slot_id in sorted(self._place.keys() & {case.slot or "", case.proposed or ""}):
            if self._survey.may_use(case, self._survey.slots[slot_id]):
                yield slot_id, *self._place[slot_id]


def _near(case: Case) -> Near:
    return case.practice, case.own_practice_only


def stretches(survey: Survey, lines: tuple[Timeline, ...]) -> list[Stretch]:
    """All lawful ways to serve the undecided cases, by case and then by timeline."""
    openings = Openings(survey, lines)
    found: list[Stretch] = []
    for case in survey.undecided():
        for kept, t, i in openings.kept(case):
            is_late = survey.is_late(case, kept)
            is_stay, is_anchor = kept == case.slot, kept == case.anchor
            found.append(Stretch(case, t, i, i, is_late, is_stay, is_anchor))
        found.extend(_on_time_and_late(survey, case, lines, openings.open_to(case)))
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
