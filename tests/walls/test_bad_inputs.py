"""Every bad input of the design (safety.md, section 5) is named by the test that proves it."""

import re
from pathlib import Path

from tests.walls.sources import ROOT

NUMBERS = (
    *(1, 2, 3, 4, 7, 8, 11, 12, 13, 15, 17, 18, 21, 22, 23, 25, 27, 28, 29, 31, 32, 33, 34, 35, 37),
    *(38, 40, 42, 43, 45, 47, 48, 49, 50, 53, 54, 56, 57, 59, 60, 61, 63, 64, 65, 66, 67, 68, 69),
    *(70, 72, 73, 74, 76, 79, 80, 81, 82, 84, 86, 87, 88, 89, 90, 92, 93, 94),
)
LISTED = frozenset(f"I{number:02}" for number in NUMBERS)
# What nobody can type in, because there is no such door.
NO_DOOR = {
    "I82": "headers that only the FHIR booking interface asks for",
    "I84": "a FHIR message",
}
NAMED = re.compile(r"(?<![A-Za-z0-9])[Ii]([0-9]{2})(?![0-9])")


def unnamed(source: str) -> set[str]:
    """Those of the list that the source does not name."""
    return {*LISTED} - {f"I{number}" for number in NAMED.findall(source)}


def test_each_bad_input_is_named_where_it_is_proved():
    here = Path(__file__)
    sources = (one for one in (ROOT / "tests").rglob("*.py") if one != here)

    assert unnamed("\n".join(one.read_text() for one in sources)) == set(NO_DOOR)


def test_control_one_that_is_named_nowhere_is_found():
    rest = " ".join(LISTED - {"I07"}) + " test_i070 xI07"

    assert unnamed(rest) == {"I07"}
