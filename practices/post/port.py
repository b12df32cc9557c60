"""What we ask of whoever carries messages, and the four ways it can go wrong."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from practices.rules.fates import Fate


class NotCarriedError(Exception):
    """The message was not handed over, or we do not know that it was."""


class Declined(NotCarriedError):  # noqa: N818 - an answer of the provider, not a fault of ours
    """The provider will never carry this message: another try is of no use."""


class NotNow(NotCarriedError):  # noqa: N818 - an answer of the provider, not a fault of ours
    """The provider has not taken the message and may take it later."""


class Unclear(NotCarriedError):  # noqa: N818 - a state of knowledge, not a fault
    """Nobody answered. The provider may have the message: ask before sending it again."""


class PostOffice(Protocol):
    """Carries messages. Our own reference lets us ask later what became of one."""

    def send(self, *, reference: str, to: str, body: str) -> None:
        """The provider has the text, or `NotCarriedError` says how far it came."""

    def send_email(self, *, reference: str, to: str, subject: str, body: str) -> None:
        """The provider has the email, or `NotCarriedError` says how far it came."""

    def send_letter(
        self, *, reference: str, to: Sequence[str], body: str, is_large_print: bool
    ) -> None:
        """The provider prints and posts it to these lines, or says how far it came."""

    def fate_of(self, *, reference: str) -> Fate | None:
        """What became of the message; None when the provider never had it."""

    def fates(
        self, *, of: Collection[str], since: datetime, letters: bool = False
    ) -> dict[str, Fate]:
        """The settled ones of these references, all or no letters, that it took since then."""
