"""One case before a clinician: read it, and do what it needs."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from practices.rules.refusals import Conflict, Refused
from practices.rules.roles import CLINICAL_ROLES, Role
from practices.views.door import Door
from triage import actions
from triage.actions import asking
from triage.actions.looking import look_at_case
from triage.actions.no_longer import cancel_looked_at
from triage.actions.reading_words import read_words
from triage.actions.undoing import undo_step
from triage.forms import clinic
from triage.forms.case_forms import case_forms
from triage.forms.ending import OutcomeForm
from triage.forms.hand_back import HandBackForm
from triage.forms.once import new_once
from triage.presenters.case import lease_words, page
from triage.presenters.case_choices import choices
from triage.presenters.case_history import also_open_words
from triage.presenters.handovers import owed_line
from triage.presenters.supervising import who_is_here
from triage.presenters.undoing import undo_offer
from triage.queries.other_supervisors import supervisors_here
from triage.rules.states import Step

NOT_MINE = frozenset({403, 404})


class CasePage(Door):
    """The page of a case, with the form that was not accepted where there is one."""

    roles = CLINICAL_ROLES

    def draw(
        self, reference: str, *, form: clinic.CaseForm | None = None, is_stale: bool = False
    ) -> HttpResponse:
        look = self.do(look_at_case, reference=reference)
        shown = page(
            look.case,
            now=self.now,
            clinician_id=self.actor.clinician_id,
            seen_version=form.seen_version() if form and is_stale else None,
        )
        may = choices(look.case, by=self.actor, standing=look.standing, is_asked=bool(shown.asking))
        context = {
            "page": shown,
            "emergency_of": f"?case={reference}",
            "may": may,
            "here": self._who_is_here() if may.ask else "",
            "standing": look.standing,
            "also_open": also_open_words(look.also_open, now=self.now),
            "owed": [owed_line(one, now=self.now) for one in look.owed],
            "is_seen": look.case.is_seen,
            "is_met": look.case.is_seen or look.case.is_met,
            "is_stale": is_stale,
            "now_iso": self.now.isoformat(),
            **case_forms(look, form),
            "form": form,
            "once": new_once(),
        }
        status = 200 if form is None else 409 if is_stale else 422
        return render(self.request, "triage/clinic/case.html", context, status=status)

    def _who_is_here(self) -> str:
        hub_id = self.actor.organisation_id or 0
        return who_is_here(self.ask(supervisors_here, hub_id=hub_id, at=self.now))


class Case(CasePage):
    """Words, flags and history on the left; what can be done on the right."""

    roles = CLINICAL_ROLES | {Role.RECEPTIONIST}

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        if self.actor.role is Role.RECEPTIONIST:
            return redirect("triage:desk", reference)
        return self.draw(reference)


class Wish(CasePage):
    """One thing done to the case; what was refused stands on the page with all that was typed."""

    form_class: ClassVar[type[clinic.CaseForm]] = clinic.Plain
    action: ClassVar[Callable[..., object]]
    said: ClassVar[str]
    leaves: ClassVar[bool] = False
    undoes: ClassVar[Step | None] = None
    undo = ""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Read again after a refusal, its address is the case itself."""
        return redirect("triage:case", reference)

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self.draw(reference, form=form)
        try:
            answer = self.do_once(
                type(self).action,
                to=self.went,
                reference=reference,
                **self.wish(form),
            )
        except Refused as refusal:
            if refusal.status in NOT_MINE:
                raise
            form.refuse(str(refusal), field=refusal.field)
            is_stale = refusal.code == "stale" and form.seen_version() is not None
            return self.draw(reference, form=form, is_stale=is_stale)
        messages.success(request, self.said, extra_tags=self.undo)
        return answer

    def went(self, done: Any) -> str:
        """Where it goes on, and what the page there offers to take back."""
        if self.undoes is not None:
            self.undo = undo_offer(done, self.undoes, at=self.now)
        return self.onwards(self.kwargs["reference"])

    def wish(self, form: clinic.CaseForm) -> dict[str, Any]:
        return form.wish()

    def onwards(self, reference: str) -> str:
        """The case again; or, when it is off my desk, the page I work from."""
        if not self.leaves:
            return reverse("triage:case", args=[reference])
        return reverse("triage:duty" if self.actor.role is Role.DUTY else "triage:queue")


