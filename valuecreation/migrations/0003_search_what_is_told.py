"""Every story told so far is noted, for the worker to write what it is found by."""

from django.db import migrations


def note_all(apps, schema_editor):
    due = apps.get_model("valuecreation", "0002_search")
    told = apps.get_model("valuecreation", "Story").objects.order_by("pk").values_list("pk", flat=True)
    batch = []
    for pk in told.iterator(chunk_size=2000):
        batch.append(due(story_id=pk))
        if len(batch) == 2000:
            due.objects.bulk_create(batch)
            batch = []
    due.objects.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [("valuecreation", "0002_search")]
    operations = [migrations.RunPython(note_all, migrations.RunPython.noop)]
