"""Every address of Headroom."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from config import views

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("alarms/", views.Alarms.as_view(), name="alarms"),
    path("calls/", views.Calls.as_view(), name="calls"),
    path("health/", views.health, name="health"),
    path("practices/", include("practices.urls")),
    path("hubs/", include("hubs.urls")),
    path("appointments/", include("appointments.urls")),
    path("triage/", include("triage.urls")),
    path("networks/", include("networks.urls")),
    path("api/v1/", include("config.api_urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path(
        "api/docs/",
        SpectacularSwaggerSplitView.as_view(url_name="schema", template_name="api_docs.html"),
        name="docs",
    ),
]

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
