"""Asking for a network's day to be rebalanced."""

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from networks.actions.rebalance import rebalance_of
from practices.api.door import ApiDoor
from practices.api.fields import Body, Day
from practices.api.schema import documented
from practices.clock import local_day
from practices.rules.scopes import MAY
from triage.api.proposals import RunShape, run_body
from triage.queries.proposals import run_row


class RebalanceBody(Body):
    """Which day; `safe` gives waiting cases their places at once. A move waits for its practice."""

    day = Day(required=False)
    apply = serializers.ChoiceField(("none", "safe"), required=False)


class Rebalance(ApiDoor):
    """A worker looks at the network's day; the run says how it went."""

    roles = MAY["rebalance:ask"]

    @documented(answer=RunShape, status=202, body=RebalanceBody)
    def post(self, request: Request, code: str) -> Response:
        said = self.wish(RebalanceBody)
        return self.do(
            rebalance_of,
            show=lambda run: run_body(run_row(run.public_id), []),
            status=202,
            code=code,
            day=said.get("day", local_day(self.now)),
            apply=said.get("apply", "none"),
        )
