"""Every space is noted, for the worker to look for patterns in what was told so far."""

from django.db import migrations


def note_all(apps, schema_editor):
    due = apps.get_model("valuecreation", "0004_patterns")
    spaces = apps.get_model("spaces", "Space").objects.values_list("pk", flat=True)
    due.objects.bulk_create([due(space_id=pk, moments=None) for pk in spaces], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("valuecreation", "0004_patterns"), ("spaces", "0002_cache_table")]
    operations = [migrations.RunPython(note_all, migrations.RunPython.noop)]
