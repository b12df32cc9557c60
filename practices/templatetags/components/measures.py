"""Our own small signs: how urgent, how long, how full. Words and shapes first, colour last."""

from django.utils.safestring import SafeString

from practices.templatetags.components.boxes import tag
from practices.templatetags.components.html import NOTHING, class_names, element, join

PRIORITIES = {
    # What may not wait has a filled sign; the emptier the sign, the longer it may.
    "emergency": ("red", "▲▲"),
    "urgent": ("red", "▲"),
    "soon": ("orange", "◆"),
    "routine": ("blue", "●"),
    "none": ("grey", "○"),
}
TENSES = ("late", "soon", "later")
LEVELS = ("clear", "busy", "full", "over")
METER_WIDTH = 120


def priority_tag(*, text: str, level: str) -> SafeString:
    """A word, a shape and a colour; any two of them would do.

    `level` is "emergency", "urgent", "soon", "routine" or "none".
    """
    colour, shape = PRIORITIES[level]
    sign = element("span", {"class": "app-priority__shape", "aria-hidden": "true"}, shape)
    return tag(
        text=join([sign, " ", text]), colour=colour, classes=f"app-priority app-priority--{level}"
    )


def time_left(*, words: str, tense: str = "later", at: str | None = None) -> SafeString:
    """How long is left, in words; `tense` is "late", "soon" or "later", `at` an ISO instant."""
    if tense not in TENSES:
        raise ValueError(f"time_left: tense is one of {', '.join(TENSES)}.")
    name = class_names("app-time-left", f"app-time-left--{tense}")
    return element("time" if at else "span", {"class": name, "datetime": at}, words)


def meter(
    *, used: float, limit: float, text: str, label: str, level: str, reserved: float = 0
) -> SafeString:
    """A bar that shows how full somebody is; its words say it all without the bar.

    `level` is "clear", "busy", "full" or "over": it changes the pattern, not only the colour.
    `reserved` is the part of `used` that is held but not yet booked.
    """
    if level not in LEVELS:
        raise ValueError(f"meter: level is one of {', '.join(LEVELS)}.")
    scale = METER_WIDTH / max(limit, used, 1)
    firm = round((used - reserved) * scale, 1)
    held = round(reserved * scale, 1)
    mark = round(limit * scale, 1)
    bars = [
        rectangle("app-meter__track", 0, METER_WIDTH),
        rectangle("app-meter__used", 0, firm),
        rectangle("app-meter__held", firm, held) if held else NOTHING,
        element("line", {"class": "app-meter__limit", "x1": mark, "x2": mark, "y1": 0, "y2": 16}),
    ]
    return element(
        "div",
        {"class": f"app-meter app-meter--{level}"},
        element("span", {"class": "app-meter__label"}, label),
        " ",
        bar_of(bars),
        " ",
        element("span", {"class": "app-meter__words"}, text),
    )


def bar_of(bars: list[SafeString]) -> SafeString:
    """The bar itself, which only repeats its words."""
    own = {
        "class": "app-meter__bar",
        "viewBox": f"0 0 {METER_WIDTH} 16",
        "width": METER_WIDTH,
        "height": 16,
        "focusable": "false",
        "aria-hidden": "true",
    }
    return element("svg", own, *bars)


def rectangle(name: str, x: float, width: float) -> SafeString:
    """One part of the bar."""
    return element("rect", {"class": name, "x": x, "y": 2, "width": width, "height": 12})
