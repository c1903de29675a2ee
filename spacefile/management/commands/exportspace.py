"""Writes a space as a space file to standard output."""

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from evaluation.management.finding import SpaceCommand, add_audience, put, space_called
from spacefile.handing import hand_over
from spacefile.left_behind import left_behind
from spacefile.writing import json_chunks, yaml_chunks

FORMATS = {"yaml": yaml_chunks, "json": json_chunks}


class Command(SpaceCommand):
    help = "Writes a space as YAML or JSON; what the file cannot carry is named on stderr."

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("--format", choices=FORMATS, default="yaml")
        add_audience(parser)

    def handle(self, *args, slug, audience, format, **options):
        space = space_called(slug)
        try:
            document = hand_over(space, audience or "", format=format)
        except ValidationError as error:
            raise CommandError(error.message) from error
        for chunk in FORMATS[format](document):
            put(self.stdout, chunk)
        if audience:
            told = len(document.stories)
            self.stderr.write(f"For this audience: {told} of the space's stories.")
        for left in left_behind(space):
            self.stderr.write(f"Left behind: {left}")
