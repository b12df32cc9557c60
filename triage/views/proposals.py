"""The practice decides about proposed moves of its patients."""

from abc import ABC, abstractmethod
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from practices.clock import local_day
from practices.rules.refusals import Conflict, Refused
from practices.views.door import Door
from triage.actions import Decided, accept, accept_all, decline, undo, undo_decline, undo_run
from triage.actions.looking import look_at_proposals, look_at_read_out
from triage.actions.offers import accept_offer, decline_offer, undo_decision
from triage.actions.proposal_checks import DECIDERS
from triage.forms.why_not import WhyNot
from triage.presenters import proposals as words
from triage.presenters.before_after import picture
from triage.presenters.offers import offer_cards
from triage.presenters.sheaves import sheaf
from triage.presenters.undoing import place_offer
from triage.rules.states import Step
from triage.rules.undoing import INSTEAD


class Proposals(Door):
    """What is proposed for our patients, and what we accepted."""

    roles = DECIDERS

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown()

    def shown(self, form: WhyNot | None = None) -> HttpResponse:
        """The list; `form` is the one that was refused, beside its place and with what it held."""
        rows, run, offers = self.do(look_at_proposals, day=local_day(self.now))
        page = words.page(rows, run, now=self.now)
        asked = self.request.GET.get("moves", "")
        number = int(asked) if asked.isdecimal() and len(asked) < 4 else 1
        moves = sheaf(page.open, number=number, shows=form.of if form else "")
        context = {
            "page": page,
            "picture": picture(rows),
            "open": [(card, _why_not(card.public_id, form)) for card in moves.cards],
            "moves": moves,
            "offers": [(card, _why_not(card.public_id, form)) for card in offer_cards(offers)],
            "form": form,
        }
        status = 422 if form else 200
        return render(self.request, "triage/proposals.html", context, status=status)


def _why_not(public_id: str, refused: WhyNot | None) -> WhyNot:
    return refused if refused and refused.of == public_id else WhyNot(of=public_id)


class ReadOut(Door):
    """All moves away from one clinician: call each patient, tick who said yes, move them."""

    roles = DECIDERS

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        rows = self.do(look_at_read_out, public_id=public_id)
        cards = [words.card(row, now=self.now) for row in rows]
        return render(request, "triage/read_out.html", {"cards": cards})

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        said_yes = [_uuid(one) for one in request.POST.getlist("yes")]
        if not said_yes:
            messages.error(request, "Tick each patient who said yes")
            return redirect("triage:read_out", public_id)
        _say(request, self.do(accept_all, public_ids=said_yes), "moved")
        return redirect("triage:proposals")


class UndoRun(Door):
    """Everything one plan moved is back where it was, as far as it can be."""

    roles = DECIDERS

    def post(self, request: HttpRequest, run_id: str) -> HttpResponse:
        try:
            _say(request, self.do(undo_run, run_id=run_id), "moved back")
            messages.info(request, words.NOT_AGAIN)
        except Conflict as refusal:
            messages.error(request, str(refusal))
        return redirect("triage:proposals")


def _uuid(text: str) -> str:
    """The address of a proposal as a form sends it; anything else is of nothing."""
    try:
        return str(UUID(text))
    except ValueError as wrong:
        raise Http404 from wrong


def _say(request: HttpRequest, decided: Decided, done: str) -> None:
    """How many were moved, and of each who was not the sentence why."""
    if decided.done:
        messages.success(request, words.count_words(len(decided.done), done))
    for proposal, why in decided.left:
        messages.error(request, f"Not {done}, case {proposal.case_ref or 'planned ahead'}: {why}")


class Decide(Door, ABC):
    """One decision about one proposal; then back to the list."""

    roles = DECIDERS
    undo = ""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Read again, its address is the list."""
        return redirect("triage:proposals")

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        try:
            messages.success(request, self._decide(str(public_id)), extra_tags=self.undo)
        except Refused as refusal:
            if refusal.status == 404:
                raise
            messages.error(request, str(refusal))
        return redirect("triage:proposals")

    @abstractmethod
    def _decide(self, public_id: str) -> str:
        """Do it; the words that say so."""


class Accept(Decide):
    """The patient said yes."""

    def _decide(self, public_id: str) -> str:
        self.do(accept, public_id=public_id)
        return words.MOVED


class Decline(Proposals):
    """The patient stays."""

    action = staticmethod(decline)
    done = "Declined. This patient will not be proposed again."
    undo = ""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Read again, its address is the list."""
        return redirect("triage:proposals")

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        form = WhyNot(request.POST, of=str(public_id))
        if not form.is_valid():
            return self.shown(form)
        try:
            self.do(self.action, public_id=form.of, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            if refusal.status == 404:
                raise
            if refusal.field in form.fields:
                form.refuse(refusal.text, field=refusal.field)
                return self.shown(form)
            messages.error(request, str(refusal))
        else:
            messages.success(request, self.done, extra_tags=self.undo)
        return redirect("triage:proposals")


class UndoDecline(Decide):
    """It may be proposed again."""

    def _decide(self, public_id: str) -> str:
        self.do(undo_decline, public_id=public_id)
        return "The decline is undone. This patient may be proposed again."


class Undo(Decide):
    """Back to where it was, and left there."""

    def _decide(self, public_id: str) -> str:
        self.do(undo, public_id=public_id)
        return words.UNDONE


class AcceptOffer(Decide):
    """The patient said yes to a place at another network."""

    def _decide(self, public_id: str) -> str:
        self.do(accept_offer, public_id=public_id)
        self.undo = place_offer(public_id, INSTEAD[Step.BOOK], at=self.now)
        return words.OFFER_TAKEN


class DeclineOffer(Decline):
    """The patient waits on."""

    action = staticmethod(decline_offer)
    done = "Declined. The patient waits in the same place of the queue."

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        self.undo = place_offer(public_id, "The patient waits on", at=self.now)
        return super().post(request, public_id)


class UndoOffer(Decide):
    """What was decided about the place a moment ago was a slip of the hand."""

    def _decide(self, public_id: str) -> str:
        self.do(undo_decision, public_id=public_id)
        return "Undone. The place is as it was before, and waits for your answer"
