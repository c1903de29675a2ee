from django.urls import path

from spacefile import views

app_name = "spacefile"

urlpatterns = [
    path("spaces/import/", views.import_space, name="import_space"),
    path("spaces/import/<int:pk>/", views.import_result, name="import_result"),
    path("spaces/<slug:slug>/file/", views.export_space, name="export_space"),
]
