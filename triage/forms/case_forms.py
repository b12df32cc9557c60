"""The forms of one case's page: fresh ones, and the one that was refused with all it held."""

from triage.actions.looking import Look
from triage.forms import clinic, seeing
from triage.forms.ending import OutcomeForm
from triage.forms.hand_back import HandBackForm
from triage.forms.offering import OfferForm
from triage.queries.case_history import reason_taken_back
from triage.queries.case_page import CasePage
from triage.rules.closing import taken_over_in
from triage.rules.safety_net import own_words, usual_words, usually
from triage.rules.second_looks import Again
from triage.rules.states import State, Step


def case_forms(look: Look, refused: clinic.CaseForm | None) -> dict[str, clinic.CaseForm]:
    """Every form under the name its part of the page knows it by."""
    row = look.case.row
    seen = {"version": row.version}
    usual = usually(row.urgency).value
    unsaid = {"safety_net": usual_words(row.urgency), "better_by": usual}
    forms: dict[str, clinic.CaseForm] = {
        "claim_form": clinic.Plain(initial=seen),
        "keep_form": clinic.Plain(initial=seen),
        "release_form": clinic.ReleaseForm(initial=seen),
        "class_form": clinic.ClassForm(initial=seen | {"urgency": row.urgency.value}),
        "read_form": clinic.Plain(initial=seen),
        "as_is_form": clinic.AsItIs(initial=seen | {"urgency": row.urgency.value}),
        "booking_form": clinic.Plain(initial=seen),
        "attempt_form": clinic.AttemptForm(initial=seen),
        "chaperone_form": seeing.ChaperoneForm(initial=seen),
        "send_help_form": seeing.SendHelpForm(initial=seen),
        "outcome_form": OutcomeForm(initial=seen | unsaid | said_before(look.case)),
        "back_form": HandBackForm(
            initial=seen | {"reason": reason_taken_back(look.case.history)}, named=look.named
        ),
        "offer_form": OfferForm(initial=seen),
        "offered_form": clinic.Plain(initial=seen),
        "ask_form": clinic.AskForm(initial=seen),
        "answer_form": clinic.AnswerForm(initial=seen),
        "accept_form": clinic.AcceptForm(initial=seen),
        "refuse_form": clinic.RefuseForm(initial=seen),
        "reopen_form": clinic.ReopenForm(initial=seen),
    }
    if refused is not None and refused.name:
        forms[f"{refused.name}_form"] = _completed(refused.at_version(row.version), look)
    _say_what_fits(forms, look)
    return forms


def _completed(kept: clinic.CaseForm, look: Look) -> clinic.CaseForm:
    """What was refused, with what the case says of it, and with all that is missing."""
    if isinstance(kept, HandBackForm):
        kept.name_from(look.named)
    if isinstance(kept, OutcomeForm):
        said_no = any(step.step is Step.DECLINE_HELP for step in look.case.history)
        kept.say_all(look.case.row.urgency, has_declined=said_no)
    return kept


def _say_what_fits(forms: dict[str, clinic.CaseForm], look: Look) -> None:
    """The outcomes that fit the case, and the colleagues who may take it."""
    ends, offers = forms["outcome_form"], forms["offer_form"]
    if isinstance(offers, OfferForm):
        offers.offer_to(look.colleagues)
    if isinstance(ends, OutcomeForm):
        row = look.case.row
        ends.offer(
            is_booked=look.case.is_seen or (row.is_booked and row.state is not State.BOOKED),
            at_practice=look.at_practice,
            others=look.case.open_others,
        )
        if look.pharmacy is not None:
            ends.say_of_pharmacy(look.pharmacy.why_not, look.pharmacy.ask_first)


def said_before(case: CasePage) -> dict[str, str]:
    """All that was said to end the case, where that was undone a moment ago."""
    was = case.taken_back
    if was is None:
        return {}
    again = {str(was.again_days)} & set(Again) if was.again_days else None
    note, taken_by = taken_over_in(was.note)
    return {
        "outcome": was.code.value,
        "record_viewed": was.record_viewed,
        "again": again.pop() if again else "",
        "safety_net": own_words(was.safety_net),
        "taken_by": taken_by,
        "note": note,
    }
