"""TCP ports of this machine."""

import errno
import random
import socket

from config.dev.trouble import Trouble

# Below the range that outgoing connections take theirs from.
FIRST, LAST = 20_000, 32_000


def parse_port(text: str) -> int:
    """The port a person named; refuses what no program may listen on."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65_535:
        raise ValueError(f"{text!r} is not a port: give a number from 1 to 65535.")
    return int(text)


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except socket.gaierror as unknown:
            raise Trouble(f"{host} is not an address of this machine.") from unknown
        except OSError as refused:
            if refused.errno == errno.EADDRINUSE:
                return False
            raise Trouble(f"Nothing may listen on {host}, port {port}: {refused}.") from refused
    return True


def free_port(*, in_a_row: int = 1) -> int:
    """A port of the loopback address that nobody listens on, nor on the next ones after it."""
    for _ in range(200):
        port = random.randint(FIRST, LAST)  # noqa: S311  (no secret: any free port will do)
        if all(is_free(port + step) for step in range(in_a_row)):
            return port
    raise Trouble("No free port was found on 127.0.0.1.")
