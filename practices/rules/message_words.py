"""All that patients are told in writing: plain words as data.

No reason, no role, no name of a service that tells a reader why somebody is seen (threat T27).
`{reference}` is empty or ends in a space, `{place}` is the name of a site. `net`, a clinician's own
words, is only in what goes as a letter or by voice.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict, Unpack

from practices.rules.code import Code
from practices.rules.london import clock_words, day_of, day_words
from practices.rules.message_forms import CANCEL

# Two parts of a text message.
LONGEST_TEXT = 306


class News(Code):
    """What a message is about."""

    RECEIVED = "received", "We have your request"
    CONFIRMED = "confirmed", "Appointment"
    REMINDER = "reminder", "Reminder"
    CHANGED = "changed", "Appointment changed"
    DISPLACED = "displaced", "Appointment cannot go ahead"
    CANCELLED = "cancelled", "Appointment cancelled"
    LATE = "late", "Later than we said"
    CLOSED = "closed", "If things get worse"
    TRIED = "tried", "We tried to contact you"


# A newer one of these makes an older one wrong.
OF_AN_APPOINTMENT = frozenset(
    {News.CONFIRMED, News.REMINDER, News.CHANGED, News.DISPLACED, News.CANCELLED}
)
# Who has one of these knows more than that we have their request.
SAYS_MORE = frozenset({News.CONFIRMED, News.REMINDER, News.CHANGED, News.CLOSED})
# These name a time that is still to come: once it has passed they would mislead.
TO_COME = frozenset({News.RECEIVED, News.CONFIRMED, News.REMINDER, News.CHANGED})
# No letter brings these in time.
OF_TODAY = frozenset({News.REMINDER, News.LATE})
# All these say is that we will be in touch.
PROMISES = frozenset({News.RECEIVED, News.LATE, News.TRIED})
# Who cannot be written this is tried again all the same: nobody rings to say that somebody rang.
ONLY_WRITTEN = frozenset({News.TRIED})
# Whoever takes the call says this aloud as it happens.
SAID_ALOUD = frozenset({News.RECEIVED, News.CONFIRMED})

PLAIN: dict[News, str] = {
    News.RECEIVED: (
        "We have your request, reference {case}. {read}You will hear from us by {by}. "
        "If things get worse, call your practice or 111. In an emergency call 999."
    ),
    News.CONFIRMED: (
        "Your appointment is at {time} on {day}, {place}. {reference}"
        "If you cannot come, call your practice. {cancel}"
    ),
    News.REMINDER: (
        "Reminder: your appointment is at {time} on {day}, {place}. {reference}"
        "If you cannot come, call your practice. {cancel}"
    ),
    News.CHANGED: (
        "Your appointment has changed. It is now at {time} on {day}, {place}. {reference}"
        "If you cannot come, call your practice. {cancel}"
    ),
    News.DISPLACED: (
        "Your appointment at {time} on {day} cannot go ahead. We will contact you with another. "
        "{reference}If things get worse, call your practice or 111. In an emergency call 999."
    ),
    News.CANCELLED: "Your appointment at {time} on {day} is cancelled. {reference}{open}",
    News.LATE: (
        "You have not heard from us by {by}. We are sorry, it takes longer. "
        "We still have your request, reference {case}. "
        "If things get worse, call your practice or 111. In an emergency call 999."
    ),
    News.CLOSED: (
        "Your request {case} is complete. If things get worse{better}, call {where}. "
        "In an emergency call 999."
    ),
    News.TRIED: (
        "We tried to contact you at {tried}. We will try again. Please keep your phone near you. "
        "{reference}If things get worse, call your practice or 111. In an emergency call 999."
    ),
}
# Short sentences, one idea a line.
EASY_READ: dict[News, str] = {
    News.RECEIVED: """\
You asked us for help.
We got your message.
{read}We will contact you by {by}.
Do you feel worse?
Call your practice or 111.
In an emergency call 999.
Your reference is {case}.""",
    News.CONFIRMED: """\
You have an appointment.
The day: {day}.
The time: {time}.
The place: {place}.
You cannot come?
Call your practice.
{reference}
{cancel}""",
    News.REMINDER: """\
Please remember your appointment.
The day: {day}.
The time: {time}.
The place: {place}.
You cannot come?
Call your practice.
{reference}
{cancel}""",
    News.CHANGED: """\
Your appointment has changed.
The new day: {day}.
The new time: {time}.
The place: {place}.
You cannot come?
Call your practice.
{reference}
{cancel}""",
    News.DISPLACED: """\
You had an appointment.
The day: {day}.
The time: {time}.
It cannot go ahead.
We will contact you.
Do you feel worse?
Call your practice or 111.
In an emergency call 999.
{reference}""",
    News.CANCELLED: """\
You had an appointment.
The day: {day}.
The time: {time}.
It is cancelled.
{open}{reference}""",
    News.LATE: """\
You have not heard from us by {by}.
We are sorry.
It takes longer.
Do you feel worse?
Call your practice or 111.
In an emergency call 999.
Your reference is {case}.""",
    News.CLOSED: """\
We have finished with your request.
Do you feel worse?
{better}Call {where}.
In an emergency call 999.
Your reference is {case}.""",
    News.TRIED: """\
