"""What was sought, kept on the server for a while: no address names a patient, and Back works.

The key stands in the address. It is read by the membership that searched, and by no other.
"""

import logging
from datetime import datetime, timedelta
from secrets import token_urlsafe

import redis
from django.core.cache import cache

from practices.rules.reach import Actor

logger = logging.getLogger(__name__)
KEPT_FOR = timedelta(minutes=30)
LONGEST_KEY = 40


def keep_search(text: str, *, by: Actor, at: datetime) -> str:
    """The key under which it is found again; empty where nothing can be kept."""
    key = token_urlsafe(16)
    try:
        cache.set(_place(key, by), (text, at), KEPT_FOR.total_seconds())
    except redis.RedisError:
        logger.info("search not kept: Valkey not reached")
        return ""
    return key


def kept_search(key: str, *, by: Actor, at: datetime) -> str | None:
    """What was sought; None once it is over, or is nobody's or somebody else's."""
    if not (key.isascii() and key.isprintable() and len(key) <= LONGEST_KEY):
        return None
    try:
        text, kept_at = cache.get(_place(key, by)) or ("", None)
    except redis.RedisError:
        return None
    return text if kept_at is not None and at - kept_at <= KEPT_FOR else None


def _place(key: str, by: Actor) -> str:
    return f"sought:{by.membership_id}:{key.replace(' ', '')}"
