"""The patient's own link: no sign-in, no name, and nothing said before the date of birth."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import View

from practices.doors import perform
from triage.actions.own_cancel import PATIENT, ask_own_link, cancel_by_link
from triage.forms.own_cancel import OwnCancel as OwnCancelForm
from triage.rules.own_cancel import Answer

# Nobody keeps the page, finds it by searching, or learns the link from where they go next.
UNSEEN = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}
SAID = {
    Answer.WRONG: "That is not the date of birth we have. Check it, or call your practice",
    Answer.TOO_OFTEN: "Too many tries. Try again in an hour, or call your practice",
}


class OwnCancel(View):
    """Asks the date of birth, and cancels."""

    def get(self, request: HttpRequest, link: str) -> HttpResponse:
        answer = perform(ask_own_link, by=PATIENT, at=request.now, link=link)
        return self._page(answer, OwnCancelForm())

    def post(self, request: HttpRequest, link: str) -> HttpResponse:
        form = OwnCancelForm(request.POST)
        if not form.is_valid():
            return self._page(Answer.ASKS, form)
        wish = {"link": link, "born_on": form.cleaned_data["born_on"]}
        answer = perform(cancel_by_link, by=PATIENT, at=request.now, **wish)
        if isinstance(answer, Answer) and answer in SAID:
            form.add_error("born_on", SAID[answer])
        return self._page(answer, form)

    def _page(self, answer: object, form: OwnCancelForm) -> HttpResponse:
        context = {"form": form, "is_done": answer is Answer.DONE, "is_gone": answer is Answer.GONE}
        status = 404 if answer is Answer.GONE else 200
        page = render(self.request, "triage/own_cancel.html", context, status=status)
        for name, value in UNSEEN.items():
            page[name] = value
        return page
