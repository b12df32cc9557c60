"""The display on a hub's wall, and who arranges its links."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from practices.doors import Busy, perform
from practices.rules.refusals import BadInput
from practices.views.door import Door
from triage.actions.hub_day import CLOSERS
from triage.actions.wallboards import DISPLAY, make_board, revoke_board, show_board
from triage.presenters.wallboard import page
from triage.queries.cover_page import hubs_of
from triage.queries.wallboard import boards_of
from triage.views.own_cancel import UNSEEN

PAGE = "triage:wallboards"


class Wallboard(View):
    """Counts of one hub for whoever has the link: no sign-in, no name, no way on from here."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        try:
            board = perform(show_board, by=DISPLAY, at=request.now, secret=secret)
        except Busy:
            return HttpResponse(status=503)
        if board is None:
            raise Http404
        part = "board" if request.htmx else "wallboard"
        context = {"page": page(board, now=request.now)}
        answer = render(request, f"triage/wall/{part}.html", context)
        for name, value in UNSEEN.items():
            answer[name] = value
        return answer


class Wallboards(Door):
    """The displays of my hubs; a new one's link is shown once."""

    roles = CLOSERS

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest) -> HttpResponse:
        name = request.POST.get("name", "").replace("\0", "")
        hub = request.POST.get("hub", "").replace("\0", "")
        try:
            secret = self.do(make_board, code=hub, name=name)
        except BadInput as refusal:
            return self.show(error=str(refusal), name=name, status=422)
        return self.show(
            link=request.build_absolute_uri(reverse("triage:wallboard", args=[secret]))
        )

    def show(
        self, *, link: str = "", error: str = "", name: str = "", status: int = 200
    ) -> HttpResponse:
        """The page; never kept, since it may show a link."""
        reach = self.actor.reach.providers
        context = {
            "hubs": self.ask(hubs_of, hub_ids=reach),
            "boards": self.ask(boards_of, hub_ids=reach, at=self.now),
            "link": link,
            "error": error,
            "name": name,
        }
        answer = render(self.request, "triage/wall/wallboards.html", context, status=status)
        answer["Cache-Control"] = "no-store"
        return answer


class RevokeWallboard(Door):
    """The link of a display opens nothing any more."""

    roles = CLOSERS

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        return redirect(PAGE)

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        self.do(revoke_board, public_id=public_id)
        messages.success(request, "Revoked. The display shows nothing any more")
        return redirect(PAGE)
