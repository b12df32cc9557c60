"""When: the free slots somebody may book, turned page by page."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime

from appointments.queries.free_slots import HAS_ROOM, PAIRS, WINDOW, FreeSlot, rows_of, statement
from appointments.rules.kept_for import PRACTICE
from hubs.queries import agreements_of
from hubs.rules.needs import Need
from hubs.rules.scope import PatientFacts, may_see
from practices.clock import local_day
from practices.models import Patient
from practices.queries.organisations import code_of
from practices.queries.paging import Key, Page, Turn, cut
from practices.rules.access import LONGER, AccessNeed
from practices.rules.ages import GROWN_UP
from practices.rules.person_names import age_on
from practices.rules.professions import Profession
from practices.rules.reach import Reach

# A free place nobody else is kept waiting for, counted as `rules.kept_for` counts: the first
# places of the session in order of time, each line of the reserve after the one above it.
UNKEPT = """session.reserve = '[]' OR EXISTS (
    SELECT FROM generate_series(1, slot.places) number
     WHERE NOT EXISTS (
             SELECT FROM appointments_place place
              WHERE place.slot_id = slot.id AND place.place = number
                AND (place.state <> 'held' OR place.expires_at > %(at)s))
       AND NOT EXISTS (
             SELECT FROM (
               SELECT line, sum((line ->> 'places')::int) OVER (ORDER BY nth) AS ends
                 FROM jsonb_array_elements(session.reserve) WITH ORDINALITY AS one (line, nth)) kept
              WHERE line ->> 'organisation' <> %(code)s
                AND (line ->> 'until')::timestamptz > %(at)s
                AND number + (
                      SELECT coalesce(sum(earlier.places), 0) FROM appointments_slot earlier
                       WHERE earlier.session_id = slot.session_id AND earlier.status = 'open'
                         AND earlier.starts_at < slot.starts_at)
                    BETWEEN ends - (line ->> 'places')::int + 1 AND ends))"""
# The parts of the condition that a question adds, by what was asked.
ASKED = {
    "hub": "slot.hub_id = (SELECT id FROM practices_organisation WHERE code = %(hub)s)",
    "practice": "slot.practice_id ="
    " (SELECT id FROM practices_organisation WHERE code = %(practice)s)",
    "mode": "slot.mode = %(mode)s",
    "need": "(session.needs = '{}' OR %(need)s = ANY (session.needs))",
    "professions": "slot.clinician_id IN"
    " (SELECT id FROM practices_clinician WHERE profession = ANY (%(professions)s))",
    "after": "(slot.starts_at, slot.id) > (%(place_at)s::timestamptz, %(place_id)s)",
    "before": "(slot.starts_at, slot.id) < (%(place_at)s::timestamptz, %(place_id)s)",
    # No audience is for all; otherwise the practice whose patient it is must be named.
    "audience": "(coalesce(jsonb_typeof(session.audience -> 'organisations'), 'null') = 'null'"
    " OR session.audience -> 'organisations' @> %(audience)s::jsonb)",
    # A session may be for those who ask from one side only, and keep its first places for others.
    "types": "(coalesce(jsonb_typeof(session.audience -> 'types'), 'null') = 'null'"
    " OR session.audience -> 'types' @> %(types)s::jsonb)",
    "code": UNKEPT,
    "providers": "coalesce(slot.hub_id, slot.practice_id) = ANY (%(providers)s)",
    "step_free": "slot.mode IN ('phone', 'video', 'online')"
    " OR session.site_id IN (SELECT id FROM practices_site WHERE step_free)",
    "double": f"{PAIRS} > 0",
}


@dataclass(frozen=True, slots=True)
class SlotQuestion:
    """Which slots: between two instants, and for whom."""

    start: datetime
    end: datetime
    hub: str = ""
    practice: str = ""
    need: Need | None = None
    mode: str = ""
    patient: uuid.UUID | None = None
    asked_by: str = PRACTICE


@dataclass(frozen=True, slots=True)
class OfferedSlot:
    """A slot as the asking practice sees it; no practice, no travel."""

    slot: FreeSlot
    travel_minutes: int | None


def slot_list(
    *, asked: SlotQuestion, reach: Reach, turn: Turn, at: datetime
) -> Page[OfferedSlot] | None:
    """Free slots in reach that are permitted; None when the patient is not in reach."""
    patient = Patient.objects.filter(public_id=asked.patient).first() if asked.patient else None
    if asked.patient and patient is None:
        return None
    practice_id = patient.practice_id if patient else next(iter(reach.own), None)
    minutes = _travel(practice_id, at=at)
    values = _values(asked, patient, practice_id, at=at) | _place(turn)
    if practice_id is not None:
        values["providers"] = list(minutes)
    asked_for = (f"({ASKED[name]})" for name in ASKED if name in values)
    way = "DESC" if turn.is_backward else "ASC"
    found = rows_of(
        statement(WINDOW, *asked_for, HAS_ROOM, way=way),
        at=at,
        start=asked.start,
        end=asked.end,
        most=turn.size + 1,
        **values,
    )
    rows = [OfferedSlot(slot, minutes.get(slot.hub_id or slot.practice_id or 0)) for slot in found]
    places: list[Key] = [(row.slot.starts_at.isoformat(), row.slot.id) for row in rows]
    return cut(rows, places[: turn.size], turn)


def _travel(practice_id: int | None, *, at: datetime) -> dict[int, int]:
    """Minutes to each provider the practice may book into, its own site included."""
    if practice_id is None:
        return {}
    agreed = agreements_of(practice_id, on=local_day(at))
    return {row.provider_id: row.travel_minutes for row in agreed} | {practice_id: 0}


def _values(
    asked: SlotQuestion, patient: Patient | None, practice_id: int | None, *, at: datetime
) -> dict[str, object]:
    values: dict[str, object] = {
        name: value for name in ("hub", "practice", "mode") if (value := getattr(asked, name))
    }
    if practice_id is not None:
        values["code"] = code_of(practice_id)
        values["audience"] = json.dumps([values["code"]])
        values["types"] = json.dumps([asked.asked_by])
    if asked.need is not None:
        age = age_on(patient.born_on, local_day(at)) if patient else GROWN_UP
        # No case stands behind this question, so no GP has triaged one.
        facts = PatientFacts(need=asked.need, age=age, triaged_by_gp=False)
        values["need"] = asked.need.value
        values["professions"] = [who.value for who in Profession if may_see(who, facts)]
    if patient is not None and AccessNeed.STEP_FREE in patient.access_needs:
        values["step_free"] = True
    if patient is not None and LONGER.intersection(patient.access_needs):
        values["double"] = True
    return values


def _place(turn: Turn) -> dict[str, object]:
    if turn.place is None:
        return {}
    way = "before" if turn.is_backward else "after"
    return {way: True, "place_at": turn.place[0], "place_id": turn.place[1]}
