"""Changes of clinical rules in words: what differs, who drafted and released it, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from practices.clock import local
from practices.presenters import date_words, time_words
from triage.presenters.flags import FlagLine, flag_lines
from triage.presenters.protocols import may_book, protocol_title
from triage.queries.pharmacy import Lines
from triage.queries.released import ChangeRow
from triage.rules.card_entries import flag_of_entry
from triage.rules.codes import Need, Urgency
from triage.rules.need_defaults import OLDEST, Protocol
from triage.rules.pharmacy_entries import for_whom, line_of_entry
from triage.rules.red_flag_list import Endpoint, RedFlag
from triage.rules.red_flags import Card
from triage.rules.released import Kind, Stage, may_end

HEAD = ("Question", "Leads to", "Words to read aloud", "Class", "Shown", "Asked of")
DIFFERENCE_HEAD = ("What", "Now", "Then")
LABELS: Mapping[str, str] = {
    "is_signed": "Reception may book",
    "min_age": "Youngest age",
    "max_age": "Oldest age",
    "sex": "For whom",
    "excludes": "Not if",
    "question": "What is asked",
    "endpoint": "Where it leads",
    "say": "Words to read aloud",
    "urgency": "How soon",
    "phrases": "Words the scan looks for",
    "is_first": "Shown",
    "has_left": "On the card",
}
PAGES: Mapping[Kind, str] = {
    Kind.RED_FLAGS: "triage:card",
    Kind.PHARMACY: "triage:pharmacy_rules",
    Kind.PROTOCOLS: "triage:protocols",
}
PHARMACY_HEAD = ("Need", "Offered for", "The desk asks first: not if")
COLOURS: Mapping[Stage, str] = {
    Stage.OPEN: "yellow",
    Stage.RELEASED: "green",
    Stage.DECLINED: "red",
    Stage.WITHDRAWN: "grey",
}


Cell = str | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change: its title, what differs, and whose it is."""

    id: int
    title: str
    stage: str
    colour: str
    drafted: str
    ended: str
    reason: str
    why: tuple[Mapping[str, str], ...]
    back: str
    differences: tuple[tuple[str, str, str], ...]
    shown: FlagLine | None
    is_leaving: bool
    is_open: bool
    may_release: bool
    may_take_back: bool


def card_rows(card: Card, *, may_change: bool) -> tuple[tuple[Cell, ...], ...]:
    """Each question as the desk asks it; a lead's leads to its change."""
    return tuple(
        (
            _asked(flag, may_change=may_change),
            flag.endpoint.label,
            flag.say,
            flag.urgency.value,
            "First" if flag.is_first else "After those",
            Protocol(flag.min_age, flag.max_age, flag.sex).for_whom().capitalize(),
        )
        for flag in card.asked
    )


def pharmacy_rows(lines: Lines, *, may_change: bool) -> tuple[tuple[Cell, ...], ...]:
    """Each need a pharmacy treats, as the list of places goes by it."""
    change = reverse("triage:pharmacy_change")
    return tuple(
        (
            {"text": need.label, "href": f"{change}?of={need.value}"} if may_change else need.label,
            for_whom(line),
            ", ".join(line.excludes) or "Nothing is asked",
        )
        for need, line in lines.items()
    )


def version_words(number: int, since: datetime | None) -> str:
    """ "Version 2, since 9:31am on 30 November 2026"."""
    return f"Version {number}, since {_when(since)}" if since else "What comes with Headroom"


def left_rows(card: Card, *, may_change: bool) -> tuple[Cell, ...]:
    """The questions that were taken off the card: they never vanish without a trace."""
    return tuple(_asked(flag, may_change=may_change) for flag in card.flags if flag.has_left)


def _asked(flag: RedFlag, *, may_change: bool) -> Cell:
    if not may_change:
        return {"text": flag.question}
    return {"text": flag.question, "href": f"{reverse('triage:card_change')}?of={flag.code}"}


def in_force(card: Card, since: datetime | None) -> str:
    """ "Version 3, since 9:31am on 30 November 2026"."""
    if since is None:
        return "The card that comes with Headroom"
    return f"Version {card.version}, since {_when(since)}"


def change_lines(
    changes: tuple[ChangeRow, ...], *, user_id: int | None, is_lead: bool
) -> tuple[ChangeLine, ...]:
    """The changes in words, with the buttons this person may press."""
    return tuple(change_line(one, user_id=user_id, is_lead=is_lead) for one in changes)


