"""Addresses of the networks pages."""

app_name = "networks"
urlpatterns: list = []
