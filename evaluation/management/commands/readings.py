"""Prints all readings of a space as one JSON object."""

import datetime as dt
import json

from evaluation.management.finding import SpaceCommand, add_audience, put, space_called
from evaluation.readings import readings_of


class Command(SpaceCommand):
    help = "Prints what a space's stories, flows and indicators say on a day, as JSON."

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("--as-of", type=dt.date.fromisoformat, help="a day; today without it")
        add_audience(parser)

    def handle(self, *args, slug, as_of, audience, **options):
        space = space_called(slug)
        found = readings_of(space, day=as_of or space.today, audience=audience)
        put(self.stdout, (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode())
