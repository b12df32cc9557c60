"""The patient's own words: what they must be before anything is made of them."""

from practices.rules.refusals import Refused

LONGEST_WORDS = 500


def check_words(words: str, *, is_asked: bool, is_flagged: bool = False) -> None:
    """The patient's own words: at least a letter where asked, at most 500 characters.

    Nothing is asked of them beside a red flag: nothing may stand between a flag and its help.
    """
    if is_flagged:
        return
    if is_asked and not any(letter.isalnum() for letter in words):
        raise Refused("Describe the problem", code="required", field="words")
    if len(words) > LONGEST_WORDS:
        raise Refused(
            f"The problem must be {LONGEST_WORDS} characters or fewer. You entered {len(words)}",
            code="too_long",
            field="words",
        )
