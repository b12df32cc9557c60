"""How each address is knocked at: a new address needs one line here.

`GET` and `POST` make an entry; what stands in braces is a field of `Target`, in the address by the
name of the part, in the body by the name of the field. Public addresses say why they are.
"""

from dataclasses import dataclass, field

from tests.walls.two_networks import Target


@dataclass(frozen=True, slots=True)
class Knock:
    """A method, the parts of the address, and the body."""

    method: str
    parts: dict[str, str] = field(default_factory=dict)
    body: dict[str, object] = field(default_factory=dict)

    def names(self) -> set[str]:
        """The fields of a target that the knock names, in its address or its body."""
        braced = {str(what)[1:-1] for what in self.body.values() if str(what).startswith("{")}
        return braced | set(self.parts.values())

    def filled(self, target: Target) -> tuple[dict[str, object], dict[str, object]]:
        """Parts and body with the target's values."""
        return (
            {name: getattr(target, what) for name, what in self.parts.items()},
            {name: _value(what, target) for name, what in self.body.items()},
        )


def _value(what: object, target: Target) -> object:
    if isinstance(what, str) and what.startswith("{"):
        return getattr(target, what.strip("{}"))
    return what


def get(**parts: str) -> list[Knock]:
    return [Knock("get", parts)]


def patch(body: dict[str, object], **parts: str) -> list[Knock]:
    return [Knock("patch", parts, body)]


def post(body: dict[str, object] | None = None, **parts: str) -> list[Knock]:
    return [Knock("post", parts, body or {})]


