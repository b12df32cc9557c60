"""A house reads its own audit rows, and no other's: not its hubs', nor its network's.

Their rows name patients of other practices. Who saw one's own patients there, the function
views_of_patient() tells (ADR 11).
"""

from django.db import migrations

OWN = "organisation_id = (SELECT reach_number('organisation'))"
REACHED = " OR ".join(
    f"organisation_id = ANY ((SELECT reach_ids('{scope}'))::bigint[])"
    for scope in ("own", "providers", "networks")
)


def visible(to: str) -> str:
    return (
        "ALTER POLICY reach ON practices_auditentry"
        f" USING ((SELECT reach_everywhere()) OR {to});"
    )


class Migration(migrations.Migration):
    dependencies = [("practices", "0012_who_viewed")]
    operations = [migrations.RunSQL(visible(OWN), visible(f"{REACHED} OR {OWN}"))]
