"""The words of a message as each way carries them: aloud, on paper, by email."""

from __future__ import annotations

import re

# The same for every message: who looks over a shoulder learns that a practice wrote, no more.
SUBJECT = "A message from your practice"
CANCEL = "You can cancel here:"
NO_REPLY = "Nobody reads answers to this email. To speak to us, call your practice."


def spoken_words(body: str) -> str:
    """The words as a person reads them aloud: without the link, which nobody can say."""
    return re.sub(rf"\s*{CANCEL} \S+", "", body)


def sentences_of(body: str) -> tuple[str, ...]:
    """The words a sentence a line, as a letter and an email have them."""
    if "\n" in body:
        return tuple(body.split("\n"))
    return tuple(re.split(r"(?<=[.?])(?<!\bSt\.) (?=[A-Z])", body))


def letter_text(body: str, *, practice: str) -> str:
    """The letter: each sentence a paragraph, and who sends it."""
    return "\n\n".join((*sentences_of(body), practice))


def email_text(body: str, *, practice: str) -> str:
    """The email: each sentence a paragraph, who sends it, and that nobody reads an answer."""
    return "\n\n".join((*sentences_of(body), practice, NO_REPLY))
