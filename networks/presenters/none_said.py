"""The answers to the red-flag card in words: a sentence, a picture and its table."""

from dataclasses import dataclass

from networks.actions.none_said import Answers
from networks.rules.none_said import Counts, summed
from practices.presenters import date_words

NUMBERS = ("Asked", "None said", "None said, in 100", "Later raised to P0, P1 or P2")


@dataclass(frozen=True, slots=True)
class AnswersPage:
    """All that the page shows; `series` only where no number is hidden."""

    sentence: str
    note: str
    week_head: list[object]
    weeks: list[list[object]]
    practice_head: list[object]
    practices: list[list[object]]
    mondays: list[str]
    series: list[dict[str, object]]


def answers_page(found: Answers) -> AnswersPage:
    """The report, oldest week first; without any case it says so."""
    names = [date_words(monday) for monday in found.mondays]
    return AnswersPage(
        sentence=_sentence(found),
        note=_note(found),
        week_head=_head("Week from"),
        weeks=[_row(name, one) for name, one in zip(names, found.weeks, strict=True)],
        practice_head=_head("Practice"),
        practices=[_row(name, one) for name, one in found.practices.items()],
        mondays=[f"{monday.day} {monday:%b}" for monday in found.mondays],
        series=_series(found) if found.is_own else [],
    )


def _head(first: str) -> list[object]:
    return [first, *({"text": words, "format": "numeric"} for words in NUMBERS)]


def _row(name: str, one: Counts) -> list[object]:
    rate = "–" if one.none_percent is None else str(one.none_percent)
    cells = (str(one.asked), str(one.none_said), rate, str(one.raised))
    return [name, *({"text": text, "format": "numeric"} for text in cells)]


def _sentence(found: Answers) -> str:
    every = summed(found.weeks)
    who = "Our practice" if found.is_own else "The network’s practices"
    if every.asked.count == 0:
        return f"{who} asked nobody the red-flag questions in the last eight weeks."
    rate = "" if every.none_percent is None else f" ({every.none_percent} in 100)"
    return (
        f"In eight weeks {_many(str(every.asked))} asked the red-flag questions, and with"
        f" {every.none_said}{rate} none was said. A clinician later raised {every.raised} of"
        " those to P0, P1 or P2."
    )


def _many(count: str) -> str:
    return "1 request was" if count == "1" else f"{count} requests were"


def _note(found: Answers) -> str:
    if found.is_own:
        return "These are our own requests. Nobody who asked the questions is counted by name."
    return (
        "Counts of 1 to 7 are shown as *, others to the nearest 5; sums are made of what is shown."
        " Nobody who asked the questions is counted by name."
    )


def _series(found: Answers) -> list[dict[str, object]]:
    return [
        {"name": "Asked", "values": [one.asked.count or 0 for one in found.weeks]},
        {"name": "None said", "values": [one.none_said.count or 0 for one in found.weeks]},
        {"name": "Later raised", "values": [one.raised.count or 0 for one in found.weeks]},
    ]
