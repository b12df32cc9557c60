"""One session under a link that can be sent to a colleague."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from practices.rules.refusals import Absent
from practices.rules.roles import EVERYONE
from practices.views.door import Door
from triage.actions.looking import look_at_session
from triage.presenters.session_page import session_words
from triage.views.arrivals import Arrivals
from triage.views.gone_home import READERS
from triage.views.paper import ON_PAPER


class Session(Door):
    """Who sees people, where and when, and slot by slot who is booked.

    It exists for those who can print its list. A link that was sent to anybody else leads nowhere.
    """

    roles = EVERYONE

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        if not self.actor.is_one_of(ON_PAPER):
            raise Absent
        found = self.do(look_at_session, public_id=public_id)
        context = {
            "page": session_words(found, by=self.actor, now=self.now),
            "may_follow": self.actor.is_one_of(READERS),
            "at_desk": self.actor.is_one_of(Arrivals.roles),
        }
        return render(request, "triage/session.html", context)
