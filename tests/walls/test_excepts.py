"""An error we did not expect is not swallowed (law 8)."""

import ast

from tests.walls.sources import place, python_files, tree

BROAD = {"Exception", "BaseException"}
# What a piece of outbox work raises becomes a row to try again, and never stops the sweep.
BOUNDARIES = {"practices/tasks.py"}


def names_caught(handler):
    """The classes an except clause names; a bare one catches everything."""
    if handler.type is None:
        return BROAD
    parts = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return {ast.unparse(part).rpartition(".")[2] for part in parts}


def test_broad_excepts_stand_at_named_boundaries_only():
    broad = [
        place(path, node)
        for path in python_files()
        if place(path) not in BOUNDARIES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and names_caught(node) & BROAD
    ]

    assert broad == []
