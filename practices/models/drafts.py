"""What somebody was typing when they were called away, until it is sent or a day old."""

from django.db import models

from practices.models.people import Membership


class Draft(models.Model):
    """The fields of one unsent form, seen by its writer alone."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    place = models.CharField(max_length=200, help_text="which form of which page")
    fields = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "place"], name="one_draft_a_form")
        ]
