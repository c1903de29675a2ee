"""What a story was worth so far is what is known of it before anybody else has said a word."""

from django.db import migrations
from django.db.models import F


def keep(apps, schema_editor):
    apps.get_model("valuecreation", "Story").objects.update(told_strength=F("strength"))


class Migration(migrations.Migration):
    dependencies = [("valuecreation", "0004_statements")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
