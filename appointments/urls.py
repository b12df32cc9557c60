"""Addresses of the appointments pages."""

app_name = "appointments"
urlpatterns: list = []
