"""The supervising GP: who I answer for now, and what waits for my name."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from practices.rules.refusals import BadInput, Refused
from practices.rules.roles import Role
from practices.views.door import Door
from triage.actions import supervising
from triage.actions.looking import look_at_supervising
from triage.actions.undoing_names import undo_countersign
from triage.forms.once import new_once
from triage.presenters import supervising as words
from triage.presenters.undoing import name_offer, undo_offer
from triage.rules.states import Step

PAGE = "triage:supervising"
# Every number a row can have, and none that no row can.
LONGEST_ID = 18


class Supervising(Door):
    """My people, the ratio, the lists nobody supervises, reviews due, rules to countersign."""

    roles = frozenset({Role.SUPERVISOR})

    def get(self, request: HttpRequest) -> HttpResponse:
        page = words.page(
            self.do(look_at_supervising),
            now=self.now,
            clinician_id=self.actor.clinician_id,
            user_id=self.actor.user_id,
        )
        context = {"page": page, "once": new_once()}
        return render(request, "triage/clinic/supervising.html", context)


class Wish(Door):
    """One press on the supervisor's page; what was refused is said on the page itself."""

    roles = frozenset({Role.SUPERVISOR})
    said: ClassVar[str]
    undo = ""

    def get(self, request: HttpRequest, **_: str) -> HttpResponse:
        return redirect(PAGE)

    def answered(self, action: Callable[..., object], **wish: object) -> HttpResponse:
        """Done once, and back on the page with what was done."""
        try:
            answer = self.do_once(action, to=self.went, **wish)
        except Refused as refusal:
            if refusal.status == 404:
                raise
            messages.error(self.request, str(refusal))
            return redirect(PAGE)
        messages.success(self.request, self.said, extra_tags=self.undo)
        return answer

    def went(self, done: Any) -> str:
        """The page again, and what it offers to take back."""
        return reverse(PAGE)


class Leave(Wish):
    """I am leaving: the lists that need me pause, and their people read it at once."""

    said = (
        "You have left. The lists that need you are paused, open cases wait in the queue,"
        " and the duty clinician is called for the urgent ones"
    )

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.answered(supervising.leave_supervision)


class ComeBack(Wish):
    """I am here after all."""

    said = "You are back. The lists go on, and what nobody took is with its clinician again"

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.answered(supervising.come_back)


class TakeOver(Wish):
    """I supervise this clinician from now on today."""

    said = "You supervise them now. The list goes on"

    def post(self, request: HttpRequest) -> HttpResponse:
        said = request.POST.get("clinician", "")
        if not (said.isascii() and said.isdigit() and len(said) <= LONGEST_ID):
            raise BadInput("Choose whose list you take over.", field="clinician")
        return self.answered(supervising.take_over, clinician_id=int(said))


class Review(Wish):
    """I talked the case over with who ended it."""

    said = "Recorded: talked over"

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        return self.answered(supervising.review, reference=reference)

    def went(self, done: Any) -> str:
        self.undo = undo_offer(done, Step.REVIEW, at=self.now)
        return super().went(done)


class Countersign(Wish):
    """I answer for the rule that was passed over, beside who did it."""

    said = "Countersigned"

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        self.undo = name_offer(reference, at=self.now)
        return self.answered(supervising.countersign, reference=reference)


class UndoCountersign(Wish):
    """It was the wrong line."""

    said = "Undone. It waits for a second name again"

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        return self.answered(undo_countersign, reference=reference)
