"""The network's board: counts, never a patient."""

from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from networks.presenters.board_json import board_json
from networks.queries.boards import board_of
from practices.api.door import ApiDoor
from practices.api.fields import Body, Instant, Points, Shape
from practices.api.listing import check_query
from practices.api.schema import documented
from practices.rules.roles import Role
from practices.rules.scopes import MAY


class EvidenceShape(Shape):
    """One thing that speaks for the level."""

    code = serializers.CharField()
    level = serializers.IntegerField()
    text = serializers.CharField()


class PressureShape(Shape):
    """Pressure, level 1 to 4, and why."""

    level = serializers.IntegerField()
    since = Instant(allow_null=True)
    evidence = EvidenceShape(many=True)


class StaffTodayShape(Shape):
    """The clinicians of the day, in sum; points."""

    expected = serializers.IntegerField()
    present = serializers.IntegerField()
    green = serializers.IntegerField()
    amber = serializers.IntegerField()
    red = serializers.IntegerField()
    points = Points()
    limit = Points()


class WaitingShape(Shape):
    """Open cases, in sum."""

    total = serializers.IntegerField()
    by_class = serializers.DictField(child=serializers.IntegerField())
    late = serializers.IntegerField()
    untaken = serializers.IntegerField()
    unowned = serializers.IntegerField()
    oldest_at = Instant(allow_null=True)


class PlaceShape(Shape):
    """A practice's day, or the network's."""

    code = serializers.CharField()
    name = serializers.CharField()
    pressure = PressureShape()
    places = serializers.DictField(child=serializers.IntegerField())
    share = serializers.DictField(child=serializers.IntegerField(allow_null=True))
    clinicians = StaffTodayShape()
    waiting = WaitingShape()
    demand_by_hour = serializers.DictField(child=serializers.IntegerField())
    capacity_by_hour = serializers.DictField(child=serializers.IntegerField())
    open_proposals = serializers.IntegerField()


class HubPlaceShape(PlaceShape):
    """A hub's day, with its fill and when it will be full."""

    fill = serializers.DictField(child=serializers.IntegerField())
    full_at = Instant(allow_null=True)


class NearShape(Shape):
    """How many clinicians of a profession are near or past their limit; never who."""

    organisation = serializers.CharField()
    profession = serializers.CharField()
    near = serializers.IntegerField()
    over = serializers.IntegerField()


class OwnNearShape(Shape):
    """One of the own practice's clinicians near or past the limit."""

    name = serializers.CharField()
    profession = serializers.CharField()
    points = Points()
    limit = Points()
    limit_layer = serializers.CharField()
    level = serializers.CharField()
    breach_forecast_at = Instant(allow_null=True)


class LastRunShape(Shape):
    """A look of the rebalancer."""

    id = serializers.UUIDField()
    status = serializers.CharField()
    asked_at = Instant()
    finished_at = Instant(allow_null=True)
    proved = serializers.BooleanField(allow_null=True)


class RebalancingShape(Shape):
    """The last finished look, and the last one somebody asked for."""

    done = LastRunShape(allow_null=True)
    asked = LastRunShape(allow_null=True)


class MetricShape(Shape):
    """One of the five access metrics."""

    code = serializers.CharField()
    text = serializers.CharField()
    is_measured = serializers.BooleanField()
    kept = serializers.IntegerField(allow_null=True)
    of = serializers.IntegerField(allow_null=True)
    percent = serializers.FloatField(allow_null=True)


class BoardShape(Shape):
    """The network's day."""

    as_of = Instant(allow_null=True)
    is_stale = serializers.BooleanField()
    network = PlaceShape(allow_null=True)
    practices = PlaceShape(many=True)
    hubs = HubPlaceShape(many=True)
    clinicians_near_limit = NearShape(many=True)
    own_clinicians_near_limit = OwnNearShape(many=True)
    open_proposals = serializers.IntegerField()
    rebalancing = RebalancingShape()
    metrics = MetricShape(many=True)


class BoardFilters(Body):
    """When; now unless told."""

    at = Instant(required=False)


class BoardDoor(ApiDoor):
    """Pressure, capacity and demand of a network: counts only."""

    roles = MAY["board:read"]

    @documented(answer=BoardShape, query=BoardFilters)
    def get(self, request: Request, code: str) -> Response:
        asked = check_query(request, BoardFilters)
        at = asked.get("at", self.now)
        if at > self.now:
            raise ValidationError({"at": "The board does not tell the future."})
        own = self.actor.organisation_id if self.actor.role == Role.PRACTICE_MANAGER else None
        found = self.find(board_of, code=code, reach=self.actor.reach, at=at, practice_id=own)
        return Response(BoardShape(board_json(found)).data)
