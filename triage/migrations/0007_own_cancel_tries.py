import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from practices.policies import follows, policy


class Migration(migrations.Migration):

    dependencies = [
        ('appointments', '0003_policies'),
        ('triage', '0006_parameter_sets'),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnCancelTry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='appointments.booking')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['booking', 'at'], name='own_cancel_try_of')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='owncanceltry',
            trigger=pgtrigger.compiler.Trigger(name='never_updated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='bcd22d45396c96649be8b912287ef795afe6204e', operation='UPDATE', pgid='pgtrigger_never_updated_f1ba0', table='triage_owncanceltry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='owncanceltry',
            trigger=pgtrigger.compiler.Trigger(name='deleted_by_retention', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF current_user <> 'headroom_retention' THEN RAISE EXCEPTION 'only retention may delete from %', TG_TABLE_NAME; END IF; RETURN OLD;", hash='6ae03848455e078c3e60295affe66e0e0aa31c8e', operation='DELETE', pgid='pgtrigger_deleted_by_retention_fc84c', table='triage_owncanceltry', when='BEFORE')),
        ),
        policy("triage_owncanceltry", follows("appointments_booking", "booking_id")),
    ]
