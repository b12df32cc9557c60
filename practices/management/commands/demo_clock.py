"""When does the demo's morning begin?"""

from datetime import UTC, datetime

from django.core.management.base import BaseCommand

from practices.clock import next_working_monday


class Command(BaseCommand):
    help = "Print the next Monday that is a working day, 09:30 in England, as an ISO instant."
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        real = datetime.now(UTC)  # noqa: TID251 - the demo's clock is set from the real one
        self.stdout.write(next_working_monday(real).isoformat())