# What the practice next door shares with Oak: it may know of it, and ask about it.
SHARED = {"other_practice": {"hub", "network", "run", "change"}, "other_network": set()}
PUBLIC = {
    "health": "says only that the process lives",
    "practices:sign_in": "the way in",
    "practices:sign_out": "the way out",
    "triage:own_cancel": "the patient's own link, signed by us; says nothing before a birth date",
    "triage:wallboard": "a display's own link, which shows counts of one hub and names nobody",
    "schema": "the contract, without data",
    "docs": "the contract, for people",
}
CASE, DESK_CASE = {"reference": "case"}, {"reference": "desk_case"}
BOOKING, PLANNED, MOVE = ({"public_id": one} for one in ("booking", "planned", "proposal"))
API_BOOKING, API_MOVE = {"booking_id": "booking"}, {"proposal_id": "proposal"}
SESSION = {
    "clinician": "{clinician}",
    "practice": "{practice}",
    "starts_at": "2026-12-02T09:00:00+00:00",
    "ends_at": "2026-12-02T10:00:00+00:00",
}
REQUEST = {"need": "eye", "channel": "phone", "words": "itchy since Friday"}
ADVISED = {"record_viewed": "summary", "safety_net": "ring"}
ADVICE = ADVISED | {"outcome": "advice", "spoke": "patient:phone"}
MORNING = "2026-11-30T09:00:00+00:00"
CALLER = {"caller_name": "Jo", "caller_relation": "friend", "caller_authority": "none"}
GONE = {"clinician": "{clinician}", "reason": "unwell"}
PAPER = {"number": "K7M-3QX", "happened_on": "2026-11-30", "time": "9:30am"}
LIMIT = {
    "limit": "20",
    "cause": "agreed",
    "from_on_day": "30",
    "from_on_month": "11",
    "from_on_year": "2026",
    "reason": "a vacancy",
    "basis": "the partners' meeting",
}
COVER = {
    "queue": "{practice}",
    "clinician": "{clinician}",
    "starts": "13:00",
    "ends": "14:00",
    "phone": "07700 900111",
}
PAGES = {
    "home": get(),
    "alarms": get(),
    "calls": get(),
    "practices:memberships": get() + post({"membership": 1}),
    "practices:gallery": get(),
    "practices:drafts": get() + post({"place": "a form"}),
    "practices:still_here": post(),
    "practices:limits": get() + post({"mode": "warn"}),
    "practices:limit_practice": get() + post(LIMIT),
    "practices:limit_end": post({"limit": "none"}),
    "practices:stage_of": post({"stage": "st1"}, clinician_id="clinician"),
    "practices:limit_of": get(clinician_id="clinician") + post(LIMIT, clinician_id="clinician"),
    "triage:reception": get() + post({"sought": "29 02 1980"}),
    "triage:not_listed": get() + post({"given_name": "A", "family_name": "B", "age": "40"}),
    "triage:new": get(public_id="patient") + post(REQUEST, public_id="patient"),
    "triage:desk": get(**DESK_CASE) + get(**CASE),
    "triage:options": get(**CASE),
    "triage:hold": post({"slot": "{slot}"}, **CASE),
    "triage:let_go": post(**CASE),
    "triage:number": post({"phone": "07700 900111"}, **CASE),
    "triage:caller": post(CALLER, **CASE),
    "triage:flag": post({"code": "heart_attack"}, **CASE),
    "triage:raise": get(**CASE) + post({"urgency": "P1", "reason": "Grey"}, **CASE),
    "triage:book": post({"slot": "{slot}"}, **CASE),
    "triage:way": post({"way": "waiting_list"}, **CASE),
    "triage:move": post({"slot": "{slot}", "booking": "{booking}"}, **DESK_CASE),
    "triage:interpreter": get(**BOOKING) + post({"words": "Big Word 4471"}, **BOOKING),
    "triage:cancel": get(**BOOKING) + post({"because": "patient_cancelled"}, **BOOKING),
    "triage:planned": get(**PLANNED) + post({"because": "patient_asked"}, **PLANNED),
    "triage:move_planned": post({"slot": "{slot}"}, **PLANNED),
    "triage:undo_placement": post(**BOOKING),
    "triage:undo_move": post(**BOOKING),
    "triage:arrivals": get() + post({"words": "a cough", "sent_to": "pharmacy"}),
    "triage:arrive": post({"step": "arrived"}, **BOOKING),
    "triage:undo_mark": post(**BOOKING, version="case_version"),
    **{f"triage:{one}": post(public_id="walk_up") for one in ("answered", "undo_answer")},
    "triage:session": get(public_id="session_link"),
    "triage:paper": get(),
    **{f"triage:print_{one}": get() for one in ("sessions", "queue", "forms")},
    "triage:pack": get(),
    "triage:paper_entry": get() + post({"sought": "29 02 1980"}),
    "triage:paper_contact": get() + post(PAPER | {"kind": "brief_advice"}),
    "triage:paper_request": get(public_id="patient")
    + post(PAPER | REQUEST | {"none_said": "on"}, public_id="patient"),
    "triage:paper_case": get(**CASE) + get(**DESK_CASE),
    "triage:paper_booking": post(
        PAPER | {"slot_on": "2026-11-30", "slot_time": "10:50am", "clinician": "{clinician}"},
        **CASE,
    ),
    "triage:paper_outcome": post(PAPER | ADVICE, **CASE),
    "triage:paper_attempt": post(PAPER | {"channel": "phone", "met": "nobody"}, **CASE),
    "triage:tasks": get(),
    "triage:task_take": post(reference="case"),
    "triage:task_end": post({"note": "posted"}, reference="case"),
    "triage:messages": get(),
    "triage:letter": get(reference="message"),
    "triage:take_message": post(reference="message"),
    "triage:told": post(reference="message"),
    "triage:emergency": get(),
    "triage:emergency_raised": get(reference="emergency"),
    "triage:acknowledge": post(reference="emergency"),
    "triage:emergency_end": post({"ended_as": "mistake"}, reference="emergency"),
    "triage:queue": get(),
    "triage:next": post(),
    "triage:save_filter": post({"name": "Urgent", "query": "class=P1"}),
    "triage:forget_filter": post(filter_id="case_version"),
    "triage:log_contact": post({"kind": "brief_advice"}),
    "triage:undo_contact": post(contact_id="contact"),
    "triage:cover": get(),
    "triage:name_cover": post(COVER),
    "triage:withdraw_cover": post(public_id="cover"),
    "triage:wallboards": get() + post({"hub": "{hub}", "name": "the corridor"}),
    "triage:revoke_wallboard": post(public_id="wallboard"),
    "triage:hub_day": get(),
    "triage:close_hub": post(code="hub"),
    "triage:reopen_hub": post(code="hub"),
    "triage:visits": get(),
    "triage:end_visit": post({"how": "done"}, **BOOKING),
    "triage:shift_end": get(),
    "triage:duty": get(),
    "triage:accept_handover": post({"note": "ours"}, **CASE),
    "triage:supervising": get(),
    "triage:leave_supervision": post(),
    "triage:come_back": post(),
    "triage:take_over": post({"clinician": "{clinician}"}),
    "triage:review": post(**CASE),
    **{f"triage:{one}": post(**CASE) for one in ("countersign", "undo_countersign")},
    "triage:all_clear": get(),
    "triage:send_to_duty": post(**DESK_CASE),
    "triage:overrides": get(),
    "triage:who_viewed": get() + post({"sought": "29 02 1980"}),
    "triage:views_of": get(public_id="patient"),
    "triage:case": get(**CASE) + get(**DESK_CASE),
    "triage:claim": post(**CASE),
    "triage:read_words": post(**CASE),
    "triage:declined": post({"said_by": "patient"}, **CASE),
    "triage:keep": post(**CASE),
    "triage:release": post(**CASE),
    "triage:sign": post({"urgency": "P1", "reason": "worse"}, **CASE),
    "triage:attempt": post({"channel": "phone", "met": "nobody"}, **CASE),
    "triage:send_help": post({"sent": "police", "words": "Log 12"}, **CASE),
    "triage:chaperone": post({"offered": "declined"}, **CASE),
    "triage:ask": post({"question": "really?"}, **CASE),
    "triage:answer_asked": post({"reply": "yes"}, **CASE),
    "triage:close": post(ADVICE, **CASE),
    "triage:hand_back": post({"reason": "known to you"}, **CASE),
    "triage:accept_back": post({"note": "ours"}, **CASE),
    "triage:refuse_back": post({"reason": "full"}, **CASE),
    "triage:keep_booking": post(**DESK_CASE),
    "triage:cancel_looked_at": post(**DESK_CASE),
    "triage:second_looks": get(),
    "triage:done": get(),
    "triage:look_again": post({"what": "done", "note": "well again"}, **CASE),
    "triage:record_note": get(**CASE) + post(**CASE),
    "triage:offer": post({"to_clinician": "{clinician}"}, **CASE),
    "triage:take_offered": post(**CASE),
    "triage:end_offer": post(**CASE),
    "triage:undo_step": post(**CASE, version="case_version"),
    "triage:reopen": post({"reason": "worse"}, **CASE),
    "triage:rules": get(),
    "triage:card": get(),
    "triage:card_change": get() + post({"step": "preview", "question": "Hiccups"}),
    "triage:pharmacy_rules": get(),
    "triage:pharmacy_change": get() + post({"step": "preview", "min_age": "5"}),
    "triage:protocols": get(),
    "triage:protocol_change": get() + post({"step": "preview", "min_age": "5"}),
    "triage:rule_change": get(change_id="change") + post({"step": "release"}, change_id="change"),
    "triage:weights": get(),
    "triage:weights_change": get() + post({"step": "preview", "travel_minute": "20"}),
    "triage:gone_home": get() + post(GONE) + post(GONE | {"sure": "yes"}),
    "triage:list_ended": get(public_id="ended_list"),
    "triage:list_back": post(public_id="ended_list"),
    "triage:proposals": get(),
    "triage:accept": post(**MOVE),
    "triage:decline": post({"reason": "no"}, **MOVE),
    "triage:undo": post(**MOVE),
    "triage:undo_decline": post(**MOVE),
    "triage:accept_offer": post(public_id="offer"),
    "triage:decline_offer": post({"reason": "no"}, public_id="offer"),
    "triage:undo_offer": post(public_id="offer"),
    "triage:read_out": [*get(**MOVE), *post({"yes": "{proposal}"}, **MOVE)],
    "triage:undo_run": post(run_id="run"),
    "networks:board": get(),
    "networks:rebalance": post(),
    "networks:automation": get() + post({"mode": "safe", "reason": "agreed"}),
    "networks:shadow": get(),
    "networks:none_said": get(),
    "networks:lists_ended": get(),
    "networks:limits": get() + post(LIMIT),
    "networks:limit_end": post(),
}
API = {
    "api_me": get(),
    "api_practices": get(),
    "api_hubs": get(),
    "api_networks": get(),
    "api_clinicians": get(),
    "api_patients": get() + post({"family_name": "New", "given_name": "Person"}),
    "api_patient": get(patient_id="patient"),
    "api_workload": get(clinician_id="clinician"),
    "api_contacts": post({"clinician": "{clinician}", "kind": "debrief", "at": MORNING}),
    "api_sessions": get() + post(SESSION),
    "api_session": get(session_id="session") + patch({"places": 2}, session_id="session"),
    "api_session_cancel": post({"reason": "sick"}, session_id="session"),
    "api_slots": get(),
    "api_red_flags": get(),
    "api_cases": get() + post(REQUEST | {"patient": "{patient}"}),
    "api_case": get(**CASE) + get(**DESK_CASE),
    "api_options": get(**CASE),
    "api_hold": post({"slot": "{slot}"}, **CASE),
    "api_book": post({"slot": "{slot}"}, **CASE),
    "api_claim": post(**CASE),
    "api_read": post(**CASE),
    "api_declined": post({"said_by": "patient"}, **CASE),
    "api_help": post({"sent": "police", "words": "Log 12"}, **CASE),
    "api_release": post(**CASE),
    "api_attempts": post({"channel": "phone"}, **CASE),
    "api_class": post({"class": "P1", "reason": "worse"}, **CASE),
    "api_return": post({"reason": "known to you"}, **CASE),
    "api_outcome": post({"outcome": "advice", "safety_net": "call again"}, **CASE),
    "api_acknowledge": post(**CASE),
    "api_next": post({"hub": "{hub}"}),
    "api_emergencies": get() + post({"phone": "07700 900111"}),
    "api_emergency_acknowledge": post(reference="emergency"),
    "api_emergency_end": post({"ended_as": "mistake"}, reference="emergency"),
    "api_bookings": get(),
    "api_booking": get(**API_BOOKING),
    "api_cancel": post(**API_BOOKING),
    "api_move": post({"slot": "{slot}"}, **API_BOOKING),
    "api_arrived": post(**API_BOOKING),
    "api_attended": post(**API_BOOKING),
    "api_missed": post(**API_BOOKING),
    "api_rebalance": post(code="network"),
    "api_board": get(code="network"),
    "api_run": get(run_id="run"),
    "api_proposals": get(),
    "api_accept": post(**API_MOVE),
    "api_decline": post({"reason": "no"}, **API_MOVE),
    "api_undo": post(**API_MOVE),
    "api_offers": get(),
    "api_accept_offer": post(offer_id="offer"),
    "api_decline_offer": post({"reason": "no"}, offer_id="offer"),
}
MATRIX = PAGES | API
