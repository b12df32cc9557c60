"""What people do with a case: take it, class it, ring, hand back, close; each answers the case."""

from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from practices.api.fields import Body, Flag, RowId, Text, VersionedBody
from practices.api.schema import documented
from practices.rules.scopes import MAY
from triage.actions import (
    OutcomeWish,
    accept_back,
    change_class,
    claim,
    close,
    hand_back,
    record_attempt,
    refuse_back,
    release,
)
from triage.actions.declining import decline_help
from triage.actions.reading_words import read_words
from triage.actions.requests import take_next_of
from triage.actions.sending_help import send_help
from triage.api.cases import CaseDoor
from triage.api.shapes import CaseShape
from triage.rules.attempts import LONGEST_NUMBER, REACHED, Contact, Met, TriedBy
from triage.rules.closing import Record
from triage.rules.codes import Outcome, Urgency
from triage.rules.declining import SaidBy
from triage.rules.safety_net import BetterBy, Where
from triage.rules.unreached import SentHelp

LONGEST_NOTE = 10_000
LONGEST_TAKEN = 200


class ClassBody(VersionedBody):
    """The class the case should have, and why."""

    class_ = serializers.ChoiceField(Urgency.choices())
    reason = Text(required=False, allow_blank=True, max_length=LONGEST_NOTE)


class AttemptBody(VersionedBody):
    """How somebody tried to reach the patient, and who answered."""

    channel = serializers.ChoiceField(TriedBy.choices(), required=False)
    answered = Flag(required=False, help_text="whether the patient did; met says who else")
    met = serializers.ChoiceField(
        Met.choices(), required=False, help_text="who answered: counts before answered"
    )
    number = Text(
        required=False,
        allow_blank=True,
        max_length=LONGEST_NUMBER,
        help_text="the number rung, where it is not the case's; its end is kept",
    )


class ReturnBody(VersionedBody):
    """Why the practice should take the case; a second time to a clinician of the practice."""

    reason = Text(allow_blank=True, max_length=LONGEST_NOTE)
    to_clinician = RowId(required=False)


class ReleaseBody(VersionedBody):
    """Why the practice returns what it took from the hub."""

    reason = Text(
        required=False,
        allow_blank=True,
        max_length=LONGEST_NOTE,
        help_text="needed from the practice that accepted the case",
    )


class OutcomeBody(VersionedBody):
    """How the case ends, and what the patient was told to watch for."""

    outcome = serializers.ChoiceField(Outcome.choices())
    note = Text(required=False, allow_blank=True, max_length=LONGEST_NOTE)
    taken_by = Text(
        required=False,
        allow_blank=True,
        max_length=LONGEST_TAKEN,
        help_text="who at the other service has taken over: needed in an emergency handed over now",
    )
    safety_net = Text(required=False, allow_blank=True, max_length=LONGEST_NOTE)
    better_by = serializers.ChoiceField(
        BetterBy.choices(), required=False, help_text="days until it should be better"
    )
    call_where = serializers.ChoiceField(
        Where.choices(), required=False, help_text="where to turn if not"
    )
    record_viewed = serializers.ChoiceField(
        Record.choices(), required=False, help_text="needed for a clinical outcome"
    )
    spoke_with = serializers.ChoiceField(
        [(one.value, one.label) for one in Met if one in REACHED],
        required=False,
        help_text="with spoke_by: needed at P0 to P5 where no clinician's contact is on record,"
        " but for no_contact, not_brought, duplicate and who came to an appointment",
    )
    duplicate_of = Text(
        required=False, max_length=20, help_text="the reference of the case that goes on"
    )
    spoke_by = serializers.ChoiceField(TriedBy.choices(), required=False)


class AcknowledgeBody(VersionedBody):
    """The practice answers a case that was handed back: it takes it, unless it says no."""

    accept = Flag(required=False, help_text="true unless told")
    note = Text(required=False, allow_blank=True, max_length=LONGEST_NOTE)


class NextBody(Body):
    """Whose queue; the own hub's unless told."""

    hub = Text(required=False, max_length=12)


class DeclinedBody(VersionedBody):
    """Who says no to emergency help, and in which words."""

    said_by = serializers.ChoiceField(SaidBy.choices())
    words = Text(required=False, allow_blank=True, max_length=LONGEST_NOTE)


class SentBody(VersionedBody):
    """Who goes to a patient whom nobody reaches."""

    sent = serializers.ChoiceField(SentHelp.choices())
    words = Text(
        max_length=LONGEST_NOTE, help_text="whom you asked, with their reference; or why nobody"
    )


class StepDoor(CaseDoor):
    """One step of one case; clinicians take it unless the endpoint says otherwise."""

    roles: ClassVar = MAY["cases:treat"]

    def step(self, action: Any, reference: str, **wish: object) -> Response:
        """The step is done, and the case is as it is then."""
        return self.do(action, show=self.seen, reference=reference, **wish)


