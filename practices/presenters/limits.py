"""Safe working limits in words: how much, from where, since when, why and on what basis."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from practices.presenters import date_words, points_words
from practices.queries.limit_book import DatedLimit, LimitBook, PersonLimit
from practices.rules.limits import DEFAULT_BASIS, Cause, Effective, Layer, LimitMode
from practices.rules.professions import Profession, Stage

OWN_WORDS = {
    Layer.SYSTEM: "the safe working default",
    Layer.NETWORK: "your network",
    Layer.PRACTICE: "your organisation",
    Layer.PERSON: "your own limit",
}
LAYER_WORDS = {
    Layer.SYSTEM: "Safe working default",
    Layer.NETWORK: "The network",
    Layer.PRACTICE: "The practice",
    Layer.PERSON: "The person’s own",
}
DEFAULT_WORDS = "25 contacts a day are safe, say the BMA and the European union of GPs (UEMO)"
MODE_WORDS = {
    LimitMode.SHADOW: "Shown only: nothing is refused because of a limit",
    LimitMode.WARN: "Warned of: nothing is refused, and everybody sees it",
    LimitMode.ENFORCE: "Enforced: routine work past a limit is refused, urgent work never",
}


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A clinician's limit of today in words; `clinician_id` where one may change it."""

    clinician_id: int
    name: str
    who: str
    points: str
    origin: str
    why: str
    may_change: bool


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A dated limit in words; `id` where one may end it."""

    id: int
    whose: str
    points: str
    layer: str
    kind: str
    days: str
    why: str
    basis: str
    set_by: str
    may_end: bool


@dataclass(frozen=True, slots=True)
class LimitsPage:
    """All that the page of limits shows."""

    people: tuple[PersonLine, ...]
    dated: tuple[DatedLine, ...]
    mode: str


def limits_page(book: LimitBook, *, on: date, may_change: Collection[Layer]) -> LimitsPage:
    """The limits in words; changeable are those of the layers one answers for."""
    return LimitsPage(
        people=tuple(_person(one, may_change=Layer.PERSON in may_change) for one in book.people),
        dated=tuple(dated_line(one, on=on, may_end=one.layer in may_change) for one in book.dated),
        mode=MODE_WORDS[book.mode] if book.mode else "",
    )


def dated_line(limit: DatedLimit, *, on: date, may_end: bool) -> DatedLine:
    """One dated limit."""
    return DatedLine(
        id=limit.id,
        whose=limit.whose,
        points=points_words(limit.points),
        layer=LAYER_WORDS[limit.layer],
        kind=limit.cause.label,
        days=days_words(limit.from_on, limit.until_on, on=on),
        why=limit.reason or "Not said",
        basis=limit.basis,
        set_by=limit.set_by or "Set up with Headroom",
        may_end=may_end,
    )


def origin_words(found: Effective, *, own: bool) -> str:
    """ "your network since 30 November 2026: Partners' meeting", for oneself or of somebody."""
    words = (OWN_WORDS if own else LAYER_WORDS)[found.layer]
    if found.from_on is not None:
        words += f" since {date_words(found.from_on)}"
    if found.until_on is not None:
        words += f" until {date_words(found.until_on)}"
    return words


def who_words(profession: Profession, stage: str) -> str:
    """ "GP registrar, second year (ST2)"."""
    if stage in set(Stage):
        label = Stage(stage).label
        return f"{profession.label}, {label[0].lower()}{label[1:]}"
    return profession.label


def days_words(from_on: date, until_on: date | None, *, on: date) -> str:
    """ "Since 1 November 2026", "From 7 December 2026 until 14 December 2026"."""
    words = f"{'Since' if from_on <= on else 'From'} {date_words(from_on)}"
    return f"{words} until {date_words(until_on)}" if until_on else words


def _person(one: PersonLimit, *, may_change: bool) -> PersonLine:
    found = one.now.effective
    parts = [DEFAULT_WORDS if found.basis == DEFAULT_BASIS else found.basis]
    if found.reason:
        parts.insert(0, found.reason)
    if found.cause is not Cause.AGREED:
        parts.insert(0, found.cause.label)
    origin = origin_words(found, own=False)
    return PersonLine(
        clinician_id=one.clinician_id,
        name=one.name,
        who=who_words(one.profession, one.stage),
        points=points_words(found.points),
        origin=f"{origin}, set by {found.set_by}" if found.set_by else origin,
        why=". ".join(part.rstrip(".") for part in parts),
        may_change=may_change,
    )
