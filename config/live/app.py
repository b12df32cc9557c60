"""What uvicorn runs: `uvicorn config.live.app:application`, one process, no threads of its own."""

import asyncio
import contextlib
import logging
import os
import resource
from concurrent.futures import ThreadPoolExecutor

import django
from django.conf import settings
from django.db import DatabaseError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.training")
django.setup()

from config.live.room import Room  # noqa: E402  (Django is set up first)
from config.live.seats import Seat, still_seated  # noqa: E402  (the same)
from config.live.stream import Stream  # noqa: E402  (the same)
from config.live.versions import Versions  # noqa: E402  (the same)
from config.live.ways import Receive, Scope, Send, answer  # noqa: E402  (the same)
from config.live.wire import Wire  # noqa: E402  (the same)

logger = logging.getLogger(__name__)
# A session that ended is cut within this, and half of it again for the slowest look.
LOOK_EVERY = 20.0
# Every page hears from us so often, news or not: a page that does not knows that it is not live.
BEAT = 10
HEALTH = b"ok"


class Live:
    """The room, the wire that fills it, and the look at who may still listen."""

    def __init__(self) -> None:
        self.room = Room()
        self.wire = Wire(settings.REDIS_URL, self.room)
        # Two connections to the database, however many pages come at once.
        self.asking = ThreadPoolExecutor(max_workers=2)
        self.versions = Versions(self.room, self.asking)
        self.doors = {"/live/": Stream(self.room, self.asking), "/live/now/": self.versions}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Streams, what they would say now, one health page, and nothing else."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] != "http":
            return
        elif scope["path"] == "/live/health/":
            await answer(send, 200 if self.wire.is_up else 503, [], HEALTH)
        elif scope["path"] not in self.doors or scope["method"] != "GET":
            await answer(send, 404, [])
        elif not self.wire.is_up:
            await answer(send, 503, [])
        else:
            await self.doors[scope["path"]](scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        """From start to shutdown of the process."""
        await receive()
        _allow_many_files()
        async with asyncio.TaskGroup() as tasks:
            running = [
                tasks.create_task(work())
                for work in (self.wire.listen, self._look_round, self._keep_beat)
            ]
            await send({"type": "lifespan.startup.complete"})
            await receive()
            for one in running:
                one.cancel()
        self.asking.shutdown(wait=False, cancel_futures=True)
        await send({"type": "lifespan.shutdown.complete"})

    async def _look_round(self) -> None:
        """Whoever signed out, left or fell idle is sent away. In doubt, everybody is."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            seats = self._seats()
            if not seats:
                continue
            loop = asyncio.get_running_loop()
            try:
                seated = await loop.run_in_executor(self.asking, still_seated, seats)
            except DatabaseError:
                logger.warning("nobody can say who may listen: all streams are closed")
                seated = set()
            # Those who came while we asked have just been looked at.
            seated |= self._seats() - seats
            self.room.keep_only(seated)
            self.versions.keep_only(seated)

    def _seats(self) -> set[Seat]:
        """The seats of everybody who listens, or asked lately."""
        return {one.seat for one in self.room.listeners} | set(self.versions.seats.values())

    async def _keep_beat(self) -> None:
        """A tenth of the room each second, so that nobody waits behind a thousand others."""
        while True:
            for part in range(BEAT):
                await asyncio.sleep(1)
                for listener in [
                    one for one in self.room.listeners if id(one) // 64 % BEAT == part
                ]:
                    listener.wake.set()


def _allow_many_files() -> None:
    """As many open connections as the system lets this process have."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


application = Live()
