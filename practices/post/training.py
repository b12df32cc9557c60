"""In training nothing leaves the machine: invented people get no messages."""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime

from practices.rules.fates import Fate

logger = logging.getLogger(__name__)


class TrainingPost:
    """Says that it would have sent, by reference only."""

    def send(self, *, reference: str, to: str, body: str) -> None:
        logger.info("training: message not sent", extra={"reference": reference})

    def send_email(self, *, reference: str, to: str, subject: str, body: str) -> None:
        logger.info("training: email not sent", extra={"reference": reference})

    def send_letter(
        self, *, reference: str, to: Sequence[str], body: str, is_large_print: bool
    ) -> None:
        logger.info("training: letter not sent", extra={"reference": reference})

    def fate_of(self, *, reference: str) -> Fate | None:
        """Nothing was ever carried."""
        return None

    def fates(
        self, *, of: Collection[str], since: datetime, letters: bool = False
    ) -> dict[str, Fate]:
        """Nothing was ever carried."""
        return {}
