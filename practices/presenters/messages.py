"""What became of a message, in words that say what to do."""

from datetime import datetime, timedelta

from practices.presenters import time_words
from practices.queries import MessageRow
from practices.rules.fates import Trouble

# A text that takes longer is in trouble: the desk should know before anybody gives up.
SLOW = timedelta(minutes=1)
WORDS: dict[str, str] = {
    "queued": "Waiting to be sent",
    "sending": "Being sent",
    "sent": "Sent",
    "delivered": "Delivered",
    "superseded": "Not sent: a newer message replaced it",
    "staff_tell": "Not sent as a text: read it aloud",
    "told": "Told by staff",
}


def fate_words(row: MessageRow, *, now: datetime) -> str:
    """ "Delivered, 9:31am", or why not and who has to ring."""
    if row.state == "failed":
        return trouble_words(row.trouble, channel=row.channel)
    if row.state == "staff_tell" and (row.trouble or row.channel == "letter"):
        return trouble_words(row.trouble, channel=row.channel)
    if row.state == "sending" and row.tried_at is not None and now - row.tried_at > SLOW:
        return "Not sent yet: the text service does not answer. We keep trying"
    who = f" {row.told_by}" if row.state == "told" and row.told_by else ""
    words = f"Told by{who}" if who else WORDS[row.state]
    when = row.settled_at or row.sent_at
    return f"{words}, {time_words(when)}" if when is not None else words


def trouble_words(trouble: str, *, channel: str) -> str:
    """Why no text got through, and what to do now."""
    if trouble:
        return f"The text could not be sent: {Trouble(trouble).label}. Ring the patient"
    if channel == "letter":
        return "Needs large print: print the letter, and ring if it is soon"
    return "No text messages: ring the patient"
