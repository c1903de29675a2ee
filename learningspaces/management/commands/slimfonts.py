"""Makes the typefaces in static/fonts out of those that are published."""

import logging
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk", "tnum"]
AXES = {"wght": (400, 600), "opsz": 20}


class Command(BaseCommand):
    help = (
        "Makes static/fonts/*.woff2 from the folders files/ of the packages"
        " @fontsource-variable/source-sans-3 and @fontsource-variable/source-serif-4:"
        " the same letters in the weights our styles ask for, drawn for one size."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="+", type=Path)

    def handle(self, *, folder, **options):
        logging.getLogger("fontTools").setLevel(logging.WARNING)
        styles = ("sans-3-*-wght-normal", "serif-4-*-opsz-normal", "serif-4-*-opsz-italic")
        originals = [
            path for one in folder for style in styles for path in one.glob(f"source-{style}.woff2")
        ]
        if not originals:
            raise CommandError("There is no typeface in these folders.")
        for path in originals:
            made = settings.BASE_DIR / "static" / "fonts" / path.name.replace("-opsz-", "-wght-")
            slim(path).save(made)
            self.stdout.write(f"{made.name}: {path.stat().st_size} to {made.stat().st_size} bytes")


def slim(path: Path) -> TTFont:
    """A typeface without the features and the axes that our styles never ask for."""
    font = TTFont(path)
    wish = subset.Options(layout_features=FEATURES, hinting=False, notdef_outline=True)
    subsetter = subset.Subsetter(wish)
    subsetter.populate(unicodes=font.getBestCmap())
    subsetter.subset(font)
    axes = {axis.axisTag for axis in font["fvar"].axes}
    font = instancer.instantiateVariableFont(
        font, {tag: place for tag, place in AXES.items() if tag in axes}
    )
    font.flavor = "woff2"
    return font
