"""How a program says that a person passes over a rule, and why."""

from typing import Any

from rest_framework import serializers

from appointments.actions import OverrideWish
from practices.api.fields import Body, Text
from practices.rules.refusals import Override


class OverrideBody(Body):
    """A rule is passed over by a person, and this is why."""

    code = serializers.ChoiceField(Override.choices())
    reason = Text(max_length=200, help_text="in your words; names no patient")

    def to_internal_value(self, data: Any) -> OverrideWish:
        return OverrideWish(**super().to_internal_value(data))
