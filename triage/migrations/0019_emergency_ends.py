import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What became of a call for help; a call somebody had before stays theirs until they say."""

    dependencies = [
        ('triage', '0018_rules_by_network'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='emergency',
            name='ended_as',
            field=models.CharField(blank=True, choices=[('ambulance', '999 was called'), ('advice', 'Spoken to, advice'), ('request', 'Made a request'), ('mistake', 'Called by mistake')], db_default='', default='', max_length=10),
        ),
        migrations.AddField(
            model_name='emergency',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='emergency',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
    ]
