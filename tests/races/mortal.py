"""A worker's entry: it kills itself before the statement whose number it was given.

SIGKILL goes to the whole process group, the pool and its master, so nothing is tidied up.
"""

import os
import signal

from django.db.backends.signals import connection_created

from config.celery import app
from tests.races.statements import Statements

DIES_BEFORE = int(os.environ["DIES_BEFORE"])


def die(number: int) -> None:
    if number == DIES_BEFORE:
        os.killpg(os.getpgrp(), signal.SIGKILL)


statements = Statements(die)
connection_created.connect(statements.listen)

__all__ = ["app"]
