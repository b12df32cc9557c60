from importlib import import_module

from django.apps import AppConfig

from config.celery import app as celery_app


class ConfigConfig(AppConfig):
    """The roof: what belongs to no single app lives here."""

    name = "config"

    def ready(self) -> None:
        """Web and commands nudge the same broker as the worker: our Celery app is the default.

        The checks of a release register themselves.
        """
        celery_app.set_default()
        import_module("config.checks")
