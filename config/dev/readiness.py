"""Whether a server really answers, asked over its own protocol."""

import http.client
import socket
import struct
import urllib.error
import urllib.request

PROTOCOL_3 = 196_608


def postgres_answers(port: int) -> bool:
    """PostgreSQL takes connections: it asks for a password instead of reporting an error."""
    words = b"user\0headroom\0database\0headroom\0\0"
    message = struct.pack("!ii", len(words) + 8, PROTOCOL_3) + words
    return _first_byte(port, message) == b"R"


def redis_answers(port: int) -> bool:
    """Valkey or Redis has loaded its data and answers PING."""
    return _first_byte(port, b"PING\r\n") == b"+"


def http_status(url: str) -> int:
    """The status of a GET, or 0 where nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  (our own address)
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code
    except (OSError, http.client.HTTPException):
        return 0


def _first_byte(port: int, message: bytes) -> bytes:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(message)
            return connection.recv(1)
    except OSError:
        return b""
