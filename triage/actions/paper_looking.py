"""Printing is looking too: what a printed page shows is on record, and so is a pack handed out."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from practices import audit
from practices.actions.reading import log_seen
from practices.clock import local_day
from practices.rules.reach import Actor
from practices.rules.refusals import Absent
from triage.actions.references import ALPHABET
from triage.models import DowntimePack
from triage.queries.paper_pack import House, PackRow, house_of, latest_pack
from triage.queries.paper_queue import QueueSheet, queue_sheet
from triage.queries.paper_sessions import SessionSheet, session_sheets
from triage.rules.paper import SHEET_LETTERS, may_have_pack, sheet_number

REQUESTS = OUTCOMES = 4


@dataclass(frozen=True, slots=True)
class Lists:
    """The sessions of one day of a house; `clinicians` are all who work then."""

    house: House
    day: date
    sheets: tuple[SessionSheet, ...]
    clinicians: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """The open cases of a house."""

    house: House
    sheet: QueueSheet


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers for blank forms, each given out once."""

    requests: tuple[str, ...]
    bookings: str
    outcomes: tuple[str, ...]
    contacts: str


@dataclass(frozen=True, slots=True)
class PaperDesk:
    """What the house has on paper; `may_have` is whether the pack is for this person's desk."""

    house: House
    pack: PackRow | None
    may_have: bool


@dataclass(frozen=True, slots=True)
class PackFile:
    """The pack as it is handed out."""

    house: House
    made_at: datetime
    text: str


def print_sessions(*, days_ahead: int, clinician_id: int | None, by: Actor, at: datetime) -> Lists:
    """The lists of my house, and on record whose names they showed."""
    house = _my_house(by, at=at)
    day = local_day(at) + timedelta(days=days_ahead)
    sheets = session_sheets(house.id, first=day, until=day + timedelta(days=1))
    shown = tuple(one for one in sheets if clinician_id in (None, one.clinician_id))
    lines = [line for sheet in shown for line in sheet.lines]
    seen = [line.person.id for line in lines if line.person]
    log_seen(seen, page="print:sessions", by=by, at=at)
    clinicians = dict.fromkeys((one.clinician_id, one.clinician) for one in sheets)
    return Lists(house, day, shown, tuple(clinicians))


def print_queue(*, by: Actor, at: datetime) -> Queue:
    """My house's open cases, and on record whose names they showed."""
    house = _my_house(by, at=at)
    sheet = queue_sheet(house.id, is_hub=house.is_hub, at=at)
    log_seen(sheet.patient_ids, page="print:queue", by=by, at=at)
    return Queue(house, sheet)


def print_forms(*, by: Actor, at: datetime) -> tuple[House, Numbers]:
    """Blank forms for my house: as many as a bad morning takes."""
    return _my_house(by, at=at), blank_numbers()


def blank_numbers() -> Numbers:
    """Numbers nobody was given before: chance makes them, so no two printers meet."""
    return Numbers(
        requests=tuple(_number() for _ in range(REQUESTS)),
        bookings=_number(),
        outcomes=tuple(_number() for _ in range(OUTCOMES)),
        contacts=_number(),
    )


def open_paper(*, by: Actor, at: datetime) -> PaperDesk:
    """What my house has on paper."""
    house = _my_house(by, at=at)
    may_have = may_have_pack(by.role, is_hub=house.is_hub)
    return PaperDesk(house, latest_pack() if may_have else None, may_have)


def hand_out_pack(*, by: Actor, at: datetime) -> PackFile:
    """The newest pack of my house, and on record who has it and whom it names."""
    house = house_of(by.organisation_id, at=at)
    if house is None or not may_have_pack(by.role, is_hub=house.is_hub):
        raise Absent
    pack = DowntimePack.objects.filter(organisation_id=house.id).order_by("-as_of").first()
    if pack is None:
        raise Absent
    facts = {"made_at": pack.made_at.isoformat()}
    audit.write("pack.handed_out", entity="pack", entity_id=pack.pk, by=by, at=at, **facts)
    log_seen(pack.patient_ids, page="pack", by=by, at=at)
    return PackFile(house, pack.made_at, pack.text)


def _my_house(by: Actor, *, at: datetime) -> House:
    house = house_of(by.organisation_id, at=at)
    if house is None:
        raise Absent
    return house


def _number() -> str:
    return sheet_number([secrets.choice(ALPHABET) for _ in range(SHEET_LETTERS)])
