"""Phone numbers: any that can be called, and those a text message may go to."""

from __future__ import annotations

import unicodedata

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult

from practices.rules.refusals import BadInput

HOME = "GB"
UK = 44
FIELD = "phone"
_MOBILE_DIGITS = 10
EXTENSION = "extension "
_EXTENSION_DIGITS = (3, 4)
# Ofcom keeps these for drama: nobody has them, so training data may use them.
_DRAMA_MOBILE = "7700900"
_LIKE_A_MOBILE = "7"
_ABROAD = "Text messages can only go to UK mobiles. Call or use email"
_MOBILE_WORDS = "Enter a UK mobile number, like 07700 900 982"


def parse_phone(text: str, *, training: bool) -> str:
    """The number in E.164, home or abroad, or `BadInput` with the sentence to show."""
    number = _read(text)
    if number is None or not _is_real(number, training=training):
        if number is not None and _looks_mobile(number):
            raise BadInput(_MOBILE_WORDS, field=FIELD)
        words = "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192"
        raise BadInput(words, field=FIELD)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def parse_mobile(text: str, *, training: bool) -> str:
    """The UK mobile number in E.164 that a text may go to, or `BadInput`."""
    number = _read(text)
    if number is not None and number.country_code != UK:
        raise BadInput(_ABROAD, field=FIELD)
    if number is None or not _is_mobile(number, training=training):
        raise BadInput(_MOBILE_WORDS, field=FIELD)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def parse_callback(text: str, *, training: bool) -> str:
    """Where somebody is rung back now: a number in E.164, or "extension 123" in the house."""
    digits = "".join(letter for letter in unicodedata.normalize("NFKC", text) if letter.isdecimal())
    if len(digits) in _EXTENSION_DIGITS:
        return f"{EXTENSION}{digits}"
    try:
        return parse_phone(text, training=training)
    except BadInput:
        words = "Enter a UK phone number, like 07700 900 982, or an extension of 3 or 4 digits"
        raise BadInput(words, field=FIELD) from None


def why_no_text(phone: str, *, training: bool) -> str:
    """Why no text may go to the number; empty where one may (safety I29)."""
    if can_text(phone, training=training):
        return ""
    number = _read(phone)
    is_abroad = number is not None and number.country_code != UK
    return _ABROAD if is_abroad else "There is no mobile number to text"


def can_text(phone: str, *, training: bool) -> bool:
    """Whether a text may go to the number."""
    try:
        parse_mobile(phone, training=training)
    except BadInput:
        return False
    return True


def spoken(phone: str) -> str:
    """The number as people in the UK read it aloud: 07700 900123."""
    if phone.startswith(EXTENSION):
        return phone
    number = _read(phone)
    if number is None:
        return phone
    home = number.country_code == UK
    style = PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def dialled(phone: str) -> str:
    """The number as a phone dials it; empty for an extension in the house, or no number."""
    number = None if phone.startswith(EXTENSION) else _read(phone)
    return "" if number is None else phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _read(text: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(unicodedata.normalize("NFKC", text), HOME)
    except phonenumbers.NumberParseException:
        return None


def _is_real(number: PhoneNumber, *, training: bool) -> bool:
    reason = phonenumbers.is_possible_number_with_reason(number)
    if training and reason == ValidationResult.IS_POSSIBLE:
        # A British mobile has ten digits after the nought; one cut short is possible elsewhere.
        return not _looks_mobile(number) or len(str(number.national_number)) == _MOBILE_DIGITS
    return phonenumbers.is_valid_number(number)


def _looks_mobile(number: PhoneNumber) -> bool:
    """Whether it was meant as a mobile of the UK, right or not."""
    return number.country_code == UK and str(number.national_number).startswith(_LIKE_A_MOBILE)


def _is_mobile(number: PhoneNumber, *, training: bool) -> bool:
    digits = str(number.national_number)
    if training and digits.startswith(_DRAMA_MOBILE) and len(digits) == _MOBILE_DIGITS:
        return True
    return phonenumbers.number_type(number) == PhoneNumberType.MOBILE
