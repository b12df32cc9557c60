"""What `check --deploy` says before a release."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Info, register

from practices.post.templates import missing


@register(deploy=True)
def templates_are_named(app_configs: Sequence[Any] | None, **_: Any) -> list[CheckMessage]:
    """A template that no setting names is said, with who does its work."""
    if settings.TRAINING:
        return []
    return [Info(words, id="config.I001") for words in missing()]
