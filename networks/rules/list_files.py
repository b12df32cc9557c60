"""The public file of registered patients at each practice, read into list sizes."""

from __future__ import annotations

from datetime import date

from networks.rules.ods_files import read_code
from practices.rules.practice_facts import ListSize
from practices.rules.refusals import BadInput
from practices.rules.tables import Problem, Row, by_column, read_table

COLUMNS = ("EXTRACT_DATE", "CODE", "SEX", "AGE", "NUMBER_OF_PATIENTS")
WHOLE_LIST = ("ALL", "ALL")
# The largest list in England is below 150,000.
MOST_PATIENTS = 1_000_000


def list_sizes_in(data: bytes) -> tuple[list[ListSize], list[Problem]]:
    """The size of each whole list of the file; rows of one sex or age alone are passed over."""
    kept: dict[str, ListSize] = {}
    problems = []
    for row in by_column(read_table(data), COLUMNS):
        if row.cells[2:4] != WHOLE_LIST:
            continue
        size = _list_size(row)
        if size.code in kept:
            why = f"The practice is already in row {kept[size.code].row}: left out"
            problems.append(Problem(size.row, size.code, why))
        else:
            kept[size.code] = size
    if not kept:
        raise BadInput("No row is of a whole list (SEX and AGE both ALL)")
    return list(kept.values()), problems


def _list_size(row: Row) -> ListSize:
    extracted, code, _, _, patients = row.cells
    if not (patients.isascii() and patients.isdigit() and int(patients[:8]) <= MOST_PATIENTS):
        words = f'Row {row.number}: NUMBER_OF_PATIENTS "{patients[:20]}" is not a number of people'
        raise BadInput(words)
    return ListSize(
        row=row.number,
        code=read_code(code, row=row.number, column="CODE"),
        patients=int(patients),
        on=_day(extracted, row.number),
    )


def _day(text: str, row: int) -> date:
    """The day of the extract, as NHS England writes it: 2025-10-01 or 01OCT2025."""
    months = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
    try:
        if text[2:5].upper() in months:
            return date(int(text[5:]), months.index(text[2:5].upper()) + 1, int(text[:2]))
        return date.fromisoformat(text)
    except ValueError:
        words = f'Row {row}: EXTRACT_DATE "{text[:20]}" is not a date like 2025-10-01'
        raise BadInput(words) from None
