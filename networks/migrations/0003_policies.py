"""Who sees which row of the networks app."""

from django.db import migrations

from practices.policies import in_scope, policy


class Migration(migrations.Migration):
    dependencies = [("networks", "0002_initial"), ("triage", "0002_policies")]
    operations = [
        policy("networks_capacitysnapshot", in_scope("network_id", "networks")),
    ]
