#!/usr/bin/env python
"""Headroom's management commands."""

import os
import sys

from django.core.management import execute_from_command_line

# Commands that change the schema act as the database's owner; all others take the app's role.
OWNER_COMMANDS = {"analyse", "migrate", "makemigrations", "sqlmigrate", "pgtrigger", "dbshell"}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.training")
    if OWNER_COMMANDS.intersection(sys.argv[1:2]):
        os.environ["HEADROOM_DB_ROLE"] = ""
    execute_from_command_line(sys.argv)