class Claim(Wish):
    action = actions.claim
    said = "The case is with you"
    undoes = Step.CLAIM


class Keep(Wish):
    action = actions.heartbeat
    said = "The case stays with you"

    def wish(self, form: clinic.CaseForm) -> dict[str, Any]:
        return {}

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        return self._beat(reference) if request.htmx else super().post(request, reference)

    def _beat(self, reference: str) -> HttpResponse:
        """The open page keeps the case by itself; whose it is no more, the page says."""
        kept: dict[str, object] = {"reference": reference, "now_iso": self.now.isoformat()}
        try:
            case = self.do(actions.heartbeat, reference=reference)
        except Refused as refusal:
            if refusal.status in NOT_MINE:
                raise
            kept["gone"] = str(refusal)
        else:
            until = case.lease_until or self.now
            kept |= {"lease": lease_words(until, now=self.now), "until": until.isoformat()}
        return render(self.request, "triage/clinic/case_lease.html", kept)


class Release(Wish):
    action = actions.release
    form_class = clinic.ReleaseForm
    said = "Released. The case waits in its old place"
    undoes = Step.RELEASE
    leaves = True


class SignClass(Wish):
    action = actions.change_class
    form_class = clinic.ClassForm
    said = "The class is recorded"
    undoes = Step.SIGN_CLASS


class ReadWords(Wish):
    action = read_words
    said = "Read. It is in the history"
    undoes = Step.READ_WORDS


class Attempt(Wish):
    action = actions.record_attempt
    form_class = clinic.AttemptForm
    said = "The attempt is recorded"
    undoes = Step.ATTEMPT


class Ask(Wish):
    action = asking.ask_supervisor
    form_class = clinic.AskForm
    said = "Asked. It stands on the supervisor’s screen now"


class AnswerAsked(Wish):
    action = asking.answer_question
    form_class = clinic.AnswerForm
    said = "Answered. Your words are in the history"


class Close(Wish):
    action = actions.close
    form_class = OutcomeForm
    said = "The case is closed"
    undoes = Step.CLOSE
    leaves = True


class HandBack(Wish):
    action = actions.hand_back
    form_class = HandBackForm
    said = "Handed back. The hub owns the case until the practice accepts"
    undoes = Step.HAND_BACK
    leaves = True


class AcceptBack(Wish):
    action = actions.accept_back
    form_class = clinic.AcceptForm
    said = "Accepted. It is with you until it is finished"
    undoes = Step.ACCEPT_BACK


class RefuseBack(Wish):
    action = actions.refuse_back
    form_class = clinic.RefuseForm
    said = "Not accepted. The case waits in the hub’s queue in its old place"
    leaves = True


class KeepBooking(Wish):
    action = actions.keep_booking
    said = "The appointment stays as it is"
    undoes = Step.KEEP_BOOKING


class CancelBooking(Wish):
    action = cancel_looked_at
    said = "The appointment is cancelled, and the patient is told. The case stays with you"


class Reopen(Wish):
    action = actions.reopen
    form_class = clinic.ReopenForm
    said = "The case is open again"


class Undo(CasePage):
    """What I did a moment ago is taken back, if nobody has acted on it."""

    def get(self, request: HttpRequest, reference: str, version: int) -> HttpResponse:
        return redirect("triage:case", reference)

    def post(self, request: HttpRequest, reference: str, version: int) -> HttpResponse:
        here = reverse("triage:case", args=[reference])
        try:
            answer = self.do_once(
                undo_step,
                to=lambda _: here,
                reference=reference,
                version=version,
            )
        except Conflict as refusal:
            messages.error(request, str(refusal))
            return redirect(here)
        messages.success(request, "Undone. The case is as it was before")
        return answer