class Claim(StepDoor):
    """The case is mine for a quarter of an hour; again renews the lease."""

    @documented(answer=CaseShape, body=VersionedBody)
    def post(self, request: Request, reference: str) -> Response:
        return self.step(claim, reference, **self.wish(VersionedBody))


class Release(StepDoor):
    """The case waits again, in its old place; the practice says why it returns it."""

    @documented(answer=CaseShape, body=ReleaseBody)
    def post(self, request: Request, reference: str) -> Response:
        return self.step(release, reference, **self.wish(ReleaseBody))


class Attempts(StepDoor):
    """Somebody tried to reach the patient."""

    roles = MAY["cases:raise"]

    @documented(answer=CaseShape, body=AttemptBody)
    def post(self, request: Request, reference: str) -> Response:
        said = {"channel": TriedBy.PHONE.value, "answered": False} | self.wish(AttemptBody)
        if "met" in said:
            said["met"] = Met(said["met"])
        return self.step(record_attempt, reference, **said)


class ChangeClass(StepDoor):
    """Anyone raises a class; a clinician signs or lowers it."""

    roles = MAY["cases:raise"]

    @documented(answer=CaseShape, body=ClassBody)
    def post(self, request: Request, reference: str) -> Response:
        said = self.wish(ClassBody)
        return self.step(
            change_class,
            reference,
            urgency=Urgency(said["class"]),
            reason=said.get("reason", ""),
            version=said["version"],
        )


class ReadWords(StepDoor):
    """A clinician has read words that may mean a red flag; a second time changes nothing."""

    @documented(answer=CaseShape, body=VersionedBody)
    def post(self, request: Request, reference: str) -> Response:
        return self.step(read_words, reference, **self.wish(VersionedBody))


class Declined(StepDoor):
    """They say no to emergency help; every clinician on shift is told at once."""

    roles = MAY["cases:raise"]

    @documented(answer=CaseShape, body=DeclinedBody)
    def post(self, request: Request, reference: str) -> Response:
        said = {"words": ""} | self.wish(DeclinedBody)
        said["said_by"] = SaidBy(said["said_by"])
        return self.step(decline_help, reference, **said)


class Help(StepDoor):
    """Nobody answers at a P0 or P1, tried two ways: a clinician decides who goes there.

    Without it the case does not end as `no_contact`.
    """

    @documented(answer=CaseShape, body=SentBody)
    def post(self, request: Request, reference: str) -> Response:
        said = self.wish(SentBody)
        said["sent"] = SentHelp(said["sent"])
        return self.step(send_help, reference, **said)


class Return(StepDoor):
    """The practice is asked to take the case; the hub answers for it until then."""

    @documented(answer=CaseShape, body=ReturnBody)
    def post(self, request: Request, reference: str) -> Response:
        said = self.wish(ReturnBody)
        return self.step(
            hand_back,
            reference,
            reason=said["reason"],
            to_clinician_id=said.get("to_clinician"),
            version=said["version"],
        )


class Close(StepDoor):
    """The case ends with an outcome and a safety net.

    Who closes a P0 to P3 case that nobody signed signs the class it has: change the class first
    where it is another one.
    """

    roles = MAY["cases:raise"]

    @documented(answer=CaseShape, body=OutcomeBody)
    def post(self, request: Request, reference: str) -> Response:
        said = self.wish(OutcomeBody)
        wish = OutcomeWish(
            code=Outcome(said["outcome"]),
            note=said.get("note", ""),
            taken_by=said.get("taken_by", ""),
            better_by=BetterBy(said["better_by"]) if "better_by" in said else None,
            where=Where(said.get("call_where", Where.PRACTICE)),
            safety_net=said.get("safety_net", ""),
            record_viewed=said.get("record_viewed", ""),
            contact=_contact(said),
            duplicate_of=said.get("duplicate_of", ""),
        )
        return self.step(close, reference, wish=wish, version=said["version"])


def _contact(said: dict[str, Any]) -> Contact | None:
    """With whom somebody spoke; one half of it is none."""
    if "spoke_with" not in said or "spoke_by" not in said:
        return None
    return Contact(Met(said["spoke_with"]), TriedBy(said["spoke_by"]))


class Acknowledge(StepDoor):
    """The practice accepts a case that was handed back, or says why it cannot."""

    @documented(answer=CaseShape, body=AcknowledgeBody)
    def post(self, request: Request, reference: str) -> Response:
        said = self.wish(AcknowledgeBody)
        version, words = said["version"], said.get("note", "")
        if said.get("accept", True):
            return self.step(accept_back, reference, note=words, version=version)
        return self.step(refuse_back, reference, reason=words, version=version)


class NextCase(CaseDoor):
    """The most urgent case I may treat is mine; 204 when there is none."""

    roles = MAY["cases:treat"]

    @documented(answer={200: CaseShape, 204: None}, body=NextBody)
    def post(self, request: Request) -> Response:
        said = self.wish(NextBody)
        return self.do(take_next_of, show=self.seen, hub_code=said.get("hub", ""))
