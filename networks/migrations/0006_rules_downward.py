from django.db import migrations


class Migration(migrations.Migration):
    """Each hub is told whose released rules its cases go by: the network's that runs it."""

    dependencies = [
        ('networks', '0005_mutual_aid'),
        ('hubs', '0007_hub_rules_of'),
    ]

    operations = [
        migrations.RunSQL(
            "UPDATE hubs_hub SET rules_of_id = run.network_id FROM networks_networkhub run"
            " WHERE run.hub_id = hubs_hub.organisation_id",
            migrations.RunSQL.noop,
        ),
    ]
