"""Hears the news from Valkey and keeps the room up to date; while it hears nothing, nobody does."""

import asyncio
import logging

import redis.asyncio as redis
from django.conf import settings
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from config.live.room import Room
from practices.news import channel

logger = logging.getLogger(__name__)
PAUSE = 1.0
# A connection that died without a word is found out by the ping it does not answer.
PING_EVERY = 10.0


class Wire:
    """One subscription for the whole process."""

    def __init__(self, address: str, room: Room) -> None:
        self.address, self.room = address, room
        self.is_up = False

    async def listen(self) -> None:
        """For ever: subscribed, else everybody is sent away until we are again."""
        while True:
            try:
                await self._hear_all()
            except (redis.RedisError, OSError, TimeoutError):
                logger.warning("the news is not heard; pages look by themselves")
            self.is_up = False
            self.room.keep_only(set())
            await asyncio.sleep(PAUSE)

    async def _hear_all(self) -> None:
        # No silent second try: what was said between the two connections would be missed.
        server = redis.Redis.from_url(
            self.address, socket_connect_timeout=2, retry=Retry(NoBackoff(), 0)
        )
        async with server, server.pubsub(ignore_subscribe_messages=True) as heard:
            await heard.subscribe(channel(self.address))
            # Subscribed first and read second: what changes between is heard, not lost.
            self.room.learn(await _versions(server))
            self.is_up = True
            asked = asyncio.get_running_loop().time()
            while True:
                message = await heard.get_message(timeout=PING_EVERY)
                if message and message["type"] == "message":
                    topic, _, version = message["data"].decode().rpartition(" ")
                    self.room.hear(topic, int(version))
                elif asyncio.get_running_loop().time() - asked >= PING_EVERY:
                    asked = asyncio.get_running_loop().time()
                    await asyncio.wait_for(server.ping(), timeout=settings.NEWS_WAITS)


async def _versions(server: "redis.Redis[bytes]") -> dict[str, int]:
    names = [name async for name in server.scan_iter(match="news:*", count=1000)]
    counts = await server.mget(names) if names else []
    return {name.decode(): int(count or 0) for name, count in zip(names, counts, strict=True)}
