"""GOV.UK Notify behind our port: its answers in our words, and quiet while it is in trouble."""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import requests
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from practices.post.port import Declined, NotNow, Unclear
from practices.rules.fates import SETTLED, Fate, best

# Well below the outbox's lease: nobody else takes the message up while we still wait.
TIMEOUT_SECONDS = 8
# While it does not answer, the other promises of a sweep do not each wait for it.
SILENCE_SECONDS = 10.0
# A page has 250 messages.
MOST_PAGES = 20
# The account's own trouble, or too many at once: the message itself is not at fault.
LATER = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)
# "Sent" is all that is ever known of a text to a number abroad.
FATES = {
    "delivered": Fate.DELIVERED,
    "temporary-failure": Fate.SWITCHED_OFF,
    "permanent-failure": Fate.WRONG_NUMBER,
    "technical-failure": Fate.BROKEN,
    # Of letters: printed and posted, or taken back at Notify's own pages.
    "received": Fate.DELIVERED,
    "cancelled": Fate.BROKEN,
}
ENDS, ENDS_OF_LETTERS = ("failed", "delivered"), ("failed", "received", "cancelled")


class Notify:
    """The post office of a live system. A template of each kind holds the whole of our words."""

    def __init__(
        self,
        *,
        api_key: str,
        template_id: str,
        email_template_id: str,
        letter_template_id: str = "",
        large_print_template_id: str = "",
        base_url: str = "https://api.notifications.service.gov.uk",
        timeout: float = TIMEOUT_SECONDS,
        silence: float = SILENCE_SECONDS,
    ) -> None:
        self.client = NotificationsAPIClient(api_key, base_url=base_url, timeout=timeout)
        self.template_id = template_id
        self.email_template_id = email_template_id
        self.letter_template_ids = {False: letter_template_id, True: large_print_template_id}
        self.silence = silence
        self.quiet_until = 0.0

    def send(self, *, reference: str, to: str, body: str) -> None:
        self._call(
            self.client.send_sms_notification,
            phone_number=to,
            template_id=self.template_id,
            personalisation={"body": body},
            reference=reference,
        )

    def send_email(self, *, reference: str, to: str, subject: str, body: str) -> None:
        self._call(
            self.client.send_email_notification,
            email_address=to,
            template_id=self.email_template_id,
            personalisation={"subject": subject, "body": body},
            reference=reference,
        )

    def send_letter(
        self, *, reference: str, to: Sequence[str], body: str, is_large_print: bool
    ) -> None:
        template_id = self.letter_template_ids[is_large_print]
        if not template_id:
            raise Declined("no template for a letter in this print is set")
        lines = {f"address_line_{place}": line for place, line in enumerate(to, start=1)}
        self._call(
            self.client.send_letter_notification,
            template_id=template_id,
            personalisation={**lines, "body": body},
            reference=reference,
        )

    def template(self, template_id: str) -> dict[str, Any]:
        """The template as Notify has it: its name, its type, and what it asks for."""
        found: dict[str, Any] = self._call(self.client.get_template, template_id=template_id)
        return found

    def fate_of(self, *, reference: str) -> Fate | None:
        found = self._call(self.client.get_all_notifications, reference=reference)
        return best(_fate(one) for one in found["notifications"])

    def fates(
        self, *, of: Collection[str], since: datetime, letters: bool = False
    ) -> dict[str, Fate]:
        found: dict[str, Fate] = {}
        for status in ENDS_OF_LETTERS if letters else ENDS:
            for one in self._newest(status, since=since, letters=letters):
                reference, fate = one["reference"], _fate(one)
                if reference in of and fate in SETTLED:
                    known = [found[reference]] if reference in found else []
                    found[reference] = best([fate, *known]) or fate
        return found

    def _newest(self, status: str, *, since: datetime, letters: bool) -> Iterator[dict[str, Any]]:
        """The messages of a status, newest first, back to `since`."""
        older_than = None
        for _ in range(MOST_PAGES):
            page = self._call(
                self.client.get_all_notifications,
                status=status,
                template_type="letter" if letters else None,
                older_than=older_than,
            )["notifications"]
            for one in page:
                if _instant(one["created_at"]) < since:
                    return
                yield one
            if not page:
                return
            older_than = page[-1]["id"]

    def _call(self, ask: Callable[..., Any], **question: object) -> Any:
        """Notify's answer. After a failure that is its own it is left in peace for a moment."""
        if time.monotonic() < self.quiet_until:
            raise NotNow("Notify is left in peace for a moment")
        try:
            return ask(**question)
        except APIError as trouble:
            if not _is_final(trouble):
                self.quiet_until = time.monotonic() + self.silence
            raise _in_our_words(trouble) from trouble


def _is_final(trouble: APIError) -> bool:
    """Whether the fault is the message's own: a code of the 4xx that time will not change."""
    status = _status(trouble)
    return status is not None and 400 <= status < 500 and status not in LATER


def _in_our_words(trouble: APIError) -> Declined | NotNow | Unclear:
    status = _status(trouble)
    words = f"Notify answered {status or type(trouble.__cause__).__name__}"
    if _is_final(trouble):
        return Declined(words)
    is_untouched = isinstance(trouble.__cause__, requests.exceptions.ConnectTimeout)
    if is_untouched or status in LATER:
        return NotNow(words)
    return Unclear(words)


def _status(trouble: APIError) -> int | None:
    """The code that was answered; None where nobody answered (the client would say 503)."""
    return trouble.response.status_code if trouble.response is not None else None


def _fate(notification: dict[str, Any]) -> Fate:
    return FATES.get(notification["status"], Fate.CARRIED)


def _instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