def signed_by(changes: tuple[ChangeRow, ...]) -> dict[str, str]:
    """By entry: the two people of its newest released change. The newest change stands first."""
    found: dict[str, str] = {}
    for row in changes:
        if row.stage is Stage.RELEASED:
            found.setdefault(row.code, f"{_drafted(row)}. {_ended(row)}")
    return found


def change_line(row: ChangeRow, *, user_id: int | None, is_lead: bool) -> ChangeLine:
    """One change in words."""
    own = row.drafted_by_id == user_id
    return ChangeLine(
        id=row.id,
        title=title_of(row.kind, row.before, row.after),
        stage=row.stage.label,
        colour=COLOURS[row.stage],
        drafted=_drafted(row),
        ended=_ended(row),
        reason=row.reason,
        why=(
            {"key": "What it is based on", "value": row.basis},
            {"key": "Why it changes now", "value": row.reason},
        ),
        back=reverse(PAGES[row.kind]),
        differences=differences(row.kind, row.before, row.after),
        shown=as_the_desk_sees(row.kind, row.after),
        is_leaving=bool(row.after.get("has_left")),
        is_open=row.stage is Stage.OPEN,
        may_release=is_lead and may_end(row.stage, Stage.RELEASED, is_drafter=own),
        may_take_back=is_lead and may_end(row.stage, Stage.WITHDRAWN, is_drafter=own),
    )


def name_of(kind: Kind, entry: Mapping[str, Any]) -> str:
    """What the entry is of: a question of the card, else a need."""
    return str(entry["question"]) if kind is Kind.RED_FLAGS else Need(entry["code"]).label


def title_of(kind: Kind, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> str:
    """What the change does, before anybody opens it."""
    if kind is Kind.PHARMACY:
        return f"Pharmacy First, {Need(after['code']).label.lower()}"
    if kind is Kind.PROTOCOLS:
        return protocol_title(before, after)
    name = str(after["question"])
    if before is None:
        return f"New question: {name}"
    if after["has_left"] and not before["has_left"]:
        return f"Taken off the card: {name}"
    if before["has_left"] and not after["has_left"]:
        return f"Back on the card: {name}"
    return f"Changed: {before['question']}"


def differences(
    kind: Kind, before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> tuple[tuple[str, str, str], ...]:
    """What differs, field by field, in the desk's words."""
    return tuple(
        (label, _said(name, before[name]) if before else "–", _said(name, after[name]))
        for name, label in LABELS.items()
        if name in after and (before is None or before[name] != after[name])
    )


def as_the_desk_sees(kind: Kind, after: Mapping[str, Any]) -> FlagLine | None:
    """The question and the words as they stand at the desk; nothing when it leaves the card."""
    if kind is Kind.PHARMACY:
        line = line_of_entry(after)
        return FlagLine(line.question or "Nothing is asked first", for_whom(line), "")
    if kind is Kind.PROTOCOLS:
        return FlagLine(Need(after["code"]).label, may_book(after), "")
    if after["has_left"]:
        return None
    return flag_lines([flag_of_entry({"code": "", **after})])[0]


def _said(name: str, value: Any) -> str:
    if name == "endpoint":
        return Endpoint(value).label
    if name == "urgency":
        return f"{value} {Urgency(value).label}"
    if name in ("phrases", "excludes"):
        return ", ".join(value) or "None"
    if name == "sex":
        return {"female": "Women only", "male": "Men only"}.get(value, "Anyone")
    if name == "max_age" and value >= OLDEST:
        return "No limit"
    if name == "is_first":
        return "First" if value else "After those"
    if name in ("has_left", "is_signed"):
        return "Yes" if value is (name == "is_signed") else "No"
    return str(value)


def _drafted(row: ChangeRow) -> str:
    return f"Drafted by {row.drafted_by}, {_when(row.drafted_at)}"


def _ended(row: ChangeRow) -> str:
    if row.ended_at is None:
        return ""
    why = f": {row.ended_why}" if row.ended_why else ""
    version = f" as version {row.version}" if row.version else ""
    return f"{row.stage.label}{version} by {row.ended_by}, {_when(row.ended_at)}{why}"


def _when(at: datetime) -> str:
    return f"{time_words(at)} on {date_words(local(at).date())}"
