"""Handing a case over to a colleague on shift, and answering such an offer."""

from triage.actions import offering
from triage.forms.offering import OfferForm
from triage.rules.states import Step
from triage.views.clinic_case import Wish


class Offer(Wish):
    action = offering.offer
    form_class = OfferForm
    said = "Offered. The case stays with you until they accept"


class AcceptOffer(Wish):
    action = offering.accept_offer
    said = "The case is with you"
    undoes = Step.ACCEPT_OFFER


class EndOffer(Wish):
    action = offering.end_offer
    said = "The offer has ended"
