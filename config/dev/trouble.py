"""Failures, each as one plain sentence for the person at the keyboard."""

import errno
from pathlib import Path

NETWORK_WORDS = (
    "Could not resolve host",
    "Temporary failure in name resolution",
    "Name or service not known",
    "Connection refused",
    "Connection timed out",
    "NewConnectionError",
    "Network is unreachable",
    "error sending request",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ETIMEDOUT",
)


class Trouble(Exception):  # noqa: N818  (a person meets it as trouble, not as an error)
    """What went wrong and what to do about it, in one sentence."""


def about_the_machine(error: OSError) -> str:
    """The sentence for something the operating system refused."""
    if error.errno == errno.ENOSPC:
        return (
            "The disk is full: free some space (./dev reset drops the demo's data) and try again."
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"This account may not write or run {error.filename}: {error.strerror}."
    return f"The machine refused: {error}."


def about_a_program(what: str, output: str, log: Path | None = None) -> Trouble:
    """The sentence for a program of ours that failed with this output."""
    if "No space left on device" in output or "ENOSPC" in output:
        return Trouble(f"The disk is full, so {what} could not finish: free some space first.")
    if any(words in output for words in NETWORK_WORDS):
        return Trouble(f"No network or a registry out of reach, so {what} could not finish.")
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    why = lines[-1][:300] if lines else "it said nothing"
    where = f" (all of it: {log})" if log else ""
    return Trouble(f"{what[:1].upper()}{what[1:]} failed: {why}{where}")
