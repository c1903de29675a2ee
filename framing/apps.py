from django.apps import AppConfig


class FramingConfig(AppConfig):
    name = "framing"
