"""What holds at every moment, and which rows break it (safety: the invariants of the domain).

Every open case has an owner and is due, no place is sold twice, ledgers are the sum of their
events, no enforced limit is passed without a word. None of these finds a row in a healthy database.
"""

from datetime import date, datetime

from django.db import connection

from appointments.models import Booking, ContactEvent, DayLoad
from appointments.queries import ledger_faults, share_faults
from practices.queries import limits_on
from practices.rules.limits import LimitMode

# Each statement names the rows that break the promise; none does in a healthy database.
PROMISES = {
    "a place is sold once": """
        SELECT format('slot %s place %s', slot_id, place) FROM appointments_place
         GROUP BY slot_id, place HAVING count(*) > 1""",
    "a slot sells no place it does not have": """
        SELECT format('slot %s', slot.id) FROM appointments_slot slot
          JOIN appointments_place taken ON taken.slot_id = slot.id
         GROUP BY slot.id HAVING count(*) > slot.places OR max(taken.place) > slot.places""",
    "a booking has its slot's time and clinician": """
        SELECT format('booking %s', booking.id) FROM appointments_booking booking
          JOIN appointments_slot slot ON slot.id = booking.slot_id
          LEFT JOIN appointments_slot second ON second.id = booking.second_slot_id
         WHERE (booking.starts_at, booking.first_ends_at, booking.clinician_id, booking.day)
            <> (slot.starts_at, slot.ends_at, slot.clinician_id, slot.day)
            OR booking.ends_at <> coalesce(second.ends_at, slot.ends_at)
            OR (second.session_id, second.starts_at) <> (slot.session_id, slot.ends_at)""",
    "a person is in one place at a time": """
        SELECT format('bookings %s and %s', one.id, other.id) FROM appointments_booking one
          JOIN appointments_booking other ON other.person_key = one.person_key
           AND other.id > one.id AND other.during && one.during
         WHERE one.state IN ('booked', 'arrived') AND other.state IN ('booked', 'arrived')
           AND one.overlap_override_id IS NULL AND other.overlap_override_id IS NULL""",
    "a hold is tidied away within five minutes of its end": """
        SELECT format('booking %s', id) FROM appointments_booking
         WHERE state = 'held' AND expires_at < %(at)s - interval '5 minutes'""",
    # What is over and was not settled is asked about on All clear for seven days.
    "a case has one booking at most": """
        SELECT format('case %s', case_ref) FROM appointments_booking
         WHERE state IN ('booked', 'arrived') AND case_ref <> ''
           AND (ends_at > %(at)s OR day < %(at)s::date - 7)
         GROUP BY case_ref HAVING count(*) > 1""",
    "an open case has an owner and is due": """
        SELECT format('case %s', reference) FROM triage_case
         WHERE (state <> 'closed' AND (due_at IS NULL OR hub_id IS NULL))
            OR (state = 'claimed' AND (claimed_by_id IS NULL OR lease_until IS NULL))
            OR (state = 'booked' AND booking_id IS NULL)
            OR (state = 'closed' AND closed_at IS NULL)""",
    "a booked case has a live booking of its own": """
        SELECT format('case %s', cases.reference) FROM triage_case cases
          LEFT JOIN appointments_booking booking ON booking.id = cases.booking_id
         WHERE cases.state = 'booked'
           AND (booking.case_ref IS DISTINCT FROM cases.reference
                OR booking.state NOT IN ('booked', 'arrived', 'attended'))""",
    "a live booking is the one its case names": """
        SELECT format('booking %s of case %s', booking.id, booking.case_ref)
          FROM appointments_booking booking JOIN triage_case cases
            ON cases.reference = booking.case_ref
         WHERE booking.state IN ('booked', 'arrived')
           AND (booking.ends_at > %(at)s OR booking.day < %(at)s::date - 7)
           AND (cases.booking_id IS DISTINCT FROM booking.id OR cases.state = 'closed')""",
    "a case is where its last step left it": """
        SELECT format('case %s', cases.reference) FROM triage_case cases
          JOIN LATERAL (SELECT to_state FROM triage_casestep step WHERE step.case_id = cases.id
                         ORDER BY step.id DESC LIMIT 1) last ON true
         WHERE last.to_state <> cases.state""",
    "every step of a case has its audit row": """
        SELECT format('case %s, step %s', cases.reference, step.step) FROM triage_casestep step
          JOIN triage_case cases ON cases.id = step.case_id
          LEFT JOIN practices_auditentry entry ON entry.entity = 'case'
           AND entry.entity_id = cases.reference AND entry.verb = 'case.' || step.step
         GROUP BY cases.reference, step.step
        HAVING count(DISTINCT step.id) > count(DISTINCT entry.id)""",
    "every booking for a case says on record how it came where it is": """
        SELECT format('booking %s, %s', booking.id, booking.state)
          FROM appointments_booking booking
         WHERE booking.case_ref <> ''
           AND NOT EXISTS (SELECT 1 FROM practices_auditentry entry
                            WHERE entry.entity = 'booking'
                              AND entry.entity_id = booking.id::text
                              AND entry.verb = ANY (CASE booking.state
                                WHEN 'held' THEN ARRAY['slot.held']
                                WHEN 'booked' THEN ARRAY['slot.booked']
                                WHEN 'expired' THEN ARRAY['hold.expired', 'hold.released']
                                ELSE ARRAY['booking.' || booking.state] END))
           AND NOT (booking.state = 'booked' AND EXISTS (
             SELECT 1 FROM appointments_move moved WHERE moved.to_booking_id = booking.id))""",
    "every decided proposal has an audit row": """
        SELECT format('proposal %s', proposal.id) FROM triage_proposal proposal
         WHERE proposal.state IN ('accepted', 'declined', 'undone')
           AND NOT EXISTS (SELECT 1 FROM practices_auditentry entry
                            WHERE entry.entity = 'proposal'
                              AND entry.entity_id = proposal.public_id::text
                              AND entry.verb = 'proposal.' || proposal.state)""",
    "an accepted move ended one booking and began another": """
        SELECT format('move %s', made.id) FROM appointments_move made
          JOIN appointments_booking gone ON gone.id = made.from_booking_id
         WHERE gone.state <> 'moved' OR made.from_booking_id = made.to_booking_id""",
    "a queued message has its promise": """
        SELECT format('message %s', message.id) FROM practices_message message
         WHERE message.state = 'queued' AND NOT EXISTS (
           SELECT 1 FROM practices_outboxitem item
            WHERE item.task = 'practices.tasks.deliver_message' AND item.done_at IS NULL
              AND (item.payload ->> 'message_id')::bigint = message.id)""",
}


