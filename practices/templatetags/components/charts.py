"""Hourly bars as inline SVG, always with the table that says the same."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from practices.templatetags.components.boxes import details
from practices.templatetags.components.html import element, join
from practices.templatetags.components.tables import table

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 56, 8, 20, 40
# A line of words on a phone, where they are larger.
LINE = 29
# So many words stand side by side on a phone too.
FEW = 4
PATTERNS = ("a", "b", "c", "d")
"""Each series has its own pattern in the style sheet, so that grey print still tells them apart."""


@dataclass(frozen=True, slots=True)
class Plot:
    """The measures of one drawing."""

    columns: int
    top: float
    grouped: bool
    series: int

    @property
    def step(self) -> float:
        return (WIDTH - LEFT - RIGHT) / max(self.columns, 1)

    @property
    def bar(self) -> float:
        return self.step * 0.8 / (self.series if self.grouped else 1)

    def height(self, value: float) -> float:
        return round((HEIGHT - TOP - BOTTOM) * value / self.top, 1)

    def left(self, column: int, series: int) -> float:
        shift = self.bar * series if self.grouped else 0
        return round(LEFT + self.step * (column + 0.1) + shift, 1)


def hourly_chart(
    *,
    id: str,
    title: str,
    hours: Sequence[str],
    series: Sequence[Mapping[str, Any]],
    grouped: bool = False,
    hour_heading: str = "Hour",
    table_open: bool = False,
) -> SafeString:
    """Bars by hour and their table. `title` states the finding, not the axes.

    `series` are mappings with "name" and "values" (one for each hour). Stacked unless grouped.
    """
    values = [[float(value) for value in one["values"]] for one in series]
    if any(len(one) != len(hours) for one in values):
        raise ValueError("hourly_chart: every series has one value for each hour.")
    totals = [max(one) if grouped else sum(one) for one in zip(*values, strict=True)]
    plot = Plot(len(hours), nice_top(max(totals, default=1)), grouped, len(values))
    names = [str(one["name"]) for one in series]
    shapes = [*grid(plot), *bars(plot, values), *hour_words(plot, hours)]
    numbers = twin(title, hour_heading, names, hours, values)
    return element(
        "figure",
        {"class": "app-chart", "id": id},
        element("figcaption", {"class": "app-chart__title nhsuk-heading-s"}, title),
        legend(names),
        drawing(
            id,
            title,
            names,
            shapes,
            by=hour_heading.lower(),
            tall=HEIGHT + LINE * (most_lines(hours) - 1),
        ),
        details(summary="Show the numbers", open=table_open, text=numbers),
    )


def drawing(
    id: str,
    title: str,
    names: Sequence[str],
    shapes: Sequence[SafeString],
    *,
    by: str,
    tall: int = HEIGHT,
) -> SafeString:
    """The picture, with the words that stand for it where it is not seen."""
    says = f"Bars for {', '.join(names)}, by {by}. The table below has the numbers."
    own = {
        "class": "app-chart__drawing",
        "viewBox": f"0 0 {WIDTH} {tall}",
        "role": "img",
        "aria-labelledby": f"{id}-title {id}-desc",
        "focusable": "false",
    }
    return element(
        "svg",
        own,
        element("title", {"id": f"{id}-title"}, title),
        element("desc", {"id": f"{id}-desc"}, says),
        *shapes,
    )


def nice_top(highest: float) -> float:
    """The end of the scale: high enough, and its quarters are round numbers."""
    round_numbers = (
        first * 10**zeros for zeros in itertools.count() for first in (1.0, 1.5, 2.0, 2.5, 5.0)
    )
    return next(4 * one for one in round_numbers if one.is_integer() and 4 * one >= highest)


def grid(plot: Plot) -> list[SafeString]:
    """Five lines with their numbers."""
    lines = []
    for quarter in range(5):
        value = plot.top * quarter / 4
        y = round(HEIGHT - BOTTOM - plot.height(value), 1)
        lines.append(
            element(
                "line",
                {"class": "app-chart__line", "x1": LEFT, "x2": WIDTH - RIGHT, "y1": y, "y2": y},
            )
        )
        lines.append(
            element(
                "text",
                {"class": "app-chart__number", "x": LEFT - 6, "y": y + 5, "text-anchor": "end"},
                number(value),
            )
        )
    return lines


def number(value: float) -> str:
    """A number without a needless point."""
    return str(int(value)) if value == int(value) else f"{value:g}"


def bars(plot: Plot, values: list[list[float]]) -> list[SafeString]:
    """All bars, series by series; stacked ones stand on the one before."""
    floor = [0.0] * plot.columns
    drawn = []
    for index, one in enumerate(values):
        names = f"app-chart__bar app-chart__bar--{PATTERNS[index % len(PATTERNS)]}"
        for column, value in enumerate(one):
            tall = plot.height(value)
            drawn.append(
                element(
                    "rect",
                    {
                        "class": names,
                        "x": plot.left(column, index),
                        "width": round(plot.bar, 1),
                        "height": tall,
                        "y": round(HEIGHT - BOTTOM - floor[column] - tall, 1),
                    },
                )
            )
            floor[column] += 0 if plot.grouped else tall
    return drawn


def hour_words(plot: Plot, hours: Sequence[str]) -> list[SafeString]:
    """The hours below the bars; fewer where there are many, or on a phone."""
    every = 2 if plot.columns > 12 else 1
    on_phone = every * 3 if plot.columns > FEW else 1
    between = " app-chart__hour--between"
    return [
        element(
            "text",
            {
                "class": f"app-chart__hour{between if column % on_phone else ''}",
                "text-anchor": "middle",
                "x": round(LEFT + plot.step * (column + 0.5), 1),
                "y": HEIGHT - BOTTOM + 26,
            },
            *lines_of(words, at=round(LEFT + plot.step * (column + 0.5), 1)),
        )
        for column, words in enumerate(hours)
        if column % every == 0
    ]


def most_lines(hours: Sequence[str]) -> int:
    """How many lines the longest of the words below the bars takes."""
    return max((len(words.split()) for words in hours), default=1)


def lines_of(words: str, *, at: float) -> list[SafeString | str]:
    """A name has a line for each of its words, so that it stays below its own bars."""
    first, *others = words.split() or [""]
    return [first, *(element("tspan", {"x": at, "dy": "1.1em"}, f" {one}") for one in others)]


def legend(names: Sequence[str]) -> SafeString:
    """Which pattern is whose."""
    keys = [
        element(
            "li",
            {"class": "app-chart__key"},
            element(
                "svg",
                {
                    "viewBox": "0 0 16 16",
                    "width": 16,
                    "height": 16,
                    "aria-hidden": "true",
                    "focusable": "false",
                },
                element(
                    "rect",
                    {
                        "class": f"app-chart__bar app-chart__bar--{PATTERNS[i % 4]}",
                        "x": 1,
                        "y": 1,
                        "width": 14,
                        "height": 14,
                    },
                ),
            ),
            " ",
            name,
        )
        for i, name in enumerate(names)
    ]
    return element("ul", {"class": "app-chart__legend"}, *keys)


def twin(
    title: str,
    hour_heading: str,
    names: Sequence[str],
    hours: Sequence[str],
    values: list[list[float]],
) -> SafeString:
    """The same numbers as a table."""
    head = [hour_heading, *({"text": name, "format": "numeric"} for name in names)]
    rows = [[hour, *(number(one[column]) for one in values)] for column, hour in enumerate(hours)]
    return join(
        [
            table(
                caption={"text": title, "size": "s"},
                head=head,
                rows=rows,
                compact=True,
                first_cell_is_header=True,
            )
        ]
    )
