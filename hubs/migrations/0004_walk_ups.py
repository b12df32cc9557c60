import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from practices.policies import in_scope, policy


class Migration(migrations.Migration):

    dependencies = [
        ('hubs', '0003_policies'),
        ('practices', '0008_patient_standing'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WalkUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(blank=True, max_length=100)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('words', models.CharField(max_length=200)),
                ('sent_to', models.CharField(choices=[('practice', 'Their own practice, which calls them'), ('pharmacy', 'A pharmacy'), ('nhs111', 'NHS 111'), ('urgent', 'Urgent treatment centre'), ('emergency', 'Emergency: a clinician was called')], max_length=12)),
                ('on', models.DateField()),
                ('at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hub', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='walk_ups', to='hubs.hub')),
                ('practice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='practices.practice')),
            ],
            options={
                'ordering': ['at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('sent_to', 'practice'), _negated=True), ('practice__isnull', False), _connector='OR'), name='walk_up_sent_to_practice_names_it')],
            },
        ),
        # Other practices book into the hub too, so this asks who acts, not where they may book.
        policy(
            "hubs_walkup",
            f"hub_id = (SELECT reach_number('organisation')) OR {in_scope('practice_id', 'own')}",
        ),
    ]
