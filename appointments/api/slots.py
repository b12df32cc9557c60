"""Free slots that the caller may book."""

from datetime import timedelta

from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from appointments.api.shapes import SlotShape
from appointments.queries.slot_list import SlotQuestion, slot_list
from appointments.rules.codes import Mode
from appointments.rules.kept_for import NHS111, PRACTICE
from hubs.rules.needs import Need
from practices.api.fields import Instant
from practices.api.listing import Filters, ListDoor, page_shape
from practices.api.schema import documented
from practices.rules.refusals import Absent

LOOK_AHEAD = timedelta(days=14)


class SlotFilters(Filters):
    """When, where, and for whom; a fortnight from now unless told."""

    from_ = Instant(required=False)
    until = Instant(required=False)
    hub = serializers.CharField(max_length=12, required=False, help_text="a code")
    practice = serializers.CharField(max_length=12, required=False, help_text="a code")
    need = serializers.ChoiceField(Need.choices(), required=False)
    mode = serializers.ChoiceField(Mode.choices(), required=False)
    patient = serializers.UUIDField(required=False)
    asked_by = serializers.ChoiceField(
        [PRACTICE, NHS111], required=False, help_text="who asks for the patient; the practice"
    )


class Slots(ListDoor):
    """Free and permitted slots, soonest first."""

    @documented(answer=page_shape(SlotShape), query=SlotFilters)
    def get(self, request: Request) -> Response:
        asked = self.filters(SlotFilters)
        start = asked.get("from", self.now)
        end = asked.get("until", start + LOOK_AHEAD)
        if end <= start:
            raise ValidationError({"until": "The end must be after the start."})
        question = SlotQuestion(
            start=start,
            end=end,
            hub=asked.get("hub", ""),
            practice=asked.get("practice", ""),
            need=Need(asked["need"]) if "need" in asked else None,
            mode=asked.get("mode", ""),
            patient=asked.get("patient"),
            asked_by=asked.get("asked_by", PRACTICE),
        )
        found = self.ask(
            slot_list, asked=question, reach=self.actor.reach, turn=asked["turn"], at=self.now
        )
        if found is None:
            raise Absent
        return self.page(found, SlotShape)