We tried to contact you at {tried}.
We will try again.
Please keep your phone near you.
Do you feel worse?
Call your practice or 111.
In an emergency call 999.
{reference}""",
}
# Nobody of ours is there before the answer is due: a time we cannot keep is not promised.
ALL_SHUT = (
    "We have your request, reference {case}. We are closed. {read}Do not wait for that: "
    "call 111 now. In an emergency call 999."
)
ALL_SHUT_EASY = """\
You asked us for help.
We got your message.
We are closed now.
{read}Do not wait for that.
Call 111 now.
In an emergency call 999.
Your reference is {case}."""
# Who may need help now does not wait for our next try.
TRIED_NOW = (
    "We tried to contact you at {tried}. We will try again. Do not wait for us: "
    "if you need help now, call 999. {reference}"
)
TRIED_NOW_EASY = """\
We tried to contact you at {tried}.
We will try again.
Do not wait for us.
Do you need help now?
Call 999.
{reference}"""
# Where who gets worse turns to, unless a clinician chose another place.
USUAL_PLACE = "your practice or 111"
# The appointment is off, and what the patient asked for is still with us: who needs it hears so.
STILL_OPEN = (
    "We still have your request and will contact you. "
    "If things get worse, call your practice or 111. In an emergency call 999."
)
STILL_OPEN_EASY = """\
We still have your request.
We will contact you.
Do you feel worse?
Call your practice or 111.
In an emergency call 999.
"""
# They say that they need us no longer, and somebody still looks: written and said aloud alike.
STILL_READ = (
    "We still read your request {by}, and call you only if we have a question. "
    "If things get worse, call your practice or 111. In an emergency call 999."
)
STILL_READ_EASY = """\
We still read your request {by}.
We only call you if we have a question.
Do you feel worse?
Call your practice or 111.
In an emergency call 999.
"""


class Facts(TypedDict, total=False):
    """What a message may say beside its reference, and when the patient must know it."""

    due_at: datetime
    read_from: datetime | None
    is_all_shut: bool
    starts_at: datetime
    place: str
    known_by: datetime | None
    link: str
    better_by: date
    where: str
    net: str
    is_still_open: bool
    read_by: datetime
    is_heard: bool
    tried_at: datetime
    is_emergency: bool


def words_of(
    news: News, *, case: str, at: datetime, is_easy_read: bool = False, **facts: Unpack[Facts]
) -> str:
    """What the patient reads."""
    due_at, starts_at = facts.get("due_at"), facts.get("starts_at")
    read_from, tried_at = facts.get("read_from"), facts.get("tried_at")
    template = _template(news, is_easy_read=is_easy_read, **facts)
    after = "\n" if is_easy_read else " "
    link = facts.get("link", "")
    words = template.format(
        case=case,
        reference=f"Reference {case}. " if case else "",
        by=_when(due_at, at=at) if due_at else "",
        tried=_when(tried_at, at=at) if tried_at else "",
        read=f"We read it from {_when(read_from, at=at)}.{after}" if read_from else "",
        time=clock_words(starts_at) if starts_at else "",
        day=day_words(day_of(starts_at)) if starts_at else "",
        place=facts.get("place", "").replace(", ", "\n" if is_easy_read else ", "),
        open=_still_open(at=at, is_easy_read=is_easy_read, **facts),
        cancel=f"{CANCEL} {link}" if link else "",
        better=_better(facts.get("better_by"), is_easy_read=is_easy_read),
        where=facts.get("where") or USUAL_PLACE,
    )
    words = after.join(filter(None, [words, facts.get("net", "")]))
    return "\n".join(line.rstrip() for line in words.strip().split("\n"))


def still_read(read_by: datetime, *, at: datetime, is_easy_read: bool = False) -> str:
    """What who needs us no longer hears and reads: somebody of ours still has the last word."""
    by = f"by {_when(read_by, at=at)}" if read_by > at else "as soon as possible"
    return (STILL_READ_EASY if is_easy_read else STILL_READ).format(by=by)


def _still_open(*, at: datetime, is_easy_read: bool, **facts: Unpack[Facts]) -> str:
    """That what was asked for is still with us, where it is."""
    if not facts.get("is_still_open"):
        return ""
    if "read_by" in facts:
        return still_read(facts["read_by"], at=at, is_easy_read=is_easy_read)
    return STILL_OPEN_EASY if is_easy_read else STILL_OPEN


def _template(news: News, *, is_easy_read: bool, **facts: Unpack[Facts]) -> str:
    """The words with their gaps, as the patient reads best."""
    if facts.get("is_all_shut"):
        return ALL_SHUT_EASY if is_easy_read else ALL_SHUT
    if facts.get("is_emergency"):
        return TRIED_NOW_EASY if is_easy_read else TRIED_NOW
    return (EASY_READ if is_easy_read else PLAIN)[news]


def _better(by: date | None, *, is_easy_read: bool) -> str:
    """Until when it may take to be better; blank where nobody said."""
    if by is None:
        return ""
    if is_easy_read:
        return f"Are you no better by {day_words(by)}?\n"
    return f", or are no better by {day_words(by)}"


def _when(due_at: datetime, *, at: datetime) -> str:
    time = clock_words(due_at)
    same_day = day_of(due_at) == day_of(at)
    return time if same_day else f"{time} on {day_words(day_of(due_at))}"
