"""How long a receptionist waits for a search, over HTTP, among the demo's patients."""

import http.client
import json
import random
import tempfile
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from practices import clock
from practices.doors import everywhere
from practices.models import Membership, Organisation, Patient
from practices.rules.nhs_number import spaced
from triage.management.measuring.callers import Asked, Caller, all_at_once
from triage.management.measuring.web import web_server

# The design's mark for an answer while the caller is on the line.
MARK = 300.0
NOBODY = "Qzyx Wvut"
DESKS = 8


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--patients", type=int, default=46_300)
        parser.add_argument("--each", type=int, default=25, help="searches of a kind at a desk")

    def handle(self, *, patients: int, each: int, **options: object) -> None:
        at = clock.now()
        with everywhere(because="a measurement's set-up", at=at):
            if Organisation.objects.exists() or not settings.TRAINING:
                raise CommandError("This fills an empty database: ./dev bench search.")
        desk = self._made(patients)
        with everywhere(because="a measurement draws whom to look for", at=at):
            home = Membership.objects.get(user__username=desk["username"]).organisation_id
            people = list(Patient.objects.filter(practice_id=home).order_by("pk"))
            counted = Patient.objects.count()
        self.stdout.write(f"{counted:,} patients, {len(people):,} of them the desk's own.")
        drawn = random.Random(46_300).sample(people, each)  # noqa: S311 - draws no secret
        with web_server() as web:
            callers = [Caller(web.port) for _ in range(DESKS)]
            for caller in callers:
                caller.sign_in(desk["username"], desk["password"])
            for kind, words in _kinds(drawn).items():
                _asked(callers[:1], words[:3])  # warm-up, not counted
                for who in (callers[:1], callers):
                    self._report(kind, len(who), _asked(who, words))

    def _made(self, patients: int) -> dict[str, str]:
        """The demo is in the database; who sits at its first desk."""
        with tempfile.TemporaryDirectory() as folder:
            accounts = Path(folder) / "accounts.json"
            call_command("seed_demo", accounts=accounts, patients=patients, stdout=self.stdout)
            found: list[dict[str, str]] = json.loads(accounts.read_text())
        return next(one for one in found if one["role"] == "receptionist")

    def _report(self, kind: str, desks: int, asked: Asked) -> None:
        if asked.wrong:
            raise CommandError(f"{kind}: {asked.wrong[0]}")
        late = sum(one > MARK for one in asked.milliseconds)
        self.stdout.write(
            f"{kind}, {desks} at once: p50 {asked.percentile(50):.0f}, p95"
            f" {asked.percentile(95):.0f}, slowest {max(asked.milliseconds):.0f} ms;"
            f" {late} of {len(asked.milliseconds)} over {MARK:.0f} ms."
        )


def _kinds(drawn: list[Patient]) -> dict[str, list[str]]:
    """What is typed, by the kind of search."""
    return {
        "two letters": [one.given_name[:2] for one in drawn],
        "full name": [f"{one.given_name} {one.family_name}" for one in drawn],
        "date of birth": [f"{one.born_on:%d/%m/%Y}" for one in drawn],
        "NHS number": [spaced(one.nhs_number) for one in drawn if one.nhs_number],
        "nobody fits": [NOBODY for _ in drawn],
    }


def _asked(callers: list[Caller], words: list[str]) -> Asked:
    """Each desk looks for the same, one after the other, all desks at once."""
    return all_at_once(callers, [words for _ in callers], _look_for)


def _look_for(caller: Caller, sought: str) -> str:
    """As the page does while somebody types; what was wrong with the answer."""
    status, body = caller.send(
        "POST",
        "/triage/reception/",
        urlencode({"sought": sought}),
        "application/x-www-form-urlencoded",
        **{"HX-Request": "true"},
    )
    is_right = status == http.client.OK and (b"/new/" in body) == (sought != NOBODY)
    return "" if is_right else f"“{sought}” answered {status}: {body[:200]!r}"
