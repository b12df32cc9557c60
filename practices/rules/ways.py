"""Which way news goes to a patient and how it is written: one table, the first line that fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from practices.rules.access import AccessNeed
from practices.rules.code import Code
from practices.rules.fates import Trouble

# What stands on a young person's record is often a parent's: from 11 a parent's online access
# ends (RCGP, proxy access), and until 16 nobody writes to an address only the record knows.
OWN_AFFAIRS_FROM, GROWN_UP_FROM = 11, 16


def is_young(age: int) -> bool:
    """Whether an address that only the record knows may be a parent's, and they have a say."""
    return OWN_AFFAIRS_FROM <= age < GROWN_UP_FROM


class Way(Code):
    """How news reaches a patient."""

    TEXT = "text", "Text"
    EMAIL = "email", "Email"
    LETTER = "letter", "Letter"
    VOICE = "voice", "By voice"


# Whoever carries these does so without a hand of ours.
WRITTEN = frozenset({Way.TEXT, Way.EMAIL})


@dataclass(frozen=True, slots=True)
class Contact:
    """What is known of how a patient may be reached about one thing."""

    age: int
    phone: str = ""
    is_mobile: bool = False
    email: str = ""
    has_address: bool = False
    needs: frozenset[AccessNeed] = frozenset()
    is_confidential: bool = False
    safe_to_text: bool = True

    @property
    def takes_texts(self) -> bool:
        """Whether a text reaches them and nobody said that it must not."""
        return self.is_mobile and AccessNeed.NO_TEXT not in self.needs

    @property
    def takes_email(self) -> bool:
        """Whether there is an address that is theirs."""
        return bool(self.email) and not is_young(self.age)


@dataclass(frozen=True, slots=True)
class Manner:
    """The way and the form, and why no text goes out where one was wanted."""

    way: Way
    is_easy_read: bool
    is_large_print: bool
    trouble: str


# Others may read what arrives in writing at home: what is confidential or not safe is only spoken.
WAYS: tuple[tuple[str, Callable[[Contact], bool], Way], ...] = (
    ("asked in confidence", lambda who: who.is_confidential, Way.VOICE),
    ("not safe to write to", lambda who: not who.safe_to_text, Way.VOICE),
    ("large print", lambda who: AccessNeed.LARGE_PRINT in who.needs, Way.LETTER),
    ("a mobile", lambda who: who.takes_texts, Way.TEXT),
    ("an email address", lambda who: who.takes_email, Way.EMAIL),
    ("no number", lambda who: not who.phone and who.has_address, Way.LETTER),
    ("whoever is left", lambda _: True, Way.VOICE),
)


def manner_of(who: Contact) -> Manner:
    """The first way of the table that fits, in the form the patient can read."""
    way = next(way for _, fits, way in WAYS if fits(who))
    return Manner(
        way=way,
        is_easy_read=AccessNeed.EASY_READ in who.needs,
        is_large_print=AccessNeed.LARGE_PRINT in who.needs,
        trouble=_trouble(who, way),
    )


def may_leave_voicemail(*, allowed: bool, is_confidential: bool) -> bool:
    """Whether a recorder may be asked to ring back; others listen to the one at home."""
    return allowed and not is_confidential


def without_a_call(*, email: str, address: str, is_private: bool) -> str:
    """What is left where nobody can ring, nearest first. What is private is never written."""
    last = "ask who they named as next of kin for a number, or send somebody round"
    if is_private:
        return "Tell nobody else and write nothing: tell them when they come or call"
    found = [f"email {email}"] if email else []
    found += [f"write to {address}"] if address else []
    words = f"{', or '.join(found)}. If it is soon, {last}" if found else last
    return f"{words[:1].upper()}{words[1:]}"


def _trouble(who: Contact, way: Way) -> str:
    """Why no text goes out that might have; empty where they want none, or none may go."""
    if way in (Way.TEXT, Way.EMAIL):
        return ""
    if not who.phone:
        return Trouble.NO_PHONE.value
    wants_none = AccessNeed.NO_TEXT in who.needs or who.is_confidential or not who.safe_to_text
    if way is Way.LETTER or wants_none or who.is_mobile:
        return ""
    return Trouble.NOT_MOBILE.value
