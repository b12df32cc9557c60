"""The JSON API, version 1: every address in the order of the contract."""

from django.urls import path

from practices.api import addresses
from practices.api.me import Me
from practices.api.patients import OnePatient, Patients

assert addresses.CONVERTERS, "the kinds of address parts are registered by their import"

urlpatterns = [
    path("me", Me.as_view(), name="api_me"),
    path("patients", Patients.as_view(), name="api_patients"),
    path("patients/<uuid:patient_id>", OnePatient.as_view(), name="api_patient"),
]
