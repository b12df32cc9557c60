"""The cover table: who answers for each queue, hour by hour, and naming somebody for a gap."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from appointments.actions import OverrideWish
from appointments.actions.cover import RATIO, RULE, CoverWish, name_cover, withdraw_cover
from practices.clock import local_day
from practices.rules.refusals import Absent, Refused
from practices.rules.roles import NETWORK_ROLES, Role
from practices.views.door import Door
from triage.forms.cover import CoverForm, WithdrawForm
from triage.presenters import cover as words
from triage.queries.cover_page import cover_page

READERS = frozenset({Role.PRACTICE_MANAGER, Role.DUTY, Role.SUPERVISOR}) | NETWORK_ROLES
FARTHEST = timedelta(days=366)
# What a reason is asked for: a gap in the cover, or too many people for its supervisors.
RULES = {RULE, RATIO}


class Cover(Door):
    """Who answers today or on another day; a gap is said in words and in colour."""

    roles = READERS

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(self.day(request.GET.get("day", "")))

    def day(self, said: str) -> date:
        """The day asked for, if it is within a year; else today."""
        today = local_day(self.now)
        try:
            day = date.fromisoformat(said)
        except ValueError:
            return today
        return day if abs(day - today) <= FARTHEST else today

    def mine(self) -> tuple[int, ...]:
        """The queues whose cover this person arranges."""
        reach = self.actor.reach
        return (
            reach.own if self.actor.role in {Role.DUTY, Role.PRACTICE_MANAGER} else reach.providers
        )

    def show(
        self,
        day: date,
        form: CoverForm | None = None,
        of: int = 0,
        *,
        withdraw: WithdrawForm | None = None,
        line: str = "",
        status: int = 200,
    ) -> HttpResponse:
        """The tables; the form that was refused stands where it was filled in."""
        found = self.ask(cover_page, day=day, by=self.actor)
        page = words.page(found, day=day, mine=self.mine())
        people = {one.queue.organisation_id: one.people for one in found}
        tables = [
            {
                "table": table,
                "form": form
                if form is not None and of == table.organisation_id
                else CoverForm(
                    people=people[table.organisation_id],
                    day=day,
                    auto_id=f"id_{table.organisation_id}_%s",
                ),
                "withdraws": [
                    {
                        "row": row,
                        "form": withdraw
                        if withdraw is not None and row.public_id == line
                        else _withdraw_form(row.public_id),
                    }
                    for row in table.named
                ],
            }
            for table in page.tables
        ]
        context = {"page": page, "tables": tables, "form": form or withdraw}
        return render(self.request, "triage/cover.html", context, status=status)


class NameCover(Cover):
    """Somebody answers for a queue for a stretch of a day."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("triage:cover")

    def post(self, request: HttpRequest) -> HttpResponse:
        day = self.day(request.POST.get("day", ""))
        found = self.ask(cover_page, day=day, by=self.actor)
        code = request.POST.get("queue", "")
        one = next((one for one in found if one.queue.code == code), None)
        if one is None:
            raise Absent
        queue, people = one.queue.organisation_id, one.people
        form = CoverForm(request.POST, people=people, day=day, auto_id=f"id_{queue}_%s")
        if not form.is_valid():
            return self.show(day, form, queue, status=422)
        try:
            answer = self.do_once(
                name_cover,
                to=lambda _: f"{reverse('triage:cover')}?day={day.isoformat()}",
                wish=CoverWish(organisation_id=queue, **form.wish()),
            )
        except Refused as refusal:
            if refusal.status in {403, 404}:
                raise
            form.refuse(str(refusal), field=refusal.field)
            return self.show(day, form, queue, status=refusal.status)
        messages.success(request, "Named. The cover table shows it")
        return answer


class WithdrawCover(Cover):
    """A dated row is taken away; a gap that it leaves needs a reason."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        return redirect("triage:cover")

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        day = self.day(request.POST.get("day", ""))
        back = f"{reverse('triage:cover')}?day={day.isoformat()}"
        form = _withdraw_form(public_id, request.POST)
        line = str(public_id)
        if not form.is_valid():
            return self.show(day, withdraw=form, line=line, status=422)
        said = form.cleaned_data
        override = OverrideWish(said["code"], said["reason"]) if said["code"] else None
        try:
            answer = self.do_once(
                withdraw_cover, to=lambda _: back, public_id=public_id, override=override
            )
        except Refused as refusal:
            if refusal.status in {403, 404}:
                raise
            form.refuse(str(refusal), field="code" if refusal.code in RULES else refusal.field)
            return self.show(day, withdraw=form, line=line, status=refusal.status)
        messages.success(request, "Withdrawn")
        return answer


def _withdraw_form(public_id: str, typed: QueryDict | None = None) -> WithdrawForm:
    return WithdrawForm(typed, auto_id=f"id_{public_id}_%s")
