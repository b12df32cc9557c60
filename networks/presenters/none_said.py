"""The answers to the red-flag card in words: a sentence, a picture and its table."""

from dataclasses import dataclass

from networks.actions.none_said import Answers
from networks.rules.none_said import Counts, summed
from networks.rules.usual_range import Part, Usual, usual_ranges
from practices.presenters import date_words

NUMBERS = ("Asked", "None said", "None said, in 100", "Later raised to P0, P1 or P2")
USUAL = "Usual, in 100"


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
    title: str


def answers_page(found: Answers) -> AnswersPage:
    """The report, oldest week first; without any case it says so."""
    names = [date_words(monday) for monday in found.mondays]
    usual = _usual(found) if found.is_own else ()
    return AnswersPage(
        sentence=_sentence(found),
        note=_note(found),
        week_head=_head("Week from", *([USUAL] if usual else [])),
        weeks=[
            [*_row(name, one), *_usual_cell(place, usual)]
            for place, (name, one) in enumerate(zip(names, found.weeks, strict=True))
        ],
        practice_head=_head("Practice"),
        practices=[_row(name, one) for name, one in found.practices.items()],
        mondays=[f"{monday.day} {monday:%b}" for monday in found.mondays],
        series=_series(found) if any(usual) else [],
        title=_title(names, usual),
    )


def _usual(found: Answers) -> tuple[Usual | None, ...]:
    """What chance alone makes of each of our weeks."""
    return usual_ranges(
        [Part(one.none_said.count or 0, one.asked.count or 0) for one in found.weeks]
    )


def _usual_cell(place: int, usual: tuple[Usual | None, ...]) -> list[object]:
    if not usual:
        return []
    one = usual[place]
    return [{"text": f"{one.lowest} to {one.highest}" if one else "–", "format": "numeric"}]


def _title(names: list[str], usual: tuple[Usual | None, ...]) -> str:
    """The finding: which weeks stand out."""
    known = [(name, one) for name, one in zip(names, usual, strict=False) if one]
    sides = [
        f"{how} often than usual in the week from {' and '.join(weeks)}"
        for beyond, how in ((1, "more"), (-1, "less"))
        if (weeks := [name for name, one in known if one.beyond == beyond])
    ]
    if sides:
        return f"None was said {', and '.join(sides)}"
    return "No week stands out: none was said as often as chance makes likely"


def _head(first: str, *more: str) -> list[object]:
    return [first, *({"text": words, "format": "numeric"} for words in (*NUMBERS, *more))]


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
        return (
            "These are our own requests. Nobody who asked the questions is counted by name."
            " Usual is what chance alone makes of the average of these weeks, at three sigma: a"
            " week within it needs no explanation."
        )
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
