"""What import commands have in common: reading a file, and telling what was left out."""

import csv
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from django.core.management.base import CommandError, OutputWrapper

from practices.rules.practice_facts import Changes
from practices.rules.refusals import BadInput
from practices.rules.tables import MOST_BYTES, Problem, plain_cell

R = TypeVar("R")
SHOWN = 10


def read_file(path: Path, read: Callable[[bytes], R]) -> R:
    """What `read` makes of the file; trouble names the file and, where it is in one, the row."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CommandError(f"{path.name}: the file is larger than {MOST_BYTES // 2**20} MB")
        data = path.read_bytes()
    except FileNotFoundError:
        raise CommandError(f"{path}: there is no such file") from None
    except OSError as trouble:
        raise CommandError(f"{path}: {trouble.strerror}") from trouble
    try:
        return read(data)
    except BadInput as trouble:
        raise CommandError(f"{path.name}: {trouble}. Nothing was imported.") from trouble


def in_words(name: str, done: Changes) -> str:
    """One line: what happened to one kind of row."""
    counts = (
        (done.added, "added"),
        (done.changed, "changed"),
        (done.removed, "removed"),
        (done.unchanged, "unchanged"),
    )
    told = [f"{count:,} {verb}" for count, verb in counts if count]
    return f"{name}: {', '.join(told) or 'none'}"


def tell_left_out(out: OutputWrapper, left_out: Mapping[str, Sequence[Problem]]) -> None:
    """Every reason with its count, and the rows themselves where they are few."""
    for name, problems in left_out.items():
        if not problems:
            continue
        out.write(f"{name}: {len(problems):,} rows left out or mended:")
        for why, count in Counter(problem.why for problem in problems).most_common():
            rows = [f"{p.code} (row {p.row})" for p in problems if p.why == why]
            told = ", ".join(rows) if count <= SHOWN else f"{count:,} rows"
            out.write(f"  {why}: {told}")


def write_report(path: Path, left_out: Mapping[str, Sequence[Problem]]) -> None:
    """Every row that was left out or mended is in the CSV file, with the reason."""
    try:
        with path.open("w", newline="", encoding="utf-8") as file:
            report = csv.writer(file)
            report.writerow(["file", "row", "code", "why"])
            for name, problems in left_out.items():
                report.writerows(
                    [plain_cell(name), p.row, plain_cell(p.code), plain_cell(p.why)]
                    for p in problems
                )
    except OSError as trouble:
        raise CommandError(f"The report {path}: {trouble.strerror}") from trouble
