"""Tables people send as files: read well when they are CSV, refused in a sentence when not."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from practices.rules.refusals import BadInput

# England's largest public file of this kind is below 10 MB; a bomb is far above it.
MOST_BYTES = 100 * 1024 * 1024
# England's longest has 15,536 records; what is longer is not one of these files.
MOST_ROWS = 20_000
_GZIP = b"\x1f\x8b"
_BOM = "\ufeff"
_DELIMITERS = ",;\t"
# What makes a spreadsheet work a cell out instead of showing it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_OPEN_QUOTE = "unexpected end of data"
# What programs write before anything readable: zip and xlsx, PDF, old Excel.
_OTHER_FILES = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class Row:
    """One record and the line of the file it starts on, as a spreadsheet numbers it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was understood and yet left out, and why."""

    row: int
    code: str
    why: str


def unpacked(data: bytes) -> bytes:
    """The bytes of the file itself, out of gzip where it came so; a bomb stops at the limit."""
    if not data.startswith(_GZIP):
        _check_size(len(data))
        return data
    try:
        with gzip.open(io.BytesIO(data)) as packed:
            return _read_out(packed)
    except (EOFError, zlib.error, gzip.BadGzipFile) as broken:
        raise BadInput("The gzip file is cut short or damaged. Download it again") from broken


def _read_out(packed: gzip.GzipFile) -> bytes:
    """All that is packed, a little at a time: asked for at once, its room is taken at once."""
    found = bytearray()
    while part := packed.read(1024 * 1024):
        found += part
        _check_size(len(found))
    return bytes(found)


def read_table(data: bytes) -> list[Row]:
    """Every record with something in it; a byte-order mark and `;` or tab are no trouble."""
    text = _text(unpacked(data))
    rows = [row for row in _records(text) if any(row.cells)]
    if not rows:
        raise BadInput("The file is empty. Choose a file with at least one record")
    if len(rows) > MOST_ROWS + 1:
        raise BadInput(f"Limit is {MOST_ROWS:,} rows. Split the file")
    return rows


def plain_cell(text: str) -> str:
    """The cell for a file of ours: shown as it is by a spreadsheet, never worked out."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def by_column(rows: Sequence[Row], wanted: Sequence[str]) -> list[Row]:
    """The records below the header, their cells in the order of `wanted`, whatever the file's."""
    header = [cell.strip().casefold() for cell in rows[0].cells]
    places = [_place(header, name) for name in wanted]
    records = rows[1:]
    if not records:
        raise BadInput("The file has a header only. Choose a file with at least one record")
    return [_arranged(row, places, len(header)) for row in records]


def _arranged(row: Row, places: Sequence[int], width: int) -> Row:
    if len(row.cells) != width:
        raise BadInput(f"Row {row.number}: {len(row.cells)} columns, but the header has {width}")
    return Row(row.number, tuple(row.cells[place] for place in places))


def _place(header: Sequence[str], name: str) -> int:
    found = header.count(name.casefold())
    if found == 0:
        raise BadInput(f'The column "{name}" is missing')
    if found > 1:
        raise BadInput(f'The column "{name}" is there {found} times')
    return header.index(name.casefold())


def _check_size(size: int) -> None:
    if size > MOST_BYTES:
        raise BadInput(f"The file is larger than {MOST_BYTES // 1024 // 1024} MB")


def _text(data: bytes) -> str:
    if data.startswith(_OTHER_FILES) or b"\0" in data:
        raise BadInput("This is not a CSV file. Choose a CSV file, or save the sheet as CSV")
    try:
        return data.decode("utf-8").removeprefix(_BOM)
    except UnicodeDecodeError:
        # Older public files and Excel's plain "CSV" are Windows-1252.
        return data.decode("cp1252", errors="replace")


def _records(text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    starts = 1
    try:
        for cells in reader:
            yield Row(starts, tuple(cell.strip() for cell in cells))
            starts = reader.line_num + 1
    except csv.Error as broken:
        if str(broken) == _OPEN_QUOTE:
            raise BadInput(f"Row {starts}: quote not closed") from broken
        raise BadInput(f"Row {starts}: a quote stands inside a cell") from broken


def _delimiter(text: str) -> str:
    first = text.lstrip().partition("\n")[0]
    return max(_DELIMITERS, key=lambda mark: (first.count(mark), -_DELIMITERS.index(mark)))
