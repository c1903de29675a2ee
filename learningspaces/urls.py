"""The map of the whole site."""

from django.urls import include, path

from learningspaces.views import home, overview

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", home.healthz, name="healthz"),
    path("readyz", home.readyz, name="readyz"),
    path("account/", include("allauth.urls")),
    path("spaces/<slug:slug>/", overview.space_overview, name="space_overview"),
    path("", include("spaces.urls")),
    path("", include("valuecreation.urls")),
    path("", include("framing.urls")),
    path("", include("evaluation.urls")),
]
