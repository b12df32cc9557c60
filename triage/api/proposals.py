"""What the rebalancer proposes, with its proof; the patient's practice decides."""

from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from practices.api.door import ApiDoor
from practices.api.fields import Body, Day, Instant, Points, Shape, Text
from practices.api.listing import Filters, ListDoor, page_shape, page_within
from practices.api.schema import documented
from practices.rules.scopes import MAY
from triage.actions import accept, decline, undo
from triage.queries.proposals import (
    ProposalRow,
    RunRow,
    proposal_row,
    proposals,
    run_with_proposals,
)

STATES = ("open", "accepted", "declined", "undone", "stale")
LONGEST_REASON = 200


class SubjectShape(Shape):
    """Which booking should move."""

    booking = serializers.UUIDField(source="booking_id")
    case = serializers.CharField(source="case_ref")
    need = serializers.CharField()


class FromShape(Shape):
    """Where the patient is booked."""

    starts_at = Instant(source="from_at")
    clinician = serializers.CharField(source="from_clinician")
    place = serializers.CharField(source="from_site")


class ToShape(Shape):
    """Where the patient would go."""

    slot = serializers.IntegerField(source="to_slot_id")
    starts_at = Instant(source="to_at")
    clinician = serializers.CharField(source="to_clinician")
    place = serializers.CharField(source="to_site")
    mode = serializers.CharField(source="to_mode")
    is_hub = serializers.BooleanField(source="to_hub")


class WhyShape(Shape):
    """One reason."""

    code = serializers.CharField()
    text = serializers.CharField()


class DayEffectShape(Shape):
    """What one clinician's day would be; points."""

    clinician = serializers.IntegerField()
    limit = Points()
    before = Points()
    after = Points()


class EffectsShape(Shape):
    """Both days before and after this one move, and the goal that decided it."""

    giving = DayEffectShape()
    taking = DayEffectShape()
    goal = serializers.CharField()


class ProposalShape(Shape):
    """One proposed move."""

    id = serializers.UUIDField(source="public_id")
    run = serializers.UUIDField(source="run_id")
    state = serializers.CharField()
    subject = SubjectShape(source="*")
    from_ = FromShape(source="*")
    to = ToShape(source="*")
    reasons = WhyShape(many=True)
    effects = EffectsShape()
    needs_consent = serializers.BooleanField()
    made_at = Instant()
    decided_at = Instant(allow_null=True)


class LevelShape(Shape):
    """One goal of the plan: its value, what it cannot be better than, and whether that is met."""

    name = serializers.CharField()
    value = serializers.FloatField()
    bound = serializers.FloatField()
    proved = serializers.BooleanField()
    method = serializers.CharField()


class ObjectiveShape(Shape):
    """Points past safe limits; null until the run is done."""

    before = serializers.FloatField(allow_null=True)
    after = serializers.FloatField(allow_null=True)


class RunShape(Shape):
    """One look at the network's day, and the certificate of its plan."""

    id = serializers.UUIDField()
    run = serializers.UUIDField()
    day = Day()
    status = serializers.CharField()
    asked_at = Instant()
    finished_at = Instant(allow_null=True)
    objective = ObjectiveShape()
    proved_optimal = serializers.BooleanField(allow_null=True)
    bound = serializers.FloatField(allow_null=True, help_text="of the points past safe limits")
    levels = LevelShape(many=True)
    moves = serializers.IntegerField(allow_null=True)
    left_over = serializers.IntegerField(allow_null=True)
    proposals = ProposalShape(many=True, help_text="those of the own practice's patients")


class ProposalFilters(Filters):
    """Which proposals; open and accepted ones unless told."""

    state = serializers.ChoiceField(STATES, required=False)


class DecisionBody(Body):
    """Why; needed to decline."""

    reason = Text(required=False, allow_blank=True, max_length=LONGEST_REASON)


class Proposals(ListDoor):
    """The proposals about the own practice's patients."""

    roles = MAY["proposals:decide"]

    @documented(answer=page_shape(ProposalShape), query=ProposalFilters)
    def get(self, request: Request) -> Response:
        asked = self.filters(ProposalFilters)
        states = (asked["state"],) if "state" in asked else ("open", "accepted")
        found = self.ask(proposals, states=states)
        return self.page(
            page_within(found, asked["turn"], key=lambda row: str(row.public_id)), ProposalShape
        )


class OneRun(ApiDoor):
    """How a run went, with the proposals the caller may see."""

    @documented(answer=RunShape)
    def get(self, request: Request, run_id: str) -> Response:
        run, made = self.find(run_with_proposals, public_id=run_id)
        return Response(run_body(run, made))


class DecisionDoor(ApiDoor):
    """An endpoint that decides about one proposal."""

    roles: ClassVar = MAY["proposals:decide"]

    def decide(self, action: Any, proposal_id: str, **wish: object) -> Response:
        """It is decided, or 409 because the world moved on."""
        return self.do(
            action,
            show=lambda made: ProposalShape(proposal_row(made.public_id)).data,
            public_id=proposal_id,
            **wish,
        )


class Accept(DecisionDoor):
    """The patient said yes and is moved; everything is checked again under lock."""

    @documented(answer=ProposalShape, body=DecisionBody)
    def post(self, request: Request, proposal_id: str) -> Response:
        self.wish(DecisionBody)
        return self.decide(accept, proposal_id)


class Decline(DecisionDoor):
    """The booking stays, and this patient is not proposed again."""

    @documented(answer=ProposalShape, body=DecisionBody)
    def post(self, request: Request, proposal_id: str) -> Response:
        said = self.wish(DecisionBody)
        return self.decide(decline, proposal_id, reason=said.get("reason", ""))


class Undo(DecisionDoor):
    """The patient is back in the old slot, within 15 minutes, while it is free."""

    @documented(answer=ProposalShape, body=DecisionBody)
    def post(self, request: Request, proposal_id: str) -> Response:
        self.wish(DecisionBody)
        return self.decide(undo, proposal_id)


def run_body(run: RunRow, made: list[ProposalRow]) -> dict[str, object]:
    """The run as the contract shows it."""
    levels = run.result.get("levels", [])
    excess = next((level for level in levels if level["name"] == "excess"), None)
    before = run.result.get("excess_before")
    row = {
        "id": run.public_id,
        "run": run.public_id,
        "day": run.day,
        "status": run.status,
        "asked_at": run.asked_at,
        "finished_at": run.finished_at,
        "objective": {
            "before": None if before is None else before / 10,
            "after": excess["value"] if excess else None,
        },
        "proved_optimal": run.result.get("proved"),
        "bound": excess["bound"] if excess else None,
        "levels": levels,
        "moves": run.result.get("moves"),
        "left_over": run.result.get("left_over"),
        "proposals": made,
    }
    return RunShape(row).data
