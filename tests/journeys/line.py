"""The line between a browser and the server, which can be cut and mended; the browser sees none."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

SOME = 65536


class Line:
    """A port of its own that passes everything on; cut, it refuses and hangs up."""

    def __init__(self, to_port: int) -> None:
        self.to_port = to_port
        self.open_ends: list[socket.socket] = []
        self.port = 0
        self.mend()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def mend(self) -> None:
        self.door = socket.create_server(("127.0.0.1", self.port), backlog=64)
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self._welcome, args=(self.door,), daemon=True).start()

    def cut(self) -> None:
        """Nobody listens, and who was connected is so no more."""
        for end in (self.door, *self.open_ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self.open_ends.clear()

    def _welcome(self, door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = door.accept()
                far = socket.create_connection(("127.0.0.1", self.to_port))
                self.open_ends += [near, far]
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=_pass_on, args=pair, daemon=True).start()


def _pass_on(from_: socket.socket, to: socket.socket) -> None:
    with suppress(OSError):
        while some := from_.recv(SOME):
            to.sendall(some)
        to.shutdown(socket.SHUT_WR)


@contextmanager
def line_to(port: int) -> Iterator[Line]:
    line = Line(port)
    try:
        yield line
    finally:
        line.cut()
