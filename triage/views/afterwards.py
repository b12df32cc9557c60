"""After a case has left the desk: looking again, what was done, and the clinical record."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from practices.clock import local_day
from practices.rules.refusals import Conflict, Refused
from practices.rules.roles import CLINICAL_ROLES
from practices.views.door import Door
from triage.actions.looking import look_at_case, look_at_done, look_at_second_looks
from triage.actions.raising import raise_look
from triage.actions.recording import write_in_record
from triage.actions.second_looks import look_again
from triage.forms.afterwards import LookForm
from triage.forms.once import new_once
from triage.presenters.afterwards import DAYS_BACK, done_words, look_line
from triage.presenters.desk import case_banner
from triage.presenters.record_note import record_note
from triage.rules.codes import Urgency
from triage.rules.second_looks import Again

NOT_MINE = frozenset({403, 404})


class SecondLooks(Door):
    """Who has to be looked at again, by when, and who answers for it."""

    roles = CLINICAL_ROLES

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown()

    def shown(self, form: LookForm | None = None, reference: str = "") -> HttpResponse:
        """The list; `form` is what was said of the case `reference`, with what went wrong."""
        rows = self.do(look_at_second_looks)
        context = {
            "lines": [look_line(one, by=self.actor, now=self.now) for one in rows],
            "form": form,
            "of": reference,
            "once": new_once(),
            "agains": Again.choices(),
            "classes": [(one.value, one.label) for one in Urgency],
        }
        status = 200 if form is None else 422
        return render(self.request, "triage/clinic/second_looks.html", context, status=status)


class LookAgain(SecondLooks):
    """Somebody looked: another day, nothing more to do, or back into the queue."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        return redirect("triage:second_looks")

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        form = LookForm(request.POST)
        if not form.is_valid():
            return self.shown(form, reference)
        try:
            answer = self._done(form, reference)
        except Refused as refusal:
            if refusal.status in NOT_MINE:
                raise
            form.refuse(str(refusal), field="note" if refusal.field == "reason" else refusal.field)
            return self.shown(form, reference)
        messages.success(request, "Looked at again")
        return answer

    def _done(self, form: LookForm, reference: str) -> HttpResponse:
        said, here = form.cleaned_data, reverse("triage:second_looks")
        if said["what"] != "raise":
            return self.do_once(
                look_again, to=lambda _: here, reference=reference, wish=form.look()
            )
        return self.do_once(
            raise_look,
            to=lambda _: reverse("triage:case", args=[reference]),
            reference=reference,
            urgency=Urgency(said["urgency"]),
            reason=said["note"],
        )


class Done(Door):
    """What I or my organisation finished, a day a page; found again and reopened from here."""

    roles = CLINICAL_ROLES

    def get(self, request: HttpRequest) -> HttpResponse:
        day, is_mine = self._day(), request.GET.get("whose") != "all"
        found = self.do(look_at_done, day=day, is_mine=is_mine)
        page = done_words(
            found,
            day=day,
            is_mine=is_mine,
            organisation=request.acting.organisation_name,
            now=self.now,
        )
        context = {"page": page, "is_mine": is_mine, "once": new_once()}
        return render(request, "triage/clinic/done.html", context)

    def _day(self) -> date:
        """The day asked for; one that is no day, or too far back, is today."""
        today = local_day(self.now)
        listed = {
            (today - timedelta(days=back)).isoformat(): today - timedelta(days=back)
            for back in range(DAYS_BACK)
        }
        return listed.get(self.request.GET.get("day", ""), today)


class RecordNote(Door):
    """The end of a case as text to copy into the patient's own clinical system."""

    roles = CLINICAL_ROLES

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        case = self.do(look_at_case, reference=reference).case
        context: dict[str, Any] = {
            "reference": reference,
            "banner": case_banner(case, now=self.now),
            "note": record_note(case),
            "once": new_once(),
        }
        return render(request, "triage/clinic/record_note.html", context)

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        try:
            answer = self.do_once(
                write_in_record, to=lambda _: reverse("triage:done"), reference=reference
            )
        except Conflict as refusal:
            messages.error(request, str(refusal))
            return redirect("triage:case", reference)
        messages.success(request, "Written in the record")
        return answer
