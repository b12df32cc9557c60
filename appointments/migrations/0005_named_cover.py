import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from practices.policies import in_scope, policy


class Migration(migrations.Migration):

    dependencies = [
        ('appointments', '0004_paused_lists'),
        ('practices', '0009_message_appointment'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NamedCover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('phone', models.CharField(max_length=20)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('named_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('clinician', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.clinician')),
                ('named_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.organisation')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['starts_at', 'id'],
                'indexes': [models.Index(condition=models.Q(('withdrawn_at__isnull', True)), fields=['organisation', 'starts_at'], name='cover_in_force')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='cover_ends_after_start')],
            },
        ),
        policy("appointments_namedcover", in_scope("organisation_id", "own", "providers")),
    ]
