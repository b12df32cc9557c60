"""What somebody asks for, as a request is made of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from practices.rules.access import AccessNeed
from triage.rules.callers import Caller, Reaching
from triage.rules.codes import Channel, Need, Urgency


@dataclass(frozen=True, slots=True)
class CaseWish:
    """What was said at the desk or on the phone; `again` is the open case they call about."""

    patient_id: int
    need: Need
    channel: Channel = Channel.PHONE
    words: str = ""
    red_flags: tuple[str, ...] = ()
    red_flags_asked: bool = False
    asked_version: int | None = None
    access_needs: tuple[AccessNeed, ...] = ()
    phone: str = ""
    safe_to_text: bool = True
    available: Sequence[dict[str, str]] = field(default_factory=tuple)
    external_code: str = ""
    raised_to: Urgency | None = None
    asked_for_id: int | None = None
    caller: Caller | None = None
    reaching: Reaching = field(default_factory=Reaching)
    linked_to: str = ""
    again: str = ""
    not_the_hub: bool | None = None
    email: str | None = None
    asked_by_nobody: bool = False
    happened_at: datetime | None = None
