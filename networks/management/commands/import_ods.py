"""Load England's practices, networks and dated memberships from the public files."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from networks.actions import Imported, import_ods
from networks.management.files import in_words, read_file, tell_left_out, write_report
from networks.rules.ods_files import members_in, networks_in, practices_in
from practices.clock import now
from practices.doors import perform
from practices.rules.reach import clockwork


class Command(BaseCommand):
    help = (
        "Import practices (epraccur), PCN details and PCN partners, plain or .gz. "
        "All or nothing; the same files again change nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--practices", type=Path, required=True, metavar="EPRACCUR")
        parser.add_argument("--pcn-details", type=Path, required=True, metavar="FILE")
        parser.add_argument("--pcn-partners", type=Path, required=True, metavar="FILE")
        parser.add_argument(
            "--report", type=Path, metavar="CSV", help="every row left out, and why"
        )

    def handle(
        self,
        *args: object,
        practices: Path,
        pcn_details: Path,
        pcn_partners: Path,
        report: Path | None,
        **options: object,
    ) -> None:
        practice_facts, not_practices = read_file(practices, practices_in)
        self._tell(f"Read {len(practice_facts):,} practices of {practices.name}")
        network_facts, not_networks = read_file(pcn_details, networks_in)
        self._tell(f"Read {len(network_facts):,} networks of {pcn_details.name}")
        codes = {fact.code for fact in practice_facts}
        networks = {fact.code for fact in network_facts}
        members, not_members = read_file(
            pcn_partners, lambda data: members_in(data, practices=codes, networks=networks)
        )
        self._tell(f"Read {len(members):,} memberships of {pcn_partners.name}")
        self._tell("Writing …")
        done = perform(
            import_ods,
            by=clockwork("import_ods"),
            at=now(),
            practices=practice_facts,
            networks=network_facts,
            members=members,
        )
        self._sum_up(done)
        left_out = {
            practices.name: not_practices,
            pcn_details.name: not_networks,
            pcn_partners.name: not_members,
        }
        tell_left_out(self.stdout, left_out)
        if report:
            write_report(report, left_out)

    def _tell(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

    def _sum_up(self, done: Imported) -> None:
        self.stdout.write(in_words("Practices", done.practices))
        self.stdout.write(in_words("Networks", done.networks))
        self.stdout.write(in_words("Memberships", done.members))
        if done.nothing:
            self.stdout.write("Everything was already imported: nothing changed.")
