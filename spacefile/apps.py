from django.apps import AppConfig


class SpacefileConfig(AppConfig):
    name = "spacefile"
