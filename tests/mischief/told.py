"""Whether each patient knows what they have to know, or a person reads whom to tell."""

from collections import defaultdict
from collections.abc import Iterator

from appointments.models import Booking
from practices.actions.delivery import GIVE_UP
from practices.doors import everywhere, opened
from practices.models import AuditEntry, Message, OutboxItem
from practices.queries.messages import instead_of
from practices.queries.to_tell import messages_to_tell
from practices.rules.message_words import (
    OF_AN_APPOINTMENT,
    ONLY_WRITTEN,
    PROMISES,
    SAYS_MORE,
    News,
)
from tests.mischief.day import Day
from tests.posting import DELIVER
from triage.models import Rehoming

State = Message.State
ON_THE_WAY = frozenset({State.QUEUED, State.SENDING})
# What a promise of a message may stumble over, and be kept later.
PASSES = frozenset({"", "NotNow", "Unclear", "InOtherHands"})
CALLED_BACK = ("message.left_unsaid", "message.taken_back")


def told_faults(day: Day) -> list[str]:
    """Whom something was said to twice, wrongly or not at all."""
    with everywhere(because="the test looks", at=day.at):
        rows = list(Message.objects.order_by("pk"))
        back = AuditEntry.objects.filter(verb__in=CALLED_BACK)
        called_back = set(back.values_list("entity_id", flat=True))
    about: dict[tuple[str, int], list[Message]] = defaultdict(list)
    for row in rows:
        if row.state != State.SUPERSEDED:
            about[row.case_ref, row.patient_id].append(row)
    times = day.post.notify.times_taken()
    return [
        *day.post.untrue,
        *(f"sent twice: {reference}" for reference, many in times.items() if many > 1),
        *_uncarried(day, rows),
        *_unheard(day, rows),
        *_unread(day, rows, about, called_back),
        *_misled(day, about),
    ]


def _uncarried(day: Day, rows: list[Message]) -> Iterator[str]:
    """What is on its way has a promise that somebody goes on with it, and not for ever."""
    with everywhere(because="the test looks", at=day.at):
        waiting = list(OutboxItem.objects.filter(done_at=None))
    promised = {one.payload["message_id"] for one in waiting if one.task == DELIVER}
    for one in waiting:
        if one.trouble not in PASSES:
            yield f"a promise that stumbles: {one.task}, {one.trouble}"
    for row in rows:
        if row.state in ON_THE_WAY and row.pk not in promised:
            yield f"carried by nobody: {row.kind} of {row.case_ref}"
        if row.state in ON_THE_WAY and row.tried_at and row.tried_at + 2 * GIVE_UP < day.at:
            yield f"on its way for ever: {row.kind} of {row.case_ref}"


def _unheard(day: Day, rows: list[Message]) -> Iterator[str]:
    """What the carrier has said of a failure is known here at the next look."""
    for row in rows:
        is_fine = row.state in (State.SENT, State.DELIVERED)
        if is_fine and str(row.reference) in day.post.failed:
            yield f"failed, and nobody heard it: {row.kind} of {row.case_ref}"


def _unread(
    day: Day,
    rows: list[Message],
    about: dict[tuple[str, int], list[Message]],
    called_back: set[str],
) -> Iterator[str]:
    """What did not get through, and still matters, is on the list of the practice's desk."""
    listed: set[str] = set()
    for practice in (day.world.oak, day.world.elm):
        with opened(day.by(day.desk(practice.pk)).reach, at=day.at):
            found = messages_to_tell(at=day.at)
        assert not found.is_more, "a day has no more than a page of these"
        listed |= {row.reference for row in found.rows}
    instead = {row.window for row in rows if row.window}
    for row in rows:
        is_over = row.news_until is not None and row.news_until <= day.at
        if row.state != State.FAILED or row.kind in ONLY_WRITTEN or is_over:
            continue
        newer = [one for one in about[row.case_ref, row.patient_id] if one.pk > row.pk]
        is_done = _says_more(row, newer) or instead_of(row.reference) in instead
        if not is_done and not {str(row.reference)} & (listed | called_back):
            yield f"not arrived, and on nobody's list: {row.kind} of {row.case_ref}"


def _says_more(row: Message, newer: list[Message]) -> bool:
    """Whether they have newer news of the same, so that this one is old."""
    if row.kind not in PROMISES:
        return any(one.kind in OF_AN_APPOINTMENT for one in newer if row.kind in OF_AN_APPOINTMENT)
    kinds = [one.kind for one in newer if one.kind in OF_AN_APPOINTMENT | SAYS_MORE]
    return bool(kinds) and kinds[-1] in SAYS_MORE


def _misled(day: Day, about: dict[tuple[str, int], list[Message]]) -> Iterator[str]:
    """The time they were told last is the time they have; who has none was told of its end."""
    with everywhere(because="the test looks", at=day.at):
        live = Booking.objects.filter(state__in=("booked", "arrived"), starts_at__gt=day.at)
        # Planned ahead without a case, until its list ended: from then on its news has a reference.
        lines = Rehoming.objects.filter(was__case_ref="")
        became = dict(lines.values_list("case__reference", "was__case_ref"))
        has = {
            (became.get(one.case_ref, one.case_ref), one.patient_id): one.starts_at for one in live
        }
    heard: dict[tuple[str, int], list[Message]] = defaultdict(list)
    for row in sorted((row for rows in about.values() for row in rows), key=lambda row: row.pk):
        if row.kind in OF_AN_APPOINTMENT - {News.REMINDER}:
            heard[became.get(row.case_ref, row.case_ref), row.patient_id].append(row)
    for key in sorted(has.keys() | heard.keys()):
        last = heard[key][-1] if heard[key] else None
        is_of_a_time = last is not None and last.kind in (News.CONFIRMED, News.CHANGED)
        # Whom another system has booked, that one has told.
        is_known = last is None and has.get(key) == day.planned.get(key[1])
        if key in has and not is_of_a_time and not is_known:
            yield f"booked, and told by nobody: {key[0]}"
        elif key in has and last and last.news_until != has[key]:
            yield f"told another time than they have: {key[0]}"
        elif key not in has and is_of_a_time and last and last.news_until > day.at:
            yield f"expects a time that is no more: {key[0]}"
