from django.conf import settings
from django.core.management.base import BaseCommand

from learningspaces.data_model import data_model

PICTURE = settings.BASE_DIR / "docs" / "pictures" / "data-model.svg"


class Command(BaseCommand):
    help = "Draw the data model from the models into docs/pictures/data-model.svg."

    def handle(self, *args, **options):
        PICTURE.write_text(data_model() + "\n")
        self.stdout.write(str(PICTURE.relative_to(settings.BASE_DIR)))
