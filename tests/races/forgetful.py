"""The mortal worker without the promise's lease, for a control: what it takes up counts as done."""

from importlib import import_module

import django

from tests.races.mortal import app

# Imported only now: they need a Django that is set up.
django.setup()
actions = import_module("practices.actions")
tasks = import_module("practices.tasks")


def take_for_good(*, by, at):
    work = actions.take_work(by=by, at=at)
    if work is not None:
        actions.finish_work(work_id=work.id, by=by, at=at)
    return work


tasks.take_work = take_for_good

__all__ = ["app"]
