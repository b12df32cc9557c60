from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0010_email_and_letters"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="needed_by",
            field=models.DateTimeField(help_text="then it is too late to know it", null=True),
        ),
        migrations.AlterField(
            model_name="message",
            name="email",
            field=models.EmailField(
                blank=True,
                db_default="",
                default="",
                help_text="the only address for it; of a text, where it goes should the text fail",
                max_length=254,
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="taken_at",
            field=models.DateTimeField(help_text="somebody rings, or posts it", null=True),
        ),
    ]
