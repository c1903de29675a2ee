from django.urls import path

app_name = "valuecreation"
urlpatterns: list = []
