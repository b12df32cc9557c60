"""A case's or an emergency's reference, as it is read aloud on the phone."""

import secrets
from collections.abc import Sequence

# No letters or digits that are mistaken for one another when read aloud.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"


def new_reference(prefix: str) -> str:
    """A reference that can be read aloud and not guessed: "HR-7K3M-9QXT-2C"."""
    return reference_of(prefix, [secrets.choice(ALPHABET) for _ in range(10)])


def reference_of(prefix: str, letters: Sequence[str]) -> str:
    """Ten letters as they are read aloud, in groups."""
    said = "".join(letters)
    return f"{prefix}-{said[:4]}-{said[4:8]}-{said[8:]}"
