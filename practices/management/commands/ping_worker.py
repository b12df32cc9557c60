"""Does a Celery task make a round trip?"""

import time
import uuid
from argparse import ArgumentParser

from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandError

from practices.tasks import pong


class Command(BaseCommand):
    help = "Ask a worker to answer; exit 1 when none does in time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seconds", type=float, default=30.0)

    def handle(self, *args: object, seconds: float, **options: object) -> None:
        token = uuid.uuid4().hex
        pong.apply_async(kwargs={"token": token}, expires=60)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if cache.get(f"pong:{token}") == "pong":
                self.stdout.write("A worker answered.")
                return
            time.sleep(0.1)
        raise CommandError(f"No worker answered within {seconds:g} seconds.")
