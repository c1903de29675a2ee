"""Founds a space from a space file, or says everything that is wrong with it."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from evaluation.spacefile import read
from evaluation.spacefile.store import address_faults, store


class Command(BaseCommand):
    help = "Founds a space from a space file (YAML or JSON); nothing is stored on any fault."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what is wrong")

    def handle(self, *args, file, dry_run, **options):
        try:
            data = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from error
        document, faults = read(data, name=file.name)
        faults = faults or address_faults(document)
        if faults:
            for fault in faults:
                self.stderr.write(fault.sentence)
            sys.exit(1)
        if dry_run:
            self.stderr.write(f"{file.name} holds {document.space.name}; nothing is wrong with it.")
            return
        space = store(document)
        self.stderr.write(f"{space.name} is at /spaces/{space.slug}/")
