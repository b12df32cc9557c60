"""What goes wrong with the carrier in a day, and who passes its messages on."""

from datetime import timedelta

from practices.actions import mark_told, take_message
from practices.doors import everywhere, opened
from practices.models import Message
from practices.queries.to_tell import messages_to_tell
from practices.tasks import deliver_message
from tests.mischief.day import Acts, Day

# What the carrier answers; who hangs up tells no less than who says nothing, and costs no time.
ANSWERS = (
    "bad_request",
    "too_many",
    "error",
    "unavailable",
    "drop",
    "take_and_drop",
    "take_and_error",
    "forbidden",
)


def answer_badly(day: Day) -> None:
    """The next messages have bad answers; whatever is left of them is over with the day."""
    if day.post.down_until is None:
        play = day.pick(*ANSWERS)
        day.post.notify.plays = [play] * day.rng.choice((1, 2, 4))
        day.done[play] += 1
        day.tried += 1


def kill(day: Day) -> None:
    """The worker dies after the carrier's yes and before our mark, perhaps more than once."""
    day.post.hands.kills = day.rng.choice(([True], [False, True], [True, True]))
    day.done["kill"] += 1
    day.tried += 1


def go_down(day: Day) -> None:
    if day.post.down_until is None:
        day.post.goes_down(day.at + timedelta(minutes=day.rng.choice((5, 20, 50))))
        day.done["down"] += 1
        day.tried += 1


def deliver_again(day: Day) -> None:
    """The broker hands a task out a second time."""
    with everywhere(because="the test looks", at=day.at):
        found = Message.objects.exclude(state__in=("queued", "sending")).order_by("pk")
        ids = list(found.values_list("pk", flat=True))
    if ids:
        deliver_message(message_id=day.rng.choice(ids))
        day.done["deliver_again"] += 1
        day.tried += 1


def tell(day: Day) -> None:
    """The desk rings whoever a message did not reach; sometimes it only takes the call."""
    who = day.rng.choice(("receptionist", "receptionist_elm"))
    with opened(day.by(who).reach, at=day.at):
        rows = messages_to_tell(at=day.at).rows
    for row in rows[: day.rng.choice((1, 3, 6))]:
        wish = {"reference": row.reference}
        day.does("take_message", who, take_message, **wish)
        if day.rng.random() < 0.8:
            day.does("tell", who, mark_told, **wish)


POST_ACTS: Acts = {
    answer_badly: (5, " ".join(ANSWERS)),
    kill: (2, "kill"),
    go_down: (1, "down"),
    deliver_again: (2, "deliver_again"),
    tell: (8, "take_message tell"),
}
