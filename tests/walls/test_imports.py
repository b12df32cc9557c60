"""Imports stand at the top of the file, and `dev` needs nothing but Python."""

import ast
import sys
import tomllib

from tests.walls.sources import ROOT, functions, place, python_files, tree


def imported(node):
    """The modules an import statement names."""
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names]


def imports_in(parent):
    return [node for node in ast.walk(parent) if isinstance(node, ast.Import | ast.ImportFrom)]


def test_no_import_is_deferred():
    deferred = {
        place(path, node)
        for path in python_files()
        for function in functions(path)
        for node in imports_in(function)
    }

    assert deferred == set()


def test_dev_uses_the_standard_library_alone():
    allowed = sys.stdlib_module_names | {"config"}
    files = [ROOT / "dev", *sorted((ROOT / "config" / "dev").glob("*.py"))]
    foreign = [
        f"{place(path, node)} {module}"
        for path in files
        for node in imports_in(tree(path))
        for module in imported(node)
        if module.split(".")[0] not in allowed
        or (module.startswith("config") and not module.startswith("config.dev"))
    ]

    assert foreign == []


def test_dev_parses_on_an_old_python():
    too_new = (
        ast.JoinedStr,
        ast.AnnAssign,
        ast.NamedExpr,
        ast.AsyncFunctionDef,
        ast.Nonlocal,
        ast.Starred,
        ast.Match,
    )
    tree_of_dev = tree(ROOT / "dev")
    annotated = [f for f in functions(ROOT / "dev") if f.returns or f.args.kwonlyargs]

    assert [place(ROOT / "dev", n) for n in ast.walk(tree_of_dev) if isinstance(n, too_new)] == []
    assert annotated == []


def test_import_contracts_have_no_exception():
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    excused = [c["id"] for c in linter["contracts"] if "ignore_imports" in c]

    assert excused == []
    assert [c["id"] for c in linter["contracts"]] == [
        "street",
        "floors",
        "pure",
        "cellar",
        "settings",
    ]
