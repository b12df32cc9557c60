"""Who sees which row of the hubs app."""

from django.db import migrations

from practices.policies import in_scope, policy

HUB = in_scope("hub_id", "providers")
AGREEMENT = (
    f"{in_scope('practice_id', 'own', 'served')} OR {in_scope('provider_id', 'own', 'providers')}"
)


class Migration(migrations.Migration):
    dependencies = [("hubs", "0002_initial"), ("practices", "0003_policies")]
    operations = [
        policy("hubs_hubstaff", HUB),
        policy("hubs_agreement", AGREEMENT),
        policy("hubs_service", HUB),
        policy("hubs_opening", HUB),
    ]
