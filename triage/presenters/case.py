"""One case in words, for the clinician who decides about it."""

from dataclasses import dataclass
from datetime import datetime

from appointments.queries import BookingRow
from appointments.rules.codes import BookingState, Mode
from practices.rules.access import AccessNeed
from practices.rules.postcodes import where_words
from triage.presenters.case_history import (
    MISSED,
    EarlierLine,
    HistoryLine,
    WordsLine,
    answered_words,
    asking_words,
    earlier_lines,
    ended_words,
    history_lines,
    with_written,
    words_lines,
)
from triage.presenters.contact import caller_words, phone_words, tap_to_call
from triage.presenters.declining import Declined, declined
from triage.presenters.desk import case_banner
from triage.presenters.flags import FlagLine, Hits, flag_lines, hits
from triage.presenters.interpreters import interpreter_words
from triage.presenters.signs import Banner
from triage.presenters.slot_links import slot_link
from triage.presenters.tries import AttemptLine, asks_who_goes, attempt_lines, trying_words
from triage.presenters.urgency import CaseLine, case_line, moment_words
from triage.queries.case_page import CasePage
from triage.queries.queue_rows import Holder, QueueRow
from triage.rules.closing import must_be_signed
from triage.rules.codes import Channel, ClassStatus
from triage.rules.need_defaults import disposition_of
from triage.rules.states import State, Step

VOICEMAIL = "A voicemail says who calls and the number, and nothing clinical."
NO_VOICEMAIL = "Leave no voicemail: the patient has not said that it is safe."
LIVE = ("held", "booked", "arrived")


@dataclass(frozen=True, slots=True)
class BookingLine:
    """An appointment, and where its session is; empty where that is not ours to see."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that the case page shows beside its forms."""

    reference: str
    version: int
    banner: Banner
    line: CaseLine
    status: str
    stands: str
    lease: str
    lease_until: str
    words: tuple[WordsLine, ...]
    flags: tuple[FlagLine, ...]
    declined: Declined | None
    hits: Hits
    asked: str
    facts: tuple[dict[str, str], ...]
    bookings: tuple[BookingLine, ...]
    attempts: tuple[AttemptLine, ...]
    trying: str
    is_to_decide: bool
    call: str
    voicemail: str
    may_leave_voicemail: bool
    asking: str
    answered: str
    offered: str
    is_offered_to_me: bool
    bounced: bool
    safety_net: str
    sign_words: str
    close_words: str
    history: tuple[HistoryLine, ...]
    earlier: tuple[EarlierLine, ...]
    changed: tuple[HistoryLine, ...] = ()


def lease_words(until: datetime, *, now: datetime) -> str:
    """Until when a case is kept for whoever has it."""
    return f"Kept for you until {moment_words(until, now=now)}"


def page(
    case: CasePage, *, now: datetime, clinician_id: int | None, seen_version: int | None = None
) -> Page:
    """The case in words; with the version somebody saw, also what changed since then."""
    row, line = case.row, case_line(case.row, now=now, clinician_id=clinician_id)
    history, held = history_lines(case.history, now=now), _held(row, clinician_id=clinician_id)
    return Page(
        reference=row.reference,
        version=row.version,
        banner=case_banner(case, now=now),
        line=line,
        status=_status(case),
        stands=_stands(case, who=line.who),
        lease=lease_words(held.until, now=now) if held else "",
        lease_until=held.until.isoformat() if held else "",
        words=words_lines(case.notes, now=now),
        flags=flag_lines(case.flags),
        declined=declined(case, now=now),
        hits=hits(case, now=now),
        asked=_asked(case),
        facts=_facts(case, now=now),
        bookings=_bookings(case, now=now),
        attempts=attempt_lines(case, now=now),
        trying=trying_words(case),
        is_to_decide=asks_who_goes(case),
        call=tap_to_call(case.phone, case.contact),
        voicemail=VOICEMAIL if case.contact.voicemail_allowed else NO_VOICEMAIL,
        may_leave_voicemail=case.contact.voicemail_allowed,
        asking=asking_words(case.history, now=now),
        answered=answered_words(case.history, now=now),
        offered=_offered(case, clinician_id=clinician_id),
        is_offered_to_me=case.offered_to_id is not None and case.offered_to_id == clinician_id,
        bounced=row.bounces > 0,
        safety_net=_safety_net(case),
        sign_words=f"Sign it as {line.sign}",
        close_words=_close_words(case),
        history=with_written(history, case.history, case.written, now=now),
        earlier=earlier_lines(case.earlier, now=now),
        changed=history[: 0 if seen_version is None else max(0, row.version - seen_version)],
    )


def _held(row: QueueRow, *, clinician_id: int | None) -> Holder | None:
    """How this clinician has the case; None where they do not."""
    holder = row.holder
    return holder if holder is not None and holder.clinician_id == clinician_id else None


def _close_words(case: CasePage) -> str:
    """What the button says: closing an urgent case that nobody signed signs its class."""
    row = case.row
    unsigned = must_be_signed(row.urgency, is_signed=row.status is ClassStatus.SIGNED)
    return f"Sign it as {row.urgency.value} and close the case" if unsigned else "Close the case"


