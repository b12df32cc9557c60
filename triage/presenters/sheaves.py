"""Open moves, as many as one reads at once: a day can have a hundred of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from triage.presenters.proposals import ProposalCard

# More than this nobody reads through: the others stand on pages of their own.
AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Sheaf:
    """As many open moves as one reads at once, and the way to the others."""

    cards: tuple[ProposalCard, ...]
    words: str
    earlier: dict[str, str]
    later: dict[str, str]


def sheaf(cards: Sequence[ProposalCard], *, number: int, shows: str = "") -> Sheaf:
    """The sheaf of this number, from 1; or the one that `shows` the card of this address."""
    last = max(1, -(-len(cards) // AT_ONCE))
    places = [place for place, one in enumerate(cards) if one.public_id == shows]
    wanted = places[0] // AT_ONCE + 1 if places else min(max(1, number), last)
    first = (wanted - 1) * AT_ONCE
    shown = tuple(cards[first : first + AT_ONCE])
    return Sheaf(
        cards=shown,
        words=f"Moves {first + 1} to {first + len(shown)} of {len(cards)}" if last > 1 else "",
        earlier=_turn(wanted - 1, "Earlier moves") if wanted > 1 else {},
        later=_turn(wanted + 1, "More moves") if wanted < last else {},
    )


def _turn(number: int, words: str) -> dict[str, str]:
    return {"href": f"?moves={number}", "text": words}
