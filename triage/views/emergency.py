"""Emergency now: a phone number, and every clinician on shift sees it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from practices.rules.phones import spoken
from practices.rules.refusals import Absent, BadInput, Refused
from practices.rules.roles import CLINICAL_ROLES, EVERYONE, HUB_ROLES, PRACTICE_ROLES
from practices.views.door import Door
from triage.actions import end_emergency
from triage.actions.emergency_of import Whom, open_call, open_whom, raise_of
from triage.forms.emergency import CallBecame, EmergencyCall
from triage.presenters.emergency import emergency_page, whom_banner
from triage.queries.emergencies import EmergencyRow, emergency_row
from triage.rules.codes import CallEnd
from triage.views.reception import DESK, named

RAISERS = PRACTICE_ROLES | HUB_ROLES


class EmergencyNow(Door):
    """Raise it. People with no clinicians of their own read what to do instead."""

    roles = EVERYONE

    def get(self, request: HttpRequest) -> HttpResponse:
        whom = self._whom()
        phone = spoken(whom.phone) if whom and whom.phone else ""
        form = EmergencyCall(initial={"phone": phone}, of_somebody=whom is not None)
        return self._page(form, whom)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = EmergencyCall(request.POST, of_somebody=any(self._about().values()))
        if form.is_valid():
            is_another = form.cleaned_data.get("is_another", False)
            try:
                return self.do_once(
                    raise_of,
                    to=lambda raised: reverse("triage:emergency_raised", args=[raised.reference]),
                    phone=form.cleaned_data["phone"],
                    where=form.cleaned_data["where"],
                    is_here=form.cleaned_data["is_here"],
                    **({"patient": "", "case": ""} if is_another else self._about()),
                )
            except Refused as refusal:
                form.refuse(refusal.text, field=refusal.field)
        return self._page(form, self._whom())

    def _about(self) -> dict[str, str]:
        """The page it was pressed on, as the address names it."""
        return {"patient": self.request.GET.get("patient", ""), "case": named(self.request, "case")}

    def _whom(self) -> Whom | None:
        """Whose page it was pressed on; whoever may not raise it is shown nobody."""
        if not self.actor.is_one_of(RAISERS):
            return None
        about = self._about()
        return self.do(open_whom, **about) if any(about.values()) else None

    def _page(self, form: EmergencyCall, whom: Whom | None) -> HttpResponse:
        context = {
            "form": form,
            "may_raise": self.actor.is_one_of(RAISERS),
            "banner": whom_banner(whom.patient, now=self.now) if whom else None,
        }
        return render(self.request, "triage/reception/emergency.html", context)


class EmergencyRaised(Door):
    """Whether a clinician has it; the answer looks again by itself."""

    roles = RAISERS

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return self.shown(reference, CallBecame())

    def shown(self, reference: str, form: CallBecame, *, status: int = 200) -> HttpResponse:
        """The call; `form` asks for the request it became, with what went wrong."""
        if self.request.htmx:
            row, whom, part = self._row(reference), None, "emergency_state"
        else:
            call = self.do(open_call, reference=reference)
            row, whom, part = call.row, call.patient, "emergency_raised"
        context = {
            "page": emergency_page(row, by=self.actor),
            "banner": whom_banner(whom, now=self.now) if whom else None,
            "new_request": whom.public_id if whom and self.actor.is_one_of(DESK) else None,
            "may_acknowledge": self.actor.is_one_of(CLINICAL_ROLES),
            "form": form,
        }
        return render(self.request, f"triage/reception/{part}.html", context, status=status)

    def _row(self, reference: str) -> EmergencyRow:
        row = self.ask(emergency_row, reference=reference)
        if row is None:
            raise Absent
        return row


class EndEmergency(EmergencyRaised):
    """What happened, in one press: the call is nobody's any more."""

    roles = CLINICAL_ROLES

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return redirect("triage:emergency_raised", reference)

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        said = request.POST.get("ended_as", "")
        if said not in set(CallEnd):
            raise BadInput("Choose what happened.", field="ended_as")
        form = CallBecame(request.POST)
        if not form.is_valid():
            return self.shown(reference, form, status=422)
        wish = {"ended_as": CallEnd(said), "case": form.cleaned_data["case"]}
        try:
            self.do(end_emergency, reference=reference, **wish)
        except Refused as refusal:
            if refusal.field != "case":
                raise
            form.refuse(refusal.text, field=refusal.field)
            return self.shown(reference, form, status=422)
        return redirect("triage:emergency_raised", reference)
