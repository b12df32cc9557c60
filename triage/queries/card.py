"""Why: the red-flag card that is asked, and the one an old case was asked by."""

import uuid
from datetime import date, datetime
from typing import Protocol

from hubs.queries import hub_of_practice
from practices.models import Patient
from practices.rules.person_names import age_on
from triage.models import Case, RuleVersion
from triage.queries.released import rules_at
from triage.rules.card_entries import card_of
from triage.rules.codes import Sex
from triage.rules.red_flags import USUAL, Card
from triage.rules.released import Kind


class Somebody(Protocol):
    """What the card asks by."""

    @property
    def born_on(self) -> date: ...
    @property
    def born_estimated(self) -> bool: ...
    @property
    def sex(self) -> str: ...


def card_for(hub_id: int | None) -> Card:
    """What is asked for a case of the hub now. One statement, none without a hub."""
    if hub_id is None:
        return USUAL
    return card_in(rules_at(hub_id, Kind.RED_FLAGS).first())


def card_of_practice(practice_id: int, *, on: date) -> Card:
    """What the practice's desk asks now. Two statements."""
    return card_for(hub_of_practice(practice_id, on=on))


def card_of_patient(public_id: uuid.UUID, *, on: date) -> tuple[Card, Card]:
    """What is asked of the patient in reach now, and the whole card. Three statements."""
    found = Patient.objects.filter(public_id=public_id, left_on__isnull=True).order_by("pk")
    patient = found.first()
    if patient is None:
        return USUAL, USUAL
    whole = card_of_practice(patient.practice_id, on=on)
    return asked_of(whole, patient, on=on), whole


def asked_of(card: Card, patient: Somebody, *, on: date) -> Card:
    """What of the card is asked of this patient: of whose age nobody knows, all of it."""
    if patient.born_estimated:
        return card
    return card.asked_of(age_on(patient.born_on, on), Sex(patient.sex))


def card_and_since(network_id: int | None) -> tuple[Card, datetime | None]:
    """The network's card, and since when it holds. One statement."""
    found = RuleVersion.objects.filter(kind=Kind.RED_FLAGS.value, network_id=network_id)
    row = found.order_by("-version").first()
    return card_in(row), row.from_at if row else None


def card_version(hub_id: int, version: int) -> Card:
    """An earlier card of the hub's, by its number. One statement."""
    return card_in(rules_at(hub_id, Kind.RED_FLAGS).filter(version=version).first())


def card_of_case(case: Case) -> Card:
    """The card the case was asked and read by. One statement, none for the usual card."""
    return card_in(case.card)


def card_in(row: RuleVersion | None) -> Card:
    """The row as a card; no row is the card that comes with Headroom."""
    return card_of(row.entries, version=row.version, row_id=row.pk) if row else USUAL
