"""Stories are numbered at random: a number in sequence says when a nameless story was told."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("spaces", "0003_mail")]

    operations = [migrations.RemoveField("space", "next_story_number")]
