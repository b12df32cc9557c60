"""A practice's shadow report in words: what its limits would have done while they were shown."""

from dataclasses import dataclass

from appointments.rules.shadow import Shadow
from networks.queries.shadow_days import ShadowDay, ShadowReport
from practices.presenters import day_words
from practices.rules.limits import LimitMode

HEAD = (
    "Day",
    "Bookings",
    "Would have been refused",
    "Urgent, past the limit with a reason",
    "Bookings a move was proposed for",
    "Accepted",
    "Left over when last counted",
)
NOW = {
    LimitMode.SHADOW: "Your limits are only shown. Nothing below was refused to anybody.",
    LimitMode.WARN: "Your limits warn. Nothing below was refused to anybody.",
    LimitMode.ENFORCE: "Your limits are enforced now; before that, nothing was refused.",
}


@dataclass(frozen=True, slots=True)
class ShadowPage:
    """All that the page shows."""

    now: str
    sentence: str
    doubts: tuple[str, ...]
    head: list[object]
    rows: list[list[object]]


def shadow_page(report: ShadowReport) -> ShadowPage:
    """The report, newest day first, with one sentence for all of it."""
    return ShadowPage(
        now=NOW[report.mode],
        sentence=_sentence(report),
        doubts=report.doubts,
        head=[HEAD[0], *({"text": words, "format": "numeric"} for words in HEAD[1:])],
        rows=[_row(day) for day in report.days],
    )


def _sentence(report: ShadowReport) -> str:
    if not report.days:
        return "Nothing is on record of the last four weeks yet."
    total = sum((day.shadow for day in report.days), Shadow())
    many = len(report.days)
    days = f"{many} day{'' if many == 1 else 's'}"
    if not total.refused and not total.passed:
        return f"In {days} no limit would have been in anybody’s way."
    return (
        f"In {days} an enforced limit would have refused {total.refused:,} of"
        f" {total.bookings:,} bookings and asked a reason for {total.passed:,} urgent"
        f" one{'' if total.passed == 1 else 's'}. Those refused would have been offered another"
        " clinician, the hub, or the waiting list: every request is still taken and owned."
    )


def _row(day: ShadowDay) -> list[object]:
    left = "Not counted" if day.left_over is None else str(day.left_over)
    shadow = day.shadow
    numbers = (shadow.bookings, shadow.refused, shadow.passed, day.proposed, day.accepted, left)
    return [day_words(day.day), *({"text": str(one), "format": "numeric"} for one in numbers)]
