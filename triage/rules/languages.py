"""In which language somebody interprets: asked first, and kept before who does it."""

from __future__ import annotations

# What is asked for most in England's general practice; anything else is typed.
LANGUAGES = (
    "Albanian",
    "Arabic",
    "Bengali",
    "British Sign Language",
    "Bulgarian",
    "Cantonese",
    "Dari",
    "Farsi",
    "Gujarati",
    "Hindi",
    "Hungarian",
    "Italian",
    "Kurdish",
    "Lithuanian",
    "Mandarin",
    "Nepali",
    "Pashto",
    "Polish",
    "Portuguese",
    "Punjabi",
    "Romanian",
    "Russian",
    "Slovak",
    "Somali",
    "Spanish",
    "Tamil",
    "Tigrinya",
    "Turkish",
    "Ukrainian",
    "Urdu",
    "Vietnamese",
)
_AFTER = ": "


def with_language(language: str, words: str) -> str:
    """ "Polish: Big Word, 4471"; nobody is booked where nobody is named."""
    return _AFTER.join(filter(None, [language, words])) if words else ""


def taken_apart(booked: str) -> tuple[str, str]:
    """The language, where one was said, and who interprets."""
    language, found, words = booked.partition(_AFTER)
    is_one = found and words and all(one.isalpha() or one in " -’'()" for one in language)
    return (language, words) if is_one else ("", booked)


def language_in(text: str) -> str:
    """A language that is named in what is known of the patient; empty where none is."""
    said = text.casefold()
    return next((one for one in LANGUAGES if one.casefold() in said), "")
