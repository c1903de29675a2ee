app_name = "valuecreation"
urlpatterns: list = []
