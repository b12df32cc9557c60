"""The practice's own tasks: fit notes, repeats, results and letters."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from practices.rules.refusals import Refused
from practices.rules.roles import PRACTICE_ROLES
from practices.views.door import Door
from triage.actions import paperwork
from triage.forms.paperwork import TaskNote
from triage.presenters.paperwork import tasks_page
from triage.presenters.signs import case_address
from triage.presenters.still_owed import to_call_lines
from triage.queries.still_owed import people_to_call


class Tasks(Door):
    """What our practice owes its patients in writing, the first due first."""

    roles = PRACTICE_ROLES

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown(TaskNote())

    def shown(self, form: TaskNote, reference: str = "") -> HttpResponse:
        """The list; `form` is that of the task `reference`, with what went wrong."""
        page = tasks_page(self.do(paperwork.open_tasks), me=self.actor, now=self.now)
        called = to_call_lines(self.do(people_to_call), now=self.now)
        context = {"page": page, "form": form, "of": reference, "fresh": TaskNote()}
        context["to_call"] = called
        return render(self.request, "triage/reception/tasks.html", context)

    def back(self, _: object = None) -> str:
        """Where every step leads."""
        return reverse("triage:tasks")


class TakeTask(Tasks):
    """I have it from now on, or nobody has it any more."""

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Read again, its address is the list."""
        return redirect(self.back())

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        is_back = request.POST.get("put") == "back"
        self.do(paperwork.put_back_task if is_back else paperwork.take_task, reference=reference)
        return redirect(self.back())


class EndTask(TakeTask):
    """Done, with a note; or it is none of ours, and a clinician looks."""

    def onwards(self, case: Any) -> str:
        """Words that may mean a red flag are asked about at once; else back to the tasks."""
        there = case_address(case.reference, by=self.actor) if case.read_due_at else ""
        return there or self.back()

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        form = TaskNote(request.POST)
        if not form.is_valid():
            return self.shown(form, reference)
        note = form.cleaned_data["note"]
        try:
            if request.POST.get("end") == "clinician":
                return self.do_once(
                    paperwork.send_to_clinician, to=self.onwards, reference=reference, reason=note
                )
            return self.do_once(paperwork.finish_task, to=self.back, reference=reference, note=note)
        except Refused as refusal:
            if refusal.status == 404:
                raise
            form.refuse(refusal.text, field=refusal.field)
        return self.shown(form, reference)
