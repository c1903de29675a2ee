"""Where each story stands in the lists: nameless ones no finer than their quarter."""

import datetime as dt

from django.db import migrations, models
from django.db.models import Case, F, When
from django.db.models.functions import TruncQuarter


def list_all(apps, schema_editor):
    story, consent = (apps.get_model("valuecreation", name) for name in ("Story", "Consent"))
    nameless = consent.objects.filter(attribution__in=["pseudonym", "anonymous"])
    hidden = When(consent__in=nameless.values("pk"), then=TruncQuarter("told_on"))
    story.objects.update(listed_on=Case(hidden, default=F("told_on")))


class Migration(migrations.Migration):
    dependencies = [("valuecreation", "0001_initial")]

    operations = [
        migrations.AddField(
            "story", "listed_on", models.DateField(default=dt.date(1900, 1, 1)), preserve_default=False
        ),
        migrations.RunPython(list_all, migrations.RunPython.noop),
        migrations.RemoveIndex("story", "story_newest"),
        migrations.AddIndex(
            "story",
            models.Index(fields=["space", "-listed_on", "-id"], name="story_newest"),
        ),
    ]
