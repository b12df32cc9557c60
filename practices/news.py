"""Say that something changed, once it is committed: where, never what or about whom.

The database is the truth. Whoever hears the news looks again through the pages, where row-level
security decides what is there to see; news that is lost loses a few seconds, nothing else.
"""

import logging
import time
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

import redis
from django.conf import settings
from django.db import connection, transaction

from practices.rules.reach import Reach

logger = logging.getLogger(__name__)
SILENCE = 30.0
# Counting and saying are one step, so that nobody hears of a version that a page cannot read.
SAY = "redis.call('PUBLISH', ARGV[1], KEYS[1] .. ' ' .. redis.call('INCR', KEYS[1]))"


class Subject(StrEnum):
    """What a page watches."""

    CASES = "cases"
    ALARMS = "alarms"
    BOARD = "board"


def channel(address: str) -> str:
    """Channels are shared by all numbered databases of a server; the name tells ours apart."""
    return f"headroom:news:{address.rpartition('/')[2] or 0}"


def audience(subject: Subject, reach: Reach) -> tuple[str, ...]:
    """The topics of this subject that one membership may hear of: those of rows it may see."""
    if subject is Subject.BOARD:
        return _topics(subject, reach.networks)
    return _topics(subject, {*reach.own, *reach.served, reach.organisation_id})


def changed(subject: Subject, organisation_id: int) -> None:
    """After the commit everybody who watches this of the organisation hears it; once a commit."""
    (topic,) = _topics(subject, [organisation_id])
    said = _Said(topic)
    if all(waiting[1] != said for waiting in connection.run_on_commit):
        transaction.on_commit(said, robust=True)


def version(subject: Subject, reach: Reach) -> str:
    """How often this has changed for the membership: ask before reading what it counts.

    Blank where it is not known; a page without a version looks again as soon as it is live.
    """
    return _newsroom.version(audience(subject, reach))


def _topics(subject: Subject, organisations: Collection[int]) -> tuple[str, ...]:
    return tuple(f"news:{subject}:{pk}" for pk in sorted(organisations))


@dataclass(frozen=True, slots=True)
class _Said:
    topic: str

    def __call__(self) -> None:
        _newsroom.say(self.topic)


class Newsroom:
    """Speaks to Valkey. Where it is down, one short wait in `SILENCE` is paid, not one each."""

    def __init__(self, address: str) -> None:
        self.channel = channel(address)
        self.quiet_until = 0.0
        self.server = redis.Redis.from_url(
            address, socket_timeout=settings.NEWS_WAITS, socket_connect_timeout=0.5
        )
        self.script = self.server.register_script(SAY)

    def say(self, topic: str) -> None:
        """The topic has one more version, and everybody who listens is told."""
        if time.monotonic() < self.quiet_until:
            return
        try:
            self.script(keys=[topic], args=[self.channel])
        except redis.RedisError:
            self._keep_quiet()

    def version(self, topics: Collection[str]) -> str:
        """The sum of the topics' versions, which only grows; blank where it cannot be read."""
        if not topics or time.monotonic() < self.quiet_until:
            return ""
        try:
            return str(sum(int(count or 0) for count in self.server.mget(topics)))
        except redis.RedisError:
            self._keep_quiet()
            return ""

    def _keep_quiet(self) -> None:
        self.quiet_until = time.monotonic() + SILENCE
        logger.info("news not told; the pages look by themselves")


_newsroom = Newsroom(settings.REDIS_URL)
