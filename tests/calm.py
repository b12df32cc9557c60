"""The owner's hand in the test database, and tables that no automatic ANALYZE disturbs."""

from django.conf import settings

from tests.conftest import as_owner

# An automatic ANALYZE in the middle of one big transaction sees none of its rows, and the plans
# that follow are made for empty tables. A demo is made on tables nobody has touched; these are.
CALM = """
DO $$ DECLARE t text; BEGIN
  FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('ALTER TABLE %I SET (autovacuum_enabled = false)', t);
  END LOOP;
END $$
"""


def as_owner_run(statement):
    """The schema's owner, whom no row-level security binds, does this and leaves."""
    owner = as_owner(settings.DATABASES["default"]["NAME"])
    with owner.cursor() as cursor:
        cursor.execute(statement)
    owner.close()
