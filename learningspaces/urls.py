"""The map of the whole site."""

from django.conf import settings
from django.urls import include, path

from learningspaces import api
from learningspaces.views import (
    before_gathering,
    errors,
    flow_matrix,
    home,
    leaving,
    my_data,
    my_stories,
    overview,
)
from spaces.views.demo import demo

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", home.healthz, name="healthz"),
    path("readyz", home.readyz, name="readyz"),
    path("me/stories/", my_stories.my_stories, name="my_stories"),
    path("me/receipts/<str:number>/", my_stories.receipt, name="receipt"),
    path("api/", api.api_page, name="api_page"),
    path("api/v1/", include((api.urlpatterns, "api"))),
    path("account/", include("allauth.urls")),
    path("spaces/<slug:slug>/flows/matrix/", flow_matrix.flow_matrix, name="flow_matrix"),
    path(
        "spaces/<slug:slug>/flows/matrix/<slug:origin>/<slug:goal>/",
        flow_matrix.flow_cell,
        name="flow_cell",
    ),
    path("", include("spaces.urls")),
    path("", include("valuecreation.urls")),
    path("", include("framing.urls")),
    path("", include("evaluation.urls")),
    path("", include("spacefile.urls")),
    path("spaces/<slug:slug>/", overview.space_overview, name="space_overview"),
    path("spaces/<slug:slug>/course/", overview.course, name="course"),
    path(
        "spaces/<slug:slug>/follow-up/",
        before_gathering.before_gathering,
        name="before_gathering",
    ),
    path("spaces/<slug:slug>/leave/", leaving.leave_space, name="leave_space"),
    path("me/data/", my_data.my_data, name="my_data"),
    path("me/data/close/", my_data.close_account, name="close_account"),
    path("me/data/<int:pk>/", my_data.download_copy, name="download_copy"),
    path("me/left/<int:pk>/", leaving.left_space, name="left_space"),
]

if settings.DEMO:
    urlpatterns.append(path("demo/", demo, name="demo"))
