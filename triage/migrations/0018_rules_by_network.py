from django.db import migrations

from practices.policies import ids, in_scope

TABLES = ("triage_ruleversion", "triage_parameterset")


def seen(table: str) -> str:
    """The network's people, and whoever works at a hub of it or may book there, joined when."""
    return (
        f"{in_scope('network_id', 'networks')} OR EXISTS (SELECT 1 FROM hubs_hub hub WHERE"
        f" hub.rules_of_id = {table}.network_id AND hub.organisation_id = ANY ({ids('providers')}))"
    )


BEFORE = f"{in_scope('network_id', 'networks')} OR hubs && {ids('providers')}"


def altered(table: str, visible: str) -> str:
    return f"ALTER POLICY reach ON {table} USING ((SELECT reach_everywhere()) OR {visible});"


class Migration(migrations.Migration):
    """A hub that joins its network after a release goes by what was released all the same."""

    dependencies = [
        ('triage', '0017_two_sign_protocols'),
        ('hubs', '0007_hub_rules_of'),
    ]

    operations = [
        migrations.RunSQL(altered(table, seen(table)), altered(table, BEFORE)) for table in TABLES
    ]
