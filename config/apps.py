from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The roof: management commands that belong to no single app live here."""

    name = "config"
