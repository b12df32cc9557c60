"""Addresses of the hubs pages."""

app_name = "hubs"
urlpatterns: list = []
