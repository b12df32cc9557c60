"""A module's name says what it is about (law 8)."""

from tests.walls.sources import place, python_files

FORBIDDEN = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "core",
    "manager",
    "managers",
    "misc",
    "handler",
    "handlers",
    "process",
    "shared",
    "lib",
}


def test_no_module_is_named_after_nothing():
    named = [place(p) for p in python_files() if {p.stem, p.parent.name} & FORBIDDEN]

    assert named == []
