"""Open pages without browsers: each its own session and stream, all in one process of their own.

Reads one line of JSON, the port and the session keys; writes "ready" when every page has heard
its first event; at the next line it writes what each page heard, and ends.
"""

import asyncio
import contextlib
import json
import resource
import sys
import time

REQUEST = "GET /live/?of=cases HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n"
AT_ONCE = 20
PREFIX = b"data: "


class Ear:
    """One open page: the version and the instant of every event it heard."""

    def __init__(self) -> None:
        self.heard: list[tuple[int, float]] = []
        self.first = asyncio.Event()

    async def listen(self, port: int, cookie: str) -> None:
        """Until the stream ends or the page is closed."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(REQUEST.format(port=port, cookie=cookie).encode())
            while line := await reader.readline():
                if line.startswith(PREFIX):
                    self.heard.append((json.loads(line[len(PREFIX) :])["cases"], time.monotonic()))
                    self.first.set()
        finally:
            writer.close()


async def main() -> None:
    """One measurement."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    wish = json.loads(await asyncio.to_thread(sys.stdin.readline))
    ears = [Ear() for _ in wish["cookies"]]
    tasks = []
    # As people come: some at once, not a thousand in one moment.
    for start in range(0, len(ears), AT_ONCE):
        some = list(zip(ears, wish["cookies"], strict=True))[start : start + AT_ONCE]
        tasks += [asyncio.create_task(ear.listen(wish["port"], cookie)) for ear, cookie in some]
        await asyncio.gather(*(ear.first.wait() for ear, _ in some))
    say("ready")
    await asyncio.to_thread(sys.stdin.readline)
    ended = sum(task.done() for task in tasks)
    for task in tasks:
        task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.gather(*tasks, return_exceptions=True)
    say(json.dumps({"ended": ended, "heard": [ear.heard for ear in ears]}))


def say(line: str) -> None:
    """One line for whoever measures."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
