"""Addresses of the triage pages."""

app_name = "triage"
urlpatterns: list = []
