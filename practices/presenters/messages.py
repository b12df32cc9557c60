"""What became of a message, in words that say what to do."""

from datetime import datetime, timedelta

from practices.presenters import time_words
from practices.queries import MessageRow
from practices.rules.fates import OF_EMAIL, Trouble
from practices.rules.message_words import News
from practices.rules.ways import Way

# A text that takes longer is in trouble: the desk should know before anybody gives up.
SLOW = timedelta(minutes=1)
_NO_NUMBER = "We have no number: find another way to tell the patient"
_SOON_WORDS = "It is soon, and what was sent may be read too late"
_SOON = f"{_SOON_WORDS}: ring the patient now"
WORDS: dict[str, str] = {
    "queued": "Waiting to be sent",
    "sending": "Being sent",
    "sent": "Sent",
    "delivered": "Delivered",
    "superseded": "Not sent: a newer message replaced it",
    "staff_tell": "Not sent as a text: read it aloud",
    "told": "Told by staff",
}


OF_LETTERS: dict[str, str] = {
    "queued": "Waiting to be posted",
    "sent": "With the letter service",
    "delivered": "Printed and posted",
}


def fate_words(row: MessageRow, *, now: datetime) -> str:
    """ "Delivered, 9:31am", or why not and who has to ring."""
    if row.is_to_tell and (ended := _ended(row, now=now)):
        return ended
    if row.state == "failed" and not row.is_to_tell and row.goes_by_email:
        return f"{_failure(row.trouble, row.channel)}. It goes by email instead"
    if row.state == "failed" or (row.state == "staff_tell" and row.is_to_tell):
        return trouble_words(row.trouble, channel=row.channel, phone=row.send_to)
    if row.state == "sending" and row.tried_at is not None and now - row.tried_at > SLOW:
        service = Way(row.channel).label.lower()
        return f"Not sent yet: the {service} service does not answer. We keep trying"
    if row.state == "staff_tell" and row.kind == News.REMINDER:
        return "No reminder: no text can go, and there is no number to ring"
    if row.state == "superseded" and row.settled_at is not None:
        return "Not sent: it was taken back before it left"
    if row.state == "queued" and row.kind == News.RECEIVED:
        return "Leaves within minutes, unless they are booked first"
    words = (OF_LETTERS if row.channel == Way.LETTER else {}).get(row.state, WORDS[row.state])
    if row.state == "told" and row.told_by:
        done = "Printed and posted" if row.channel == Way.LETTER else "Told"
        words = f"{done} by {row.told_by}"
    when = row.settled_at or row.sent_at
    words = f"{words}, {time_words(when)}" if when is not None else words
    is_to_ring = row.trouble == Trouble.SOON and row.is_to_tell
    return f"{words}. {_SOON}" if is_to_ring else words


def _ended(row: MessageRow, *, now: datetime) -> str:
    """Why nobody rings about it any more; empty while it is news."""
    if row.is_overtaken:
        return "Nobody needs to ring: newer news says more"
    if row.news_until is None or row.news_until > now:
        return ""
    return f"Nobody told them in time: {too_late_words(row.kind)}"


def too_late_words(kind: str) -> str:
    """What has passed, so that a message is no news any more."""
    return {
        News.RECEIVED: "the time we promised has passed",
        News.DISPLACED: "that day is over",
    }.get(News(kind), "the time of the appointment has passed")


def trouble_words(trouble: str, *, channel: str, phone: str) -> str:
    """Why neither text nor email got through, and what to do now."""
    no_phone = trouble == Trouble.NO_PHONE
    if trouble == Trouble.SOON:
        return _SOON if phone else f"{_SOON_WORDS}. {_NO_NUMBER}"
    if channel == Way.LETTER and trouble and not no_phone:
        return f"{_failure(trouble, channel)}. Print the letter, and ring if it is soon"
    if channel == Way.LETTER:
        why = "We have no phone number or email" if no_phone else "Needs large print"
        return f"{why}: print the letter{'' if no_phone else ', and ring if it is soon'}"
    if no_phone or not phone:
        do = _NO_NUMBER
        failed = trouble and not no_phone
        return f"{_failure(trouble, channel)}. {do}" if failed else do
    if trouble:
        return f"{_failure(trouble, channel)}. Ring the patient"
    return "No text messages: ring the patient"


def _failure(trouble: str, channel: str) -> str:
    """What went wrong, of a text or of an email."""
    found = Trouble(trouble)
    if channel == Way.EMAIL:
        return f"The email could not be sent: {OF_EMAIL.get(found, found.label)}"
    if channel == Way.LETTER:
        return "The letter could not be posted by the letter service"
    return f"The text could not be sent: {found.label}"
