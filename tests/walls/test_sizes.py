"""Small files, short functions (law 8)."""

from tests.walls.sources import functions, place, python_files, templates

LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 300, 40, 120


def lines_of(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def test_files_are_short():
    long = {place(path): n for path in python_files() if (n := lines_of(path)) > LONGEST_FILE}

    assert long == {}


def test_functions_are_short():
    long = {
        place(path, function): size
        for path in python_files()
        for function in functions(path)
        if (size := function.end_lineno - function.lineno + 1) > LONGEST_FUNCTION
    }

    assert long == {}


def test_templates_are_short():
    long = {place(path): n for path in templates() if (n := lines_of(path)) > LONGEST_TEMPLATE}

    assert long == {}
