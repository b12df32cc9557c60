"""Every address of the API with invented parts, and who may call what is behind it."""

from django.urls import get_resolver

from config.api_urls import urlpatterns

NOBODY = "00000000-0000-4000-8000-000000000000"
FILLED = {
    "patient_id": NOBODY,
    "booking_id": NOBODY,
    "run_id": NOBODY,
    "proposal_id": NOBODY,
    "offer_id": NOBODY,
    "reference": "HR-2222-2222-22",
    "clinician_id": "1",
    "session_id": "1",
    "code": "NET1",
}


def address_of(pattern):
    """The pattern's address with invented parts."""
    found = get_resolver("config.api_urls").reverse_dict.getlist(pattern.name)[0][0][0][0]
    return found % {name: FILLED[name] for name in pattern.pattern.converters}


ADDRESSES = sorted(address_of(pattern) for pattern in urlpatterns)
WHO = ("practice_manager", "duty", "receptionist", "supervisor", "manager")


def offered(method):
    """Each address that takes the method, with the view behind it."""
    for pattern in urlpatterns:
        view = pattern.callback.view_class
        if hasattr(view, method.lower()):
            yield address_of(pattern), view


def allowed(view, method):
    """Somebody who may call it, so that the wish itself is what is looked at."""
    roles = view.roles if method == "GET" or not view.writers else view.writers
    return next(who for who in WHO if who in roles)
