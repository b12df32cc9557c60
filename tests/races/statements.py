"""What a process says to its database, one statement after the other; COMMIT is one too."""

from collections.abc import Callable

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper


class Statements:
    """Counts each statement before it is said, and tells `heard` the number."""

    def __init__(self, heard: Callable[[int], None] = lambda number: None) -> None:
        self.number = 0
        self.heard = heard

    def listen(self, connection: BaseDatabaseWrapper, **_: object) -> None:
        """From now on this connection is listened to; twice is once."""
        if self not in connection.execute_wrappers:
            connection.execute_wrappers.append(self)
            connection._commit = self._before(connection._commit)

    def __call__(self, execute, sql, params, many, context):
        """A wrapper as Django knows them."""
        return self._before(execute)(sql, params, many, context)

    def _before(self, say):
        def counted(*words):
            self.number += 1
            self.heard(self.number)
            return say(*words)

        return counted


def said_in(work: Callable[[], object]) -> int:
    """How many statements the work takes on this thread's connection."""
    statements = Statements()
    connection.ensure_connection()
    statements.listen(connection)
    try:
        work()
    finally:
        connection.execute_wrappers.remove(statements)
        del connection._commit
    return statements.number