def statement(promise: str) -> str:
    """The promise's SQL, with the per cent signs of `format` kept from the driver."""
    return PROMISES[promise].replace("%s", "%%s")


def broken_promises(*, at: datetime) -> list[str]:
    """One line for each promise the rows in reach do not keep at this instant."""
    lines = [f"{fault}" for fault in (*ledger_faults(), *share_faults())]
    with connection.cursor() as cursor:
        for promise in PROMISES:
            cursor.execute(statement(promise), {"at": at})
            lines += [f"{promise}: {row}" for (row,) in cursor.fetchall()]
    return lines


def days_past_limit() -> list[str]:
    """Days past an enforced limit that neither an override nor a logged contact explains.

    A limit may be lowered below what is booked, so this is apart from the promises.
    """
    excused = set(
        Booking.objects.filter(limit_override__isnull=False).values_list("clinician_id", "day")
    )
    logged = ContactEvent.objects.counted().filter(booking__isnull=True)
    excused |= set(logged.values_list("clinician_id", "day"))
    by_day: dict[date, dict[int, DayLoad]] = {}
    for load in DayLoad.objects.order_by("day", "clinician_id"):
        by_day.setdefault(load.day, {})[load.clinician_id] = load
    lines = []
    for day, loads in by_day.items():
        limits = limits_on(loads, on=day)
        for clinician_id, load in loads.items():
            limit, used = limits[clinician_id], load.held + load.booked + load.logged
            is_past = limit.mode is LimitMode.ENFORCE and used > limit.effective.points
            if is_past and (clinician_id, day) not in excused:
                lines.append(f"{load} has {used} of {limit.effective.points}")
    return lines
