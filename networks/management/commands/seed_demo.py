"""Fill the demo: the reference locality on its Monday morning, and who can sign in to it."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from networks.actions.demo import Seeded, renew_tokens, seed_demo
from networks.actions.invented.making import Account
from practices.clock import now
from practices.doors import opened, perform
from practices.queries import membership_of_token
from practices.rules.london import day_of
from practices.rules.reach import clockwork
from practices.rules.refusals import Refused

BY = clockwork("seed_demo")


class Command(BaseCommand):
    help = (
        "Make the demo's locality at the instant of the application's clock, and write its "
        "accounts and tokens. A second run changes nothing and keeps tokens that still work."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--accounts", type=Path, required=True, metavar="FILE")
        parser.add_argument(
            "--patients", type=int, default=46_300, help="how many people, for a quick try"
        )

    def handle(self, *args: object, accounts: Path, patients: int, **options: object) -> None:
        if not 100 <= patients <= 500_000:
            raise CommandError("The number of patients must be from 100 to 500,000.")
        try:
            done = perform(seed_demo, by=BY, at=now(), patients=patients)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._sum_up(done)
        if done.already and tokens_work(accounts, done.accounts):
            self.stdout.write(f"The tokens in {accounts} still work.")
            return
        tokens = perform(
            renew_tokens,
            by=BY,
            at=now(),
            membership_ids=tuple(account.membership_id for account in done.accounts),
        )
        write_private(accounts, [entry(account, done, tokens) for account in done.accounts])
        self.stdout.write(f"Accounts and new tokens are in {accounts}.")

    def _sum_up(self, done: Seeded) -> None:
        if done.already:
            self.stdout.write("The demo is there already: nothing changed.")
        else:
            told = ", ".join(f"{count:,} {name}" for name, count in done.counts)
            self.stdout.write(f"The demo is made: {told}.")


def entry(account: Account, done: Seeded, tokens: dict[int, str]) -> dict[str, str]:
    """One account as the file lists it."""
    return {
        "role": account.role,
        "username": account.username,
        "password": done.password,
        "token": tokens[account.membership_id],
        "organisation": account.organisation,
    }


def tokens_work(path: Path, accounts: tuple[Account, ...]) -> bool:
    """Whether the file has a live token for every account."""
    try:
        entries: list[dict[str, Any]] = json.loads(path.read_text())
        tokens = {row["username"]: row["token"] for row in entries}
    except (OSError, ValueError, KeyError, TypeError):
        return False
    at = now()
    with opened(BY.reach, at=at):
        return all(
            account.username in tokens
            and (found := membership_of_token(tokens[account.username], on=day_of(at)))
            and found.id == account.membership_id
            for account in accounts
        )


def write_private(path: Path, entries: list[dict[str, str]]) -> None:
    """The file is whole, and only its owner reads it."""
    draft = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(entries, file, indent=1)
        draft.replace(path)
    except OSError as trouble:
        raise CommandError(f"{path}: {trouble.strerror}") from trouble
