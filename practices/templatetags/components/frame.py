"""What stands round every field of a form: its label, its hint, its error."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from practices.templatetags.components.html import (
    EMPTY,
    NOTHING,
    Part,
    class_names,
    element,
    has_words,
    join,
    part,
)
from practices.templatetags.components.text import error_message, fieldset, hint, label


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands round every field: label, hint, error and the group that holds them."""

    id: str
    label: Part = None
    hint: Part = None
    error: Part | bool = None
    group: Mapping[str, Any] = field(default_factory=dict)
    described_by: str = ""

    @property
    def has_error(self) -> bool:
        """Whether the field is wrong, with or without words of its own."""
        return self.error is True or (not isinstance(self.error, bool) and has_words(self.error))

    @property
    def hint_arguments(self) -> dict[str, Any]:
        return {"id": f"{self.id}-hint", **part(self.hint)} if has_words(self.hint) else {}

    @property
    def error_arguments(self) -> dict[str, Any]:
        if isinstance(self.error, bool) or not has_words(self.error):
            return {}
        return {"id": f"{self.id}-error", **part(self.error)}

    @property
    def describes(self) -> str | None:
        """The ids that describe the field, in reading order."""
        ids = (self.described_by, self.hint_arguments.get("id"), self.error_arguments.get("id"))
        return " ".join(one for one in ids if one) or None

    def messages(self) -> SafeString:
        """The hint and the error, where there are any."""
        return join(
            [
                hint(**self.hint_arguments) if self.hint_arguments else NOTHING,
                error_message(**self.error_arguments) if self.error_arguments else NOTHING,
            ]
        )

    def around(self, *inner: str, wrong: bool = False) -> SafeString:
        """The whole group."""
        error = "nhsuk-form-group--error" if self.has_error or wrong else ""
        names = class_names("nhsuk-form-group", error, self.group.get("classes", ""))
        return element("div", {"class": names, **self.group.get("attributes", {})}, *inner)

    def around_labelled(self, *inner: str) -> SafeString:
        """The whole group of a field with a label of its own."""
        return self.around(self.labelled(), self.messages(), *inner)

    def labelled(self) -> SafeString:
        """The label, tied to the field."""
        return label(**{"for_": self.id, **part(self.label)})

    def beside(self, place: str) -> str:
        """What the group puts before or after the field."""
        return part(self.group.get(place)).get("text", "")

    def asking(self, question: Mapping[str, Any], inner: str, *, role: str = "") -> SafeString:
        """The hint, the error and the controls, in a fieldset where a question is asked."""
        whole = join([self.messages(), inner])
        if not question:
            return whole
        asked = {key: one for key, one in question.items() if key != "described_by"}
        usual = {"role": role} if role else EMPTY
        return fieldset(text=whole, described_by=self.describes or "", **{**usual, **asked})
