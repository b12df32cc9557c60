from django.db import migrations, models


class Migration(migrations.Migration):
    """Every page looks for the calls that nobody ended: few rows of many."""

    dependencies = [
        ('triage', '0023_declined_help'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='emergency',
            index=models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['at', 'id'], name='emergency_not_ended'),
        ),
    ]
