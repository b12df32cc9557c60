"""Changing and cancelling sessions: first what it would mean, then the deed, nobody lost."""

from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from appointments.api.overrides import OverrideBody
from appointments.api.sessions import MOST_PLACES, ReadSession, SessionShape
from appointments.queries.rota_changes import ChangeWish, Effect, preview_change
from appointments.queries.session_list import session_row
from practices.api.door import ApiDoor
from practices.api.fields import Body, Flag, Instant, Shape, Text, VersionedBody, Whole
from practices.api.listing import check_query
from practices.api.schema import documented
from practices.rules.scopes import MAY
from triage.actions.rota_changes import change_session

LONGEST_REASON = 60


class AffectedShape(Shape):
    """One booking of the session."""

    booking = serializers.UUIDField(source="public_id")
    case = serializers.CharField(source="case_ref")
    state = serializers.CharField()
    starts_at = Instant()
    to = Instant(allow_null=True)


class EffectShape(Shape):
    """Everybody booked into the session, in exactly one of three lists."""

    preview = serializers.BooleanField()
    session = SessionShape()
    stays = AffectedShape(many=True)
    moves = AffectedShape(many=True)
    displaced = AffectedShape(many=True)


class PreviewFilters(Body):
    """Whether to only tell what would become of everybody."""

    preview = serializers.BooleanField(required=False)


class ChangeBody(VersionedBody):
    """What should be different, and why."""

    starts_at = Instant(required=False)
    ends_at = Instant(required=False)
    slot_minutes = Whole(required=False, min_value=1, max_value=1440)
    places = Whole(required=False, min_value=1, max_value=MOST_PLACES)
    reason = Text(required=False, allow_blank=True, max_length=LONGEST_REASON)
    preview = Flag(required=False)
    override = OverrideBody(required=False, help_text="why the change may leave a gap in cover")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not {"starts_at", "ends_at", "slot_minutes", "places"} & set(attrs):
            raise ValidationError("Say what should be different.")
        return attrs


class CancelSessionBody(VersionedBody):
    """Why the session does not take place."""

    reason = Text(required=False, allow_blank=True, max_length=LONGEST_REASON)
    preview = Flag(required=False)
    override = OverrideBody(required=False, help_text="why the change may leave a gap in cover")


class ChangeDoor(ApiDoor):
    """An endpoint that changes a session, or tells what the change would mean."""

    roles: ClassVar = MAY["sessions:write"]

    def change(self, session_id: int, said: dict[str, Any], **fixed: object) -> Response:
        """The change is done, unless only a preview was asked for."""
        asked = check_query(self.request, PreviewFilters)
        only_preview = said.pop("preview", False) or asked.get("preview", False)
        version, override = said.pop("version"), said.pop("override", None)
        wish = ChangeWish(**said | fixed)
        if only_preview:
            effect = self.find(preview_change, session_id=session_id, wish=wish, at=self.now)
            return Response(self.ask(_body, effect=effect, preview=True))
        return self.do(
            change_session,
            show=lambda effect: _body(effect=effect, preview=False),
            session_id=session_id,
            wish=wish,
            version=version,
            override=override,
        )


class OneSession(ReadSession, ChangeDoor):
    """One session; change its times or capacity."""

    roles = ReadSession.roles

    @documented(answer=EffectShape, body=ChangeBody, query=PreviewFilters)
    def patch(self, request: Request, session_id: int) -> Response:
        return self.change(session_id, self.wish(ChangeBody))


class CancelSession(ChangeDoor):
    """The session does not take place; everybody in it waits again."""

    @documented(answer=EffectShape, body=CancelSessionBody, query=PreviewFilters)
    def post(self, request: Request, session_id: int) -> Response:
        return self.change(session_id, self.wish(CancelSessionBody), is_cancelled=True)


def _body(*, effect: Effect, preview: bool) -> dict[str, object]:
    row = {
        "preview": preview,
        "session": session_row(effect.session_id),
        "stays": effect.stays,
        "moves": effect.moves,
        "displaced": effect.displaced,
    }
    return EffectShape(row).data
