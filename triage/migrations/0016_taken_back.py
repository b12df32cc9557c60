import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('triage', '0015_wallboards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='gonehome',
            name='ended',
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict, help_text='the sessions as they were, to bring them back; no patients'),
        ),
        migrations.AddField(
            model_name='gonehome',
            name='taken_back_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='gonehome',
            name='taken_back_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='rehoming',
            name='outcome',
            field=models.CharField(choices=[('pending', 'Pending'), ('placed', 'Placed'), ('duty', 'Duty'), ('queue', 'Queue'), ('taken', 'Taken'), ('back', 'Back')], default='pending', max_length=8),
        ),
    ]
