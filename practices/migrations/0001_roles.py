"""The application's role may read and write rows, and nothing else. Runs before any table."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations

from practices.policies import FUNCTIONS, NO_FUNCTIONS

GRANTS = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO headroom_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO headroom_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
  GRANT SELECT, DELETE ON TABLES TO headroom_retention;
GRANT USAGE ON SCHEMA public TO headroom_app, headroom_retention;
GRANT SELECT ON django_migrations TO headroom_app;
"""
NO_GRANTS = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM headroom_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM headroom_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM headroom_retention;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    run_before = [("contenttypes", "0001_initial")]
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.RunSQL(GRANTS, NO_GRANTS),
        migrations.RunSQL(FUNCTIONS, NO_FUNCTIONS),
    ]
