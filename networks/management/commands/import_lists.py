"""Load the published number of patients on each practice's list."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from networks.management.files import in_words, read_file, tell_left_out, write_report
from networks.rules.list_files import list_sizes_in
from practices.actions import set_list_sizes
from practices.clock import now
from practices.doors import perform
from practices.rules.reach import clockwork


class Command(BaseCommand):
    help = (
        "Import list sizes (Patients Registered at a GP Practice), plain or .gz. "
        "All or nothing; the same file again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--report", type=Path, metavar="CSV", help="every row left out, and why"
        )

    def handle(self, *args: object, file: Path, report: Path | None, **options: object) -> None:
        sizes, twice = read_file(file, list_sizes_in)
        self.stdout.write(f"Read {len(sizes):,} list sizes of {file.name}. Writing …")
        self.stdout.flush()
        done, unknown = perform(set_list_sizes, by=clockwork("import_lists"), at=now(), sizes=sizes)
        self.stdout.write(in_words("List sizes", done))
        if done.nothing:
            self.stdout.write("Every list size was already imported: nothing changed.")
        left_out = {file.name: [*twice, *unknown]}
        tell_left_out(self.stdout, left_out)
        if report:
            write_report(report, left_out)
