"""What every page shares: sign-in, roles, the reach, and refusals in words."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views import View

from practices.actions import discard_draft
from practices.doors import Answer, Busy, Once, opened, perform
from practices.rules.drafts import is_text
from practices.rules.reach import Actor
from practices.rules.refusals import Refused
from practices.rules.roles import Role

logger = logging.getLogger(__name__)
R = TypeVar("R")
# A form has the draft its page kept, and the one that was sent too late.
MOST_MARKS = 2


class Door(View):
    """A page. `roles` are who may open it; everybody else reads a plain "not yours"."""

    roles: ClassVar[frozenset[Role]]

    @property
    def actor(self) -> Actor:
        return self.request.acting.actor

    @property
    def now(self) -> datetime:
        return self.request.now

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.acting is None:
            return self._to_sign_in(request)
        if not self.actor.is_one_of(self.roles):
            return render(request, "403.html", status=403)
        try:
            return self._after(super().dispatch(request, *args, **kwargs))
        except Refused as refusal:
            return self.refused(refusal)
        except Busy:
            response = render(request, "503.html", status=503)
            response.headers["Retry-After"] = "5"
            return response

    def _after(self, response: HttpResponseBase) -> HttpResponseBase:
        """A form that was accepted needs its draft no longer; its answer stands in any case.

        A page drawn from what nobody can type on a keyboard (a NUL) says so to programs too.
        """
        if response.status_code in {200, 422} and _has_nul(self.request):
            response.status_code = 400
        if response.status_code == 302:
            for place in self.request.POST.getlist("draft")[:MOST_MARKS]:
                self._needless(place)
        return response

    def _needless(self, place: str) -> None:
        if place and is_text(place):
            try:
                self.do(discard_draft, place=place)
            except Busy:
                logger.info("draft left to the tidying")

    def refused(self, refusal: Refused) -> HttpResponse:
        """What a refusal that no form caught looks like."""
        if refusal.status == 404:
            raise Http404
        return render(self.request, "refused.html", {"refusal": refusal}, status=refusal.status)

    def ask(self, query: Callable[..., R], **question: object) -> R:
        """The query's answer, read in a short transaction of our reach."""
        with opened(self.actor.reach, at=self.now):
            return query(**question)

    def do(self, action: Callable[..., R], **wish: object) -> R:
        """The wish is done and committed, or refused."""
        result = perform(action, by=self.actor, at=self.now, **wish)
        assert not isinstance(result, Answer)
        return result

    def do_once(
        self, action: Callable[..., R], *, to: Callable[[R], str], **wish: object
    ) -> HttpResponse:
        """As `do`, then on to a page; a form sent twice (same hidden `once`) does it once."""
        key = self.request.POST.get("once", "").replace("\0", "")[:64]
        once = Once.of(key, "POST", self.request.path, b"") if key else None
        reply = perform(
            action,
            by=self.actor,
            at=self.now,
            once=once,
            answer=lambda result: Answer(status=302, body=to(result)),
            **wish,
        )
        assert isinstance(reply, Answer)
        return redirect(str(reply.body))

    def _to_sign_in(self, request: HttpRequest) -> HttpResponse:
        where = f"{reverse('practices:sign_in')}?{urlencode({'next': request.get_full_path()})}"
        if getattr(request, "htmx", False):
            return HttpResponse(status=204, headers={"HX-Redirect": where})
        return redirect(where)


def _has_nul(request: HttpRequest) -> bool:
    """Whether what was typed holds a NUL; no key of a keyboard makes one."""
    return any("\0" in value for _, values in request.POST.lists() for value in values)
