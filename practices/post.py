"""The port to whoever carries text messages. In training nothing leaves the machine."""

import logging
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

logger = logging.getLogger(__name__)


class PostOffice(Protocol):
    """Carries one message; the reference lets the provider see a repeat as a repeat."""

    def send(self, *, reference: str, to: str, body: str) -> None: ...


class TrainingPost:
    """Says that it would have sent, by reference only; invented people get no texts."""

    def send(self, *, reference: str, to: str, body: str) -> None:
        logger.info("training: message not sent", extra={"reference": reference})


def post_office() -> PostOffice:
    """The provider of these settings; a live system without one is not configured."""
    if settings.TRAINING:
        return TrainingPost()
    raise ImproperlyConfigured("No provider for text messages is configured.")
