from django.urls import path

from spaces.views import kept

app_name = "spaces"
urlpatterns = [
    path("kept/", kept.kept_words, name="kept_words"),
]
