app_name = "framing"
urlpatterns: list = []
