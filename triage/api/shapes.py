"""What a case looks like to a program: in a list, and in full with its steps."""

from rest_framework import serializers

from appointments.api.shapes import BookingShape
from practices.api.fields import Day, Instant, Points, Shape, Urgency
from triage.queries.case_page import CasePage
from triage.queries.queue_rows import QueueRow
from triage.rules.states import owner_of


class HolderShape(Shape):
    """Who has the case now, and until when it is kept for them."""

    id = serializers.IntegerField(source="clinician_id")
    name = serializers.CharField()
    since = Instant()
    until = Instant()


class CaseRowShape(Shape):
    """A case in the worklist. It names nobody."""

    reference = serializers.CharField()
    version = serializers.IntegerField()
    state = serializers.CharField(
        source="stands", help_text="claimed only while claimed_by has it: then it waits again"
    )
    class_ = Urgency(source="urgency")
    class_status = serializers.CharField(source="status")
    due_at = Instant()
    submitted_at = Instant()
    owner = serializers.SerializerMethodField()
    need = serializers.CharField()
    channel = serializers.CharField()
    practice = serializers.CharField(source="practice_code")
    hub = serializers.CharField(source="hub_code")
    claimed_by = HolderShape(source="holder", allow_null=True)
    access_needs = serializers.ListField(child=serializers.CharField())
    red_flags = serializers.ListField(child=serializers.CharField())
    bounces = serializers.IntegerField()
    declined_at = Instant(allow_null=True, help_text="when they said no to emergency help")
    read_by = Instant(
        source="read_due_at",
        allow_null=True,
        help_text="a clinician has read the words by then; null where nothing is to be read",
    )

    def get_owner(self, row: QueueRow) -> str:
        return owner_of(row.stands)


class CasePatientShape(Shape):
    """Whose case it is."""

    id = serializers.UUIDField(source="public_id")
    nhs_number = serializers.CharField(allow_null=True)
    family_name = serializers.CharField()
    given_name = serializers.CharField()
    born_on = Day()
    sex = serializers.CharField()


class NoteShape(Shape):
    """Words about the case; empty once they were erased."""

    kind = serializers.CharField()
    text = serializers.CharField()
    at = Instant()
    by = serializers.CharField()
    is_erased = serializers.BooleanField()


class StepShape(Shape):
    """One line of the history."""

    step = serializers.CharField()
    at = Instant()
    by = serializers.CharField()
    role = serializers.CharField()
    from_ = serializers.CharField(source="from_state")
    to = serializers.CharField(source="to_state")
    class_ = Urgency(source="urgency")
    code = serializers.CharField()
    reason = serializers.CharField()


class AttemptShape(Shape):
    """Somebody tried to reach the patient."""

    at = Instant()
    by = serializers.CharField()
    channel = serializers.CharField()
    answered = serializers.BooleanField()
    met = serializers.CharField()
    number_end = serializers.CharField()


class OutcomeShape(Shape):
    """How the case ended."""

    outcome = serializers.CharField(source="code")
    at = Instant()
    by = serializers.CharField()
    note = serializers.CharField()
    safety_net = serializers.CharField()
    record_viewed = serializers.CharField()
    duplicate_of = serializers.CharField(help_text="the case that goes on; empty where none does")


class CaseShape(CaseRowShape):
    """One case in full."""

    patient = CasePatientShape()
    phone = serializers.CharField()
    safe_to_text = serializers.BooleanField()
    red_flags_asked = serializers.BooleanField()
    card = serializers.IntegerField(
        source="card_version", help_text="the red-flag card it was asked and read by"
    )
    words_flags = serializers.ListField(
        child=serializers.CharField(), help_text="flags whose words the patient used"
    )
    signed_by = serializers.CharField()
    bookable_now = serializers.BooleanField()
    bookable_because = serializers.CharField()
    external_code = serializers.CharField()
    asked_for = serializers.CharField(help_text="the clinician the patient wants to see")
    points = Points()
    available = serializers.ListField(child=serializers.DictField())
    closed_at = Instant(allow_null=True)
    read_from = Instant(allow_null=True, help_text="when the hub, closed now, reads it")
    notes = NoteShape(many=True)
    steps = StepShape(many=True, help_text="oldest first")
    attempts = AttemptShape(many=True)
    outcomes = OutcomeShape(many=True)
    bookings = BookingShape(many=True)


# What a case in full shows besides its row in the list, under the page's own names.
IN_FULL = (
    "patient",
    "phone",
    "safe_to_text",
    "red_flags_asked",
    "card_version",
    "signed_by",
    "bookable_now",
    "bookable_because",
    "external_code",
    "asked_for",
    "points",
    "available",
    "closed_at",
    "read_from",
    "notes",
    "bookings",
)


class _Whole:
    """A case's row and page under one set of names."""

    def __init__(self, page: CasePage) -> None:
        self._row = page.row
        for name in IN_FULL:
            setattr(self, name, getattr(page, name))
        self.words_flags = [flag.code for flag in page.scan_hits]
        self.steps = page.history[::-1]
        self.attempts = page.attempts[::-1]
        self.outcomes = page.outcomes[::-1]

    def __getattr__(self, name: str) -> object:
        return getattr(self._row, name)


def case_body(page: CasePage) -> dict[str, object]:
    """The case as the contract shows it."""
    return CaseShape(_Whole(page)).data
