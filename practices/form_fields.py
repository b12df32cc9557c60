"""Form fields that Django lacks: a day typed in three boxes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms


class DayBoxes(forms.MultiWidget):
    """Three boxes: day, month and year. The page draws them as the NHS.UK date input."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes = {name: forms.TextInput() for name in ("day", "month", "year")}
        super().__init__(boxes, attrs)

    def decompress(self, value: date | None) -> list[int | None]:
        """A date as its three numbers."""
        return [value.day, value.month, value.year] if value else [None, None, None]


class DayField(forms.MultiValueField):
    """A date; what is missing or impossible is said in one sentence."""

    def __init__(self, *, what: str = "the date", **options: Any) -> None:
        self.what = what
        boxes = [forms.CharField(required=False, strip=True) for _ in range(3)]
        options.setdefault("widget", DayBoxes)
        options.setdefault("error_messages", {"required": f"Enter {what}"})
        super().__init__(boxes, require_all_fields=False, **options)

    def compress(self, data_list: Sequence[str]) -> date | None:
        """The three boxes as a date."""
        if not any(data_list):
            return None
        named = zip(("day", "month", "year"), data_list, strict=True)
        missing = [name for name, typed in named if not typed]
        if missing:
            raise forms.ValidationError(
                f"{self.what.capitalize()} must include a {' and a '.join(missing)}"
            )
        if not all(typed.isascii() and typed.isdigit() for typed in data_list):
            raise forms.ValidationError(f"{self.what.capitalize()} must be written in numbers")
        day, month, year = (int(typed) for typed in data_list)
        try:
            return date(year, month, day)
        except ValueError as impossible:
            raise forms.ValidationError(
                f"{self.what.capitalize()} must be a real date"
            ) from impossible
