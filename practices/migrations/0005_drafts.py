from django.db import migrations, models

from practices.policies import policy


class Migration(migrations.Migration):

    dependencies = [("practices", "0004_limit_reason")]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=models.deletion.CASCADE,
                        related_name="+",
                        to="practices.membership",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        help_text="which form of which page", max_length=200
                    ),
                ),
                ("fields", models.JSONField()),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["membership", "place"], name="one_draft_a_form"
                    )
                ],
            },
        ),
        policy(
            "practices_draft",
            "membership_id IN (SELECT post.id FROM practices_membership post"
            " WHERE post.user_id = (SELECT reach_number('user')))",
        ),
    ]
