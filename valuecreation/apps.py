from django.apps import AppConfig


class ValueCreationConfig(AppConfig):
    name = "valuecreation"
    verbose_name = "value creation"
