"""Who interprets at an appointment."""

from typing import Any, Self

from django import forms

from practices.form_fields import too_long
from triage.forms.once import Once
from triage.forms.reception import Words
from triage.rules.languages import LANGUAGES, taken_apart, with_language

LONGEST, LONGEST_LANGUAGE = 100, 30
OTHER = "other"


class InterpreterForm(Once):
    """A name and reference, or the telephone line; emptied, nobody is booked any more.

    `version` is the appointment as the person had it before them.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    language = forms.ChoiceField(
        label="Language",
        required=False,
        choices=[("", "Choose one"), *[(one, one) for one in LANGUAGES], (OTHER, "Another")],
        error_messages={"invalid_choice": "Choose a language, or “Another”"},
    )
    other_language = Words(
        label="Which language, if it is another",
        required=False,
        max_length=LONGEST_LANGUAGE,
        widget=forms.TextInput(attrs={"autocomplete": "off", "width": "20"}),
        error_messages={"max_length": too_long("The language")},
    )
    words = Words(
        label="Interpreter booked",
        help_text="Name and reference, or the telephone line. Leave empty if nobody is booked",
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": too_long("Interpreter booked")},
    )

    @staticmethod
    def starting(booked: str, known: str) -> dict[str, str]:
        """What the form starts with: what is booked, else the language that is known."""
        language, words = taken_apart(booked)
        language = language or known
        listed = language in LANGUAGES
        return {
            "language": language if listed or not language else OTHER,
            "other_language": "" if listed else language,
            "words": words,
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.errors:
            return said
        if said["language"] == OTHER and not said["other_language"]:
            self.add_error("other_language", "Enter which language")
        elif len(self.booked()) > LONGEST:
            most = LONGEST - len(self.booked()) + len(said["words"])
            self.add_error("words", f"Write {most} characters or fewer beside the language")
        return said

    def booked(self) -> str:
        """The language and who interprets, as one line."""
        said = self.cleaned_data
        language = said["other_language"] if said["language"] == OTHER else said["language"]
        return with_language(language or said["other_language"], said["words"])

    def at_version(self, version: int) -> Self:
        """The same words, to be sent again about the appointment as it is now."""
        self.data = self.data.copy()
        self.data["version"] = str(version)
        return self
