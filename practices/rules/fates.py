"""What becomes of a message, and why one did not get through."""

from __future__ import annotations

from collections.abc import Iterable

from practices.rules.code import Code


class Fate(Code):
    """What the carrier knows of a message it took."""

    CARRIED = "carried", "On its way"
    DELIVERED = "delivered", "Delivered"
    SWITCHED_OFF = "switched_off", "The phone could not be reached"
    WRONG_NUMBER = "wrong_number", "The number does not exist"
    BROKEN = "broken", "The network could not deliver it"


class Trouble(Code):
    """Why a person has to tell the patient, in words that follow "could not be sent:"."""

    NO_PHONE = "no_phone", "we have no phone number"
    NOT_MOBILE = "not_mobile", "this is not a UK mobile number"
    PASSED = "passed", "the appointment had begun"
    SOON = "soon", "it may be read too late"
    DECLINED = "declined", "the text service does not accept this number"
    UNCLEAR = "unclear", "the text service has not answered for 30 minutes"
    SWITCHED_OFF = "switched_off", "the phone was off or could not be reached"
    WRONG_NUMBER = "wrong_number", "the number does not exist"
    BROKEN = "broken", "the phone network could not deliver it"


# The same of an email, where its words are others.
OF_EMAIL: dict[Trouble, str] = {
    Trouble.DECLINED: "the email service does not accept this address",
    Trouble.UNCLEAR: "the email service has not answered for 30 minutes",
    Trouble.SWITCHED_OFF: "the mailbox is full or could not be reached",
    Trouble.WRONG_NUMBER: "the address does not exist",
    Trouble.BROKEN: "the email service could not deliver it",
}
SETTLED = frozenset({Fate.DELIVERED, Fate.SWITCHED_OFF, Fate.WRONG_NUMBER, Fate.BROKEN})
TROUBLE: dict[Fate, Trouble] = {
    Fate.SWITCHED_OFF: Trouble.SWITCHED_OFF,
    Fate.WRONG_NUMBER: Trouble.WRONG_NUMBER,
    Fate.BROKEN: Trouble.BROKEN,
}
_BEST_FIRST = (
    Fate.DELIVERED,
    Fate.CARRIED,
    Fate.SWITCHED_OFF,
    Fate.BROKEN,
    Fate.WRONG_NUMBER,
)


def best(fates: Iterable[Fate]) -> Fate | None:
    """The kindest fate of one message the carrier has more than once; None of none."""
    return min(fates, key=_BEST_FIRST.index, default=None)
