"""A contact that was logged by mistake counts no more, from an entry against it."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from practices.policies import follows, policy


class Migration(migrations.Migration):

    dependencies = [
        ('appointments', '0011_booking_interpreter'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='UndoneContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='undone', to='appointments.contactevent')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('contact',), name='contact_undone_once')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='undonecontact',
            trigger=pgtrigger.compiler.Trigger(name='never_updated', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d7805fa3aae31f97b2b88c00e0b084c55d554685', operation='UPDATE', pgid='pgtrigger_never_updated_02a78', table='appointments_undonecontact', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='undonecontact',
            trigger=pgtrigger.compiler.Trigger(name='deleted_by_retention', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF current_user <> 'headroom_retention' THEN RAISE EXCEPTION 'only retention may delete from %', TG_TABLE_NAME; END IF; RETURN OLD;", hash='3bf867b9b94acacdaaf8a0fe78784a33be2a10d6', operation='DELETE', pgid='pgtrigger_deleted_by_retention_2cf7c', table='appointments_undonecontact', when='BEFORE')),
        ),
        policy("appointments_undonecontact", follows("appointments_contactevent", "contact_id")),
    ]
