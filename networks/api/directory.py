"""Who is who within reach: practices, hubs, networks and clinicians."""

from collections.abc import Callable
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from networks.queries.directory import (
    WhichOf,
    clinician_list,
    hub_list,
    network_list,
    practice_list,
)
from practices.api.fields import Shape
from practices.api.listing import Filters, ListDoor, page_shape
from practices.api.schema import documented
from practices.queries.paging import Page


class DirectoryFilters(Filters):
    """Organisations by code."""

    practice = serializers.CharField(max_length=12, required=False)
    hub = serializers.CharField(max_length=12, required=False)
    network = serializers.CharField(max_length=12, required=False)


class PracticeShape(Shape):
    """A practice."""

    code = serializers.CharField()
    name = serializers.CharField()
    list_size = serializers.IntegerField(allow_null=True)
    phone = serializers.CharField()
    status = serializers.CharField()


class HubShape(Shape):
    """A hub."""

    code = serializers.CharField()
    name = serializers.CharField()
    phone = serializers.CharField()


class NetworkShape(Shape):
    """A network, with the codes of its members and hubs today."""

    code = serializers.CharField()
    name = serializers.CharField()
    practices = serializers.ListField(child=serializers.CharField())
    hubs = serializers.ListField(child=serializers.CharField())


class StaffShape(Shape):
    """Somebody who treats patients; `role` is the profession."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    role = serializers.CharField()
    organisation = serializers.CharField()
    prescribes = serializers.BooleanField()


class DirectoryDoor(ListDoor):
    """A list of the directory: one query, one shape."""

    query: ClassVar[Callable[..., Page[Any]]]
    shape: ClassVar[type[Shape]]

    def read(self) -> Response:
        """The page that was asked for."""
        asked = self.filters(DirectoryFilters)
        turn = asked.pop("turn")
        return self.listed(
            type(self).query,
            self.shape,
            asked=WhichOf(**asked),
            reach=self.actor.reach,
            turn=turn,
            at=self.now,
        )


class Practices(DirectoryDoor):
    """Practices within reach, by name."""

    query, shape = practice_list, PracticeShape

    @documented(answer=page_shape(PracticeShape), query=DirectoryFilters)
    def get(self, request: Request) -> Response:
        return self.read()


class Hubs(DirectoryDoor):
    """Hubs within reach, by name."""

    query, shape = hub_list, HubShape

    @documented(answer=page_shape(HubShape), query=DirectoryFilters)
    def get(self, request: Request) -> Response:
        return self.read()


class Networks(DirectoryDoor):
    """Networks within reach, by name."""

    query, shape = network_list, NetworkShape

    @documented(answer=page_shape(NetworkShape), query=DirectoryFilters)
    def get(self, request: Request) -> Response:
        return self.read()


class Clinicians(DirectoryDoor):
    """Clinicians within reach, by name."""

    query, shape = clinician_list, StaffShape

    @documented(answer=page_shape(StaffShape), query=DirectoryFilters)
    def get(self, request: Request) -> Response:
        return self.read()
