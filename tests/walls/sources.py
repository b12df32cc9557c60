"""The source files the wall tests read: all of ours, none that was generated or installed."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STREET = ("config", "networks", "triage", "appointments", "hubs", "practices")
FOLDERS = (*STREET, "tests")


@cache
def python_files() -> tuple[Path, ...]:
    """Every Python file we write by hand, `dev` included."""
    found = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    ours = [path for path in found if not {"migrations", "__pycache__"} & set(path.parts)]
    return (ROOT / "dev", ROOT / "manage.py", *ours)


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, node: ast.AST | None = None) -> str:
    """The file, and the line where there is one, as a person would look it up."""
    line = f":{node.lineno}" if isinstance(node, ast.stmt | ast.expr | ast.excepthandler) else ""
    return f"{path.relative_to(ROOT)}{line}"


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of the file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def templates() -> list[Path]:
    """Every page and part of a page."""
    return sorted((ROOT / "templates").rglob("*.html"))
