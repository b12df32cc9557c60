"""Let PostgreSQL count its tables, as their owner: after a seed or an import plans are right."""

from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    help = "Refresh the statistics PostgreSQL plans with."

    def handle(self, *args: object, **options: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
