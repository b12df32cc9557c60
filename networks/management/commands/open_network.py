"""Make a working network of an imported one, with invented names, staff and rota."""

import secrets
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from networks.actions.opening import Opened, open_network
from practices.clock import now
from practices.doors import perform
from practices.rules.reach import clockwork
from practices.rules.refusals import Refused

SYLLABLES = ("ba", "ce", "do", "fi", "gu", "la", "me", "no", "pi", "ru", "sa", "te", "vo", "wi")


class Command(BaseCommand):
    help = (
        "Open an imported network for training: its practices are renamed Practice A, B … and "
        "get a hub, agreements, staff and two weeks of rota, all invented. Again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="the network's code, like U12345")
        parser.add_argument("--password", help="for its accounts; else one is made up and shown")

    def handle(self, *args: object, code: str, password: str | None, **options: object) -> None:
        password = password or memorable()
        if len(password) < 12:
            raise CommandError("The password must have at least 12 characters.")
        try:
            done = perform(
                open_network,
                by=clockwork("open_network"),
                at=now(),
                code=code.strip().upper(),
                password=password,
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._sum_up(done, password)

    def _sum_up(self, done: Opened, password: str) -> None:
        if done.already:
            self.stdout.write(
                f"{done.name} is already open with {done.practices} practices: nothing changed."
            )
            return
        self.stdout.write(
            f"{done.name} is open: {done.practices} practices and a hub,"
            f" {done.clinicians} clinicians, {done.sessions:,} sessions in two weeks."
        )
        if done.without_list:
            self.stdout.write(
                f"{done.without_list} practices have no published list; a common size was taken."
            )
        self.stdout.write(f"Accounts, password {password}")
        for account in done.accounts:
            self.stdout.write(f"  {account.role:<17} {account.username:<28} {account.organisation}")


def memorable() -> str:
    """A password that can be said aloud: four made-up words."""
    words = ("".join(secrets.choice(SYLLABLES) for _ in range(3)) for _ in range(4))
    return "-".join(words)