def _status(case: CasePage) -> str:
    if case.row.status is ClassStatus.SIGNED:
        return f"Signed by {case.signed_by}" if case.signed_by else ClassStatus.SIGNED.label
    return f"{case.row.status.label}: no clinician has signed it"


def _stands(case: CasePage, *, who: str) -> str:
    """Where the case stands: who has it, or how far it has come."""
    if case.row.state is State.HANDED_BACK and case.handed_to:
        return f"Handed back to {case.handed_to}, {case.row.practice}"
    if case.row.state is State.CLOSED and case.outcomes:
        last = case.outcomes[0]
        return f"Closed: {ended_words(last)}, by {last.by or 'the clockwork'}"
    last_code = case.history[0].code if case.history else ""
    said = MISSED.get(last_code) or (case.row.no_longer.label if case.row.no_longer else "")
    return f"{said}. {who}" if said else who


def _offered(case: CasePage, *, clinician_id: int | None) -> str:
    """To whom the case is offered, and who has it until they accept; blank where to nobody."""
    if case.offered_to_id is None:
        return ""
    said = next((step for step in case.history if step.step is Step.OFFER), None)
    why = f": “{said.reason}”" if said and said.reason else ""
    if case.offered_to_id == clinician_id:
        return f"{said.by if said else 'A colleague'} offers you this case{why}"
    return f"Offered to {case.offered_to}{why}. It stays where it is until they accept"


def _safety_net(case: CasePage) -> str:
    """What the patient was told to watch for when the case closed; nothing while it is open."""
    if case.row.state is not State.CLOSED or not case.outcomes:
        return ""
    return case.outcomes[0].safety_net or "No safety net was given"


def _asked(case: CasePage) -> str:
    """What is known of the card. No hit means nothing at all, so nothing is said of it."""
    if case.flags:
        return ""
    if case.red_flags_asked:
        card = f" (card version {case.card_version})" if case.card_version else ""
        return f"The red-flag questions{card} were asked, and none was ticked."
    said = "The red-flag questions were not asked."
    return said if case.row.state is State.CLOSED else f"{said} Ask them."


def _facts(case: CasePage, *, now: datetime) -> tuple[dict[str, str], ...]:
    patient, row = case.patient, case.row
    needs = ", ".join(AccessNeed(need).label for need in row.access_needs)
    sent = f"{moment_words(row.submitted_at, now=now)}, {_sent_by(row.channel)}"
    reached = phone_words(case.phone, case.contact)
    if case.phone:
        reached += ". Texts may be sent" if case.safe_to_text else ". Send no texts"
    facts = [
        ("Phone", reached),
        ("Access needs", "; ".join(filter(None, [needs, patient.access_detail])) or "None known"),
        ("Usual clinician", _usual(case)),
        ("Sent", f"{sent}, by {case.submitted_by}" if case.submitted_by else sent),
        ("Address", where_words(patient.address, patient.postcode, whole=True)),
    ]
    if case.asked_for:
        facts.append(("Asked for", case.asked_for))
    if case.contact.caller is not None:
        facts.append(("Called by", caller_words(case.contact)))
    if case.external_code:
        facts.append(("NHS 111 code", _code_words(case.external_code)))
    if patient.declines_hub:
        facts.append(("The hub", "The patient does not want to go to the hub"))
    return tuple({"key": key, "value": value} for key, value in facts)


def _sent_by(channel: str) -> str:
    label = Channel(channel).label
    return label if channel == Channel.NHS111 else label.lower()


def _code_words(external_code: str) -> str:
    """ "Dx05: contact within 2 hours"; a code nobody knows says so."""
    found = disposition_of(external_code)
    return f"{external_code}: {found.words}" if found else f"{external_code}, which is not known"


def _usual(case: CasePage) -> str:
    name = case.patient.usual_clinician or "Not known here"
    wish = {"red": "own clinician only", "amber": "own clinician if possible"}
    said = wish.get(case.patient.continuity)
    return f"{name} ({said})" if said else name


def _bookings(case: CasePage, *, now: datetime) -> tuple[BookingLine, ...]:
    """The appointments in reach; one at the practice is named without its time."""
    live = [one for one in case.bookings if one.state in LIVE]
    seen = tuple(_booking(one, case.row.access_needs, now=now) for one in live)
    if case.row.is_booked and not seen:
        words = f"Has an appointment at {case.row.practice}. Ask the practice for its time"
        return (BookingLine(words, ""),)
    return seen


def _booking(row: BookingRow, needs: tuple[str, ...], *, now: datetime) -> BookingLine:
    state = BookingState(row.state).label
    when = moment_words(row.starts_at, now=now)
    words = f"{state}: {when}, {Mode(row.mode).label.lower()}, {row.clinician}, {row.site}"
    spoken_by = interpreter_words(needs, row.interpreter, house=row.place_name)
    words = ". ".join(filter(None, [words, spoken_by]))
    return BookingLine(words, slot_link(row.session, row.slot_id))
