"""Writes a house's downtime pack to a folder, for a machine that keeps it for the worst."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from networks.tasks.downtime import draw
from practices.clock import now
from practices.doors import opened
from practices.rules.reach import clockwork
from triage.presenters.paper_pages import file_name
from triage.queries.paper_pack import house_by_code, pack_facts

READER = clockwork("downtime_pack")


class Command(BaseCommand):
    help = (
        "Write the downtime pack of a practice or hub, as of now, to a folder. It names patients:"
        " only the house's own team may read the folder."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organisation", required=True, metavar="CODE")
        parser.add_argument("--to", required=True, type=Path, metavar="DIR")

    def handle(self, *args: object, organisation: str, to: Path, **options: object) -> None:
        at = now()
        if not to.is_dir():
            raise CommandError(f"{to}: there is no such folder")
        with opened(READER.reach, at=at):
            house = house_by_code(organisation, at=at)
            facts = pack_facts(house, at=at) if house else None
        if facts is None:
            raise CommandError(f"{organisation}: there is no practice or hub of this code")
        path = to / file_name(facts.house.code, at)
        path.touch(mode=0o600)
        path.write_text(draw(facts), encoding="utf-8")
        self.stdout.write(f"{facts.house.name}: {path}")
