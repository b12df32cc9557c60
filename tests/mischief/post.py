"""The carrier of the day: real delivery to the recording one, which has good hours and bad."""

from collections import Counter
from datetime import datetime
from random import Random

from django.conf import settings

from appointments.models import Booking
from practices.doors import everywhere
from practices.models import Message, OutboxItem
from practices.rules.message_words import News
from practices.tasks import hear_of_messages, sweep_outbox
from tests.notify import FAILURES, FakeNotify
from tests.posting import Hands, Killed
from triage.models import Case
from triage.rules.states import State

# What becomes of a message that is on its way, and how often.
FATES = {"delivered": 12, "sending": 4} | dict.fromkeys(FAILURES, 2)
NAMES_A_PLACE = frozenset({News.CONFIRMED, News.CHANGED, News.REMINDER})
# As the carrier may answer the next wish, or the next ones.
DOWN = ["unavailable"] * 300


class Post:
    """Between our outbox and the carrier; `untrue` is what left although it did not hold then."""

    def __init__(self, notify: FakeNotify, hands: Hands):
        self.notify, self.hands = notify, hands
        self.done: Counter[str] = Counter()
        self.untrue: list[str] = []
        self.failed: set[str] = set()
        self.fates = FATES
        self.down_until: datetime | None = None
        self.seen = 0
        notify.plays, notify.is_deaf = [], False
        notify.taken.clear()
        hands.kills = []

    def goes_down(self, until: datetime) -> None:
        """Nobody answers there, to no question, until then."""
        self.down_until, self.notify.is_deaf, self.notify.plays = until, True, list(DOWN)

    def goes_round(self, at: datetime, rng: Random) -> None:
        """What is promised by now is done, and what the carrier says is heard."""
        if self.down_until and at >= self.down_until:
            self.down_until, self.notify.is_deaf, self.notify.plays = None, False, []
        self.notify.at = at
        with everywhere(because="the day has its own hours for the planner", at=at):
            looks = OutboxItem.objects.filter(task=settings.WHEN_A_DAY_CHANGES, done_at=None)
            looks.update(done_at=at)
        try:
            sweep_outbox()
        except Killed:
            self.done["killed"] += 1
        self._looks_at_new(at)
        for one in self.notify.taken:
            if one["status"] == "sending":
                one["status"] = rng.choices(list(self.fates), list(self.fates.values()))[0]
                self.done[one["status"]] += 1
        hear_of_messages()
        if not self.notify.is_deaf:
            found = (one for one in self.notify.taken if one["status"] in FAILURES)
            self.failed = {one["reference"] for one in found}

    def _looks_at_new(self, at: datetime) -> None:
        """Whether what has just left the house was so at that moment."""
        new, self.seen = self.notify.taken[self.seen :], len(self.notify.taken)
        with everywhere(because="the test looks", at=at):
            rows = Message.objects.filter(reference__in=[one["reference"] for one in new])
            self.untrue += [why for row in rows.order_by("pk") if (why := _untrue(row, at))]


def _untrue(row: Message, at: datetime) -> str:
    """Why nobody should have read it then; blank where it was right."""
    what = f"{row.kind} of {row.case_ref}"
    if row.kind in NAMES_A_PLACE:
        live = Booking.objects.filter(patient=row.patient_id, state__in=("booked", "arrived"))
        if row.news_until <= at:
            return f"sent of a time that is over: {what}"
        if not live.filter(case_ref=row.case_ref, starts_at=row.news_until).exists():
            return f"sent of a place that nobody has: {what}"
    case = Case.objects.filter(reference=row.case_ref).first()
    if row.kind == News.CLOSED and (case is None or case.state != State.CLOSED):
        return f"sent of an end that is none: {what}"
    if row.kind == News.RECEIVED and (case is None or case.state == State.CLOSED):
        return f"sent of a request that is over: {what}"
    return ""
