"""The card that was asked has to be the card in force: nobody vouches for a question unasked."""

from datetime import date
from typing import Protocol

from practices.rules.refusals import Conflict
from triage.queries.card import Somebody, asked_of, card_for, card_version
from triage.rules.callers import Identity, Reaching
from triage.rules.red_flags import Card, flags_of, new_questions


class Asked(Protocol):
    """What a wish says of the card."""

    @property
    def red_flags(self) -> tuple[str, ...]: ...
    @property
    def red_flags_asked(self) -> bool: ...
    @property
    def asked_version(self) -> int | None: ...
    @property
    def reaching(self) -> Reaching: ...


def card_asked(wish: Asked, hub_id: int, *, of: Somebody, on: date) -> Card:
    """The hub's card, once every flag that was ticked is known and nobody vouches for too much.

    "None of these said" holds for the card in force only; a ticked flag is never held up. Who
    names no version is taken at their word. What the card does not ask `of` them is not missed.
    """
    card = now = card_for(hub_id)
    flags_of(wish.red_flags, card)
    none_said = wish.red_flags_asked and not wish.red_flags
    if not none_said or wish.asked_version in (None, card.version):
        return card
    asked = card_version(hub_id, wish.asked_version or 0)
    if wish.reaching.identity is not Identity.UNKNOWN:
        asked, now = asked_of(asked, of, on=on), asked_of(card, of, on=on)
    if fresh := new_questions(asked, now):
        told = ", ".join(f"“{flag.question}”" for flag in fresh)
        raise Conflict(
            f"The red-flag card changed while you were asking. Ask about {told} too, then tick it.",
            field="red_flags",
        )
    return card
