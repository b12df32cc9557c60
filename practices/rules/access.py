"""What a patient needs in order to use an appointment at all (reasonable adjustments)."""

from __future__ import annotations

from collections.abc import Iterable

from practices.rules.code import Code


class AccessNeed(Code):
    """Recorded once, shared with whoever sees the patient, met at every slot."""

    STEP_FREE = "step_free", "Step-free access"
    INTERPRETER = "interpreter", "Interpreter"
    BSL = "bsl", "British Sign Language"
    LARGE_PRINT = "large_print", "Large print"
    EASY_READ = "easy_read", "Easy read"
    DOUBLE_TIME = "double_time", "Double time"
    QUIET_SPACE = "quiet_space", "Quiet space"
    CHAPERONE = "chaperone", "Chaperone"
    CARER_PRESENT = "carer_present", "Carer present"
    NO_TEXT = "no_text", "No text messages"
    HOME_ONLY = "home_only", "Seen at home only"


# What has been arranged with a slot and a move would break (domain section 2, H9).
ARRANGED: frozenset[AccessNeed] = frozenset(
    {
        AccessNeed.INTERPRETER,
        AccessNeed.BSL,
        AccessNeed.CHAPERONE,
        AccessNeed.CARER_PRESENT,
        AccessNeed.HOME_ONLY,
    }
)

# Somebody books a person, or a line, to interpret.
INTERPRETED: frozenset[AccessNeed] = frozenset({AccessNeed.INTERPRETER, AccessNeed.BSL})

# What the place itself must offer; the rest is met by how staff write and speak.
PLACE_NEEDS: frozenset[AccessNeed] = frozenset(
    {AccessNeed.STEP_FREE, AccessNeed.QUIET_SPACE, AccessNeed.HOME_ONLY}
)

# An interpreted contact takes double length.
LONGER: frozenset[AccessNeed] = frozenset(
    {AccessNeed.DOUBLE_TIME, AccessNeed.INTERPRETER, AccessNeed.BSL}
)


def takes_two(needs: Iterable[str]) -> bool:
    """Whether an appointment for these needs is two slots, one right after the other."""
    return not LONGER.isdisjoint(needs)


def asks_interpreter(needs: Iterable[str]) -> str:
    """What has to be booked with an appointment for these needs; blank where nothing has."""
    found = [need.label for need in AccessNeed if need in INTERPRETED.intersection(needs)]
    return " and ".join(found)


def unmet(wanted: frozenset[AccessNeed], offered: frozenset[AccessNeed]) -> list[AccessNeed]:
    """The needs of place that a site does not meet, in the order of the list."""
    missing = wanted & PLACE_NEEDS - offered
    return [need for need in AccessNeed if need in missing] if missing else []
