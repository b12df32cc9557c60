from django.db import migrations


class Migration(migrations.Migration):
    """What one lead signed alone holds no longer: protocols are versions two leads released."""

    dependencies = [
        ('triage', '0016_taken_back'),
    ]

    operations = [
        migrations.DeleteModel(name='ProtocolNeed'),
    ]
