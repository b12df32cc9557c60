"""Places at other networks in words: who waits, where they could go, and why there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from appointments.rules.codes import Mode
from practices.presenters import date_words, time_words
from practices.rules.nhs_number import spaced
from practices.rules.phones import spoken
from triage.presenters.contact import NOBODY_RINGS, must_know
from triage.queries.offers import OfferRow
from triage.rules.codes import Need


@dataclass(frozen=True, slots=True)
class OfferCard:
    """One offer as the page shows it."""

    public_id: str
    patient: str
    born: str
    nhs_number: str
    phone: str
    must_know: tuple[str, ...]
    need: str
    due: str
    to_words: str
    ask: str
    aid: str


def offer_cards(rows: Iterable[OfferRow]) -> tuple[OfferCard, ...]:
    """Each offer in words, in the order given."""
    return tuple(_card(row) for row in rows)


def aid_words(reasons: Iterable[Mapping[str, Any]]) -> str:
    """Whose place it is and how far, as a sentence; nothing where no other network helps."""
    for reason in reasons:
        if reason["code"] == "mutual_aid":
            text = str(reason["text"])
            return f"{text[0].upper()}{text[1:]}."
    return ""


def _card(row: OfferRow) -> OfferCard:
    mode, at = Mode(row.to_mode), time_words(row.to_at)
    return OfferCard(
        public_id=str(row.public_id),
        patient=row.patient,
        born=date_words(row.born_on),
        nhs_number=spaced(row.nhs_number) if row.nhs_number else "not given",
        phone=spoken(row.phone) if row.phone else NOBODY_RINGS,
        must_know=must_know(row.contact),
        need=Need(row.need).label,
        due=time_words(row.due_at),
        to_words=f"{at} with {row.to_clinician}, {row.to_site}, {mode.label.lower()}",
        ask=f"Could {row.to_clinician} call you at {at}?"
        if mode.is_remote
        else f"Could you come to {row.to_site} at {at}, to see {row.to_clinician}?",
        aid=aid_words(row.reasons),
    )
