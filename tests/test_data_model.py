"""The picture of the data model in the documentation shows the models as they are."""

from django.apps import apps

from learningspaces.data_model import LADDER, data_model
from learningspaces.management.commands.drawmodel import PICTURE


def test_picture_of_the_data_model_is_drawn_from_the_models_of_today():
    assert PICTURE.read_text() == data_model() + "\n", "./dev drawmodel draws it anew."


def test_picture_of_the_data_model_names_every_table():
    drawn = data_model()
    names = [model.__name__ for app in LADDER for model in apps.get_app_config(app).get_models()]
    assert names and [name for name in names if f">{name}</text>" not in drawn] == []
