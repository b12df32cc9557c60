"""Form fields that Django lacks: a day in three boxes, a time of day, an email that may be left."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms

from practices.rules.refusals import BadInput
from practices.rules.wall_times import NOT_UNDERSTOOD, WallTime, instant_of, read_wall_time


class DayBoxes(forms.MultiWidget):
    """Three boxes: day, month and year. The page draws them as the NHS.UK date input."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes = {name: forms.TextInput() for name in ("day", "month", "year")}
        super().__init__(boxes, attrs)

    def decompress(self, value: date | None) -> list[int | None]:
        """A date as its three numbers."""
        return [value.day, value.month, value.year] if value else [None, None, None]


class DayField(forms.MultiValueField):
    """A date; what is missing or impossible is said in one sentence.

    `called` names it where it is no real date: on a form with one date the label says the rest.
    """

    def __init__(self, *, what: str = "the date", called: str = "", **options: Any) -> None:
        self.what, self.called = what, called
        boxes = [forms.CharField(required=False, strip=True) for _ in range(3)]
        options.setdefault("widget", DayBoxes)
        options.setdefault("error_messages", {"required": f"Enter {what}"})
        super().__init__(boxes, require_all_fields=False, **options)

    def compress(self, data_list: Sequence[str]) -> date | None:
        """The three boxes as a date."""
        if not any(data_list):
            return None
        said = self.what[:1].upper() + self.what[1:]
        named = zip(("day", "month", "year"), data_list, strict=True)
        missing = [name for name, typed in named if not typed]
        if missing:
            raise forms.ValidationError(f"{said} must include a {' and a '.join(missing)}")
        if not all(typed.isascii() and typed.isdigit() for typed in data_list):
            raise forms.ValidationError(f"{said} must be written in numbers")
        if len(data_list[2]) != 4:
            raise forms.ValidationError("Year must include 4 numbers")
        try:
            day, month, year = (int(typed) for typed in data_list)
            return date(year, month, day)
        except (ValueError, OverflowError) as impossible:
            unreal = f"{self.called or said} must be a real date"
            raise forms.ValidationError(unreal) from impossible


class TimeField(forms.CharField):
    """A time of day, as people write it: 1:30pm, 1.30, 13:30, 1330, midday."""

    def __init__(self, *, like: str = "1:30pm", **options: Any) -> None:
        options.setdefault("help_text", f"For example, {like}")
        box = {"width": "5", "autocomplete": "off", "spellcheck": "false"}
        said = {"required": NOT_UNDERSTOOD, "invalid": NOT_UNDERSTOOD}
        options["error_messages"] = said | options.get("error_messages", {})
        super().__init__(widget=forms.TextInput(attrs=box), **options)

    def clean(self, value: Any) -> WallTime | None:
        """The time on the wall; None where none was asked for and none is typed."""
        typed = super().clean(value)
        try:
            return read_wall_time(typed) if typed else None
        except BadInput as refusal:
            raise forms.ValidationError(self.error_messages["invalid"]) from refusal


def moment(day: date, typed: WallTime) -> datetime:
    """The instant of a typed time; on the days the clocks change, not every time is one."""
    try:
        return instant_of(day, typed.wall, turn=typed.turn)
    except BadInput as refusal:
        raise forms.ValidationError(refusal.text) from refusal


def too_long(what: str = "") -> str:
    """The sentence where too much is typed: how much may be, and how much it is; nothing is cut."""
    must = f"{what} must be" if what else "Write"
    return f"{must} %(limit_value)d characters or fewer. You entered %(show_value)d"


EMAIL_USE = "Used, as they agreed, where no text can go or one fails"


def email_field(label: str, help_text: str) -> forms.EmailField:
    """An address that may be left empty."""
    return forms.EmailField(
        label=label,
        required=False,
        max_length=254,
        help_text=help_text,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "invalid": "Enter an email address in the correct format, like name@example.com",
            "max_length": too_long("Email address"),
        },
    )
