"""The landing page of the desk: who is on the line, and how our day stands."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from practices import news
from practices.clock import local_day
from practices.news import Subject
from practices.presenters import time_words
from practices.queries.patients import SHOWN
from practices.rules.refusals import Refused
from practices.rules.roles import Role
from practices.rules.search_box import LONGEST, Sought
from practices.views.door import Door
from triage.actions import desk
from triage.actions.requests import submit_request
from triage.forms.once import new_once
from triage.forms.reception import FindPatient, NewRequest
from triage.presenters import new_request, reception
from triage.presenters.reception import with_call
from triage.queries.card import card_of_patient
from triage.queries.reception import Request
from triage.rules.codes import Urgency
from triage.rules.lanes import Lane
from triage.views.kept_search import keep_search, kept_search


class Case(Protocol):
    """What the door asks of a case that was just submitted."""

    reference: str
    urgency: int
    lane: str
    submitted_at: datetime


LONGEST_REFERENCE = 20
FOUND = "found"
# What is longer is refused, and shown again as far as it was read.
LONGEST_KEPT = 20 * LONGEST
DESK = frozenset({Role.RECEPTIONIST, Role.DUTY})


def _may_open(sought: Sought) -> bool:
    """Whether it may open one patient or one case without a list."""
    return sought.is_exact or bool(sought.reference)


class Reception(Door):
    """Find the patient; below it, who waits and who comes today."""

    roles = DESK

    def get(self, request: HttpRequest) -> HttpResponse:
        if not self.actor.reach.own:
            return redirect("triage:arrivals")
        today = local_day(self.now)
        if FOUND not in request.GET:
            return self._landing(FindPatient(today=today))
        typed = kept_search(request.GET[FOUND], by=self.actor, at=self.now)
        if typed is None:
            messages.info(request, "That search is no longer kept. Find the patient again.")
            return redirect(with_call(reverse("triage:reception"), same_call(request)))
        return self._found(FindPatient({"sought": typed, "once": new_once()}, today=today))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Found by a redirect, so that Back and a reload find it again without a question."""
        form = FindPatient(request.POST, today=local_day(self.now))
        if request.htmx or (form.is_valid() and _may_open(form.cleaned_data["sought"])):
            return self._found(form)
        return self._kept(form) or self._found(form)

    def _kept(self, form: FindPatient) -> HttpResponse | None:
        """Where the search is found again, if it can be kept."""
        typed = str(form["sought"].value() or "")
        if "\0" in typed or len(typed) > LONGEST_KEPT:
            return None
        key = keep_search(typed, by=self.actor, at=self.now)
        here = f"{reverse('triage:reception')}?{FOUND}={key}"
        return redirect(with_call(here, same_call(self.request))) if key else None

    def _found(self, form: FindPatient) -> HttpResponse:
        """The patients who fit, or the one who is surely meant."""
        if not form.is_valid():
            return self._unread(form)
        sought, request = form.cleaned_data["sought"], self.request
        try:
            found = self.do(desk.find, sought=sought)
        except Refused as refusal:
            form.refuse(refusal.text, field=refusal.field)
            return self._unread(form)
        if sought.reference and not request.htmx:
            return redirect("triage:desk", sought.reference)
        if sought.is_exact and len(found.hits) == 1 and not request.htmx:
            only = reverse("triage:new", args=[found.hits[0].patient.public_id])
            return redirect(with_call(only, same_call(request)))
        page = reception.found_page(found, now=self.now, most=SHOWN, linked=same_call(request))
        template = "hits" if request.htmx else "reception"
        context = {"form": form, "found": page, "same_call": same_call(request)}
        return render(request, f"triage/reception/{template}.html", context)

    def _landing(self, form: FindPatient) -> HttpResponse:
        # First the version, then what it counts: else a change between the two would be missed.
        version = news.version(Subject.CASES, self.actor.reach)
        page = reception.desk_page(self.do(desk.open_desk), now=self.now)
        context = {"form": form, "page": page, "same_call": same_call(self.request)}
        context |= {"version": version, "as_of": time_words(self.now)}
        return render(self.request, "triage/reception/reception.html", context)

    def _unread(self, form: FindPatient) -> HttpResponse:
        """While somebody still types there is nothing to complain about."""
        if self.request.htmx:
            return render(self.request, "triage/reception/hits.html", {"found": None})
        return self._landing(form)


def named(request: HttpRequest, what: str) -> str:
    """A reference in the address; a NUL, which no database takes, stands in none."""
    return request.GET.get(what, "")[:LONGEST_REFERENCE].replace("\0", "")


def same_call(request: HttpRequest) -> str:
    """The case of another patient of this call, as the address names it."""
    return named(request, "with")


class New(Door):
    """A new request of one patient: red flags, need, words."""

    roles = DESK

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        # Unless somebody said what this request is, the one of today opens instead.
        unless_today = {"again", "with", "other"}.isdisjoint(request.GET)
        asked = self._open(public_id, unless_today=unless_today)
        if unless_today and asked.today:
            return redirect("triage:desk", asked.today)
        known = new_request.initial(asked, now=self.now)
        return self._page(asked, NewRequest(initial=known, card=asked.card))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        card, whole = self.ask(card_of_patient, public_id=public_id, on=local_day(self.now))
        form = NewRequest(request.POST, card=card, whole=whole)
        if form.is_valid():
            try:
                return self.do_once(
                    submit_request,
                    to=self._onwards,
                    wish=form.wish(patient=public_id, again=self._again, today=local_day(self.now)),
                )
            except Refused as refusal:
                form.refuse(refusal.text, field=refusal.field)
                if refusal.code == "stale":
                    form.ask_again()
        return self._page(self._open(public_id, asks_all=form.asks_all), form)

    def _open(
        self, public_id: UUID, *, unless_today: bool = False, asks_all: bool = False
    ) -> Request:
        return self.do(
            desk.open_request,
            public_id=public_id,
            again=self._again,
            linked=same_call(self.request),
            unless_today=unless_today,
            asks_all=asks_all,
        )

    @property
    def _again(self) -> str:
        """The open case they call about, as the address names it."""
        return named(self.request, "again")

    def _onwards(self, case: Case) -> str:
        """An emergency is acted on, a repeat contact is followed up, the rest finds its place."""
        here = reverse("triage:desk", args=[case.reference])
        if case.urgency == Urgency.P0.rank:
            return here
        if case.submitted_at < self.now:
            return f"{here}?just=again"
        if case.lane == Lane.PRACTICE:
            return f"{here}?just=ours"
        return reverse("triage:options", args=[case.reference])

    def _page(self, asked: Request, form: NewRequest) -> HttpResponse:
        page = new_request.page(asked, form.ticked(), now=self.now)
        form.make_room(asks_who=page.asks_who)
        form.offer(page.people)
        whom = f"?patient={asked.patient.public_id}"
        context = {"form": form, "page": page, "emergency_of": whom}
        return render(self.request, "triage/reception/new.html", context)
