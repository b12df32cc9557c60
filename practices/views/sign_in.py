"""Signing in and out, and choosing what to act as."""

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from practices.clock import local_day
from practices.queries import live_memberships
from practices.rules.refusals import Absent
from practices.rules.roles import EVERYONE
from practices.views.door import Door


class SignIn(LoginView):
    """The only page for people who are not signed in."""

    template_name = "registration/login.html"
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """Nothing of this session is left in the browser."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class Memberships(Door):
    """What I may act as; one at a time."""

    roles = EVERYONE

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = self.ask(live_memberships, user_id=self.actor.user_id, on=local_day(self.now))
        context = {"memberships": rows, "acting_as": self.actor.membership_id}
        return render(request, "practices/memberships.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        rows = self.ask(live_memberships, user_id=self.actor.user_id, on=local_day(self.now))
        wanted = request.POST.get("membership", "")
        if wanted not in {str(row.id) for row in rows}:
            raise Absent
        request.session["membership"] = int(wanted)
        request.session.cycle_key()
        return redirect("home")
