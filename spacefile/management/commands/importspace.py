"""Founds a space from a space file, or says everything that is wrong with it."""

import sys
from pathlib import Path

from django.core.management.base import CommandError
from django.db import transaction

from evaluation.management.finding import SpaceCommand
from spacefile.import_jobs import let_lead
from spacefile.reading import read
from spacefile.store import address_faults, refresh_statistics, store
from spaces.models import Person


class Command(SpaceCommand):
    help = "Founds a space from a space file (YAML or JSON); nothing is stored on any fault."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what is wrong")
        parser.add_argument("--convener", metavar="EMAIL", help="whose account is to convene it")

    def handle(self, *args, file, dry_run, convener, **options):
        person = account_of(convener) if convener else None
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
        for notice in document.notices:
            self.stderr.write(notice)
        if dry_run:
            self.stderr.write(f"{file.name} holds {document.space.name}; nothing is wrong with it.")
            return
        with transaction.atomic():
            space = store(document)
            if person:
                let_lead(space, person)
        refresh_statistics()
        self.stderr.write(f"{space.name} is at /spaces/{space.slug}/")


def account_of(email: str) -> Person:
    """The account with an address, or an end in words."""
    try:
        return Person.objects.get_by_natural_key(email)
    except Person.DoesNotExist as error:
        raise CommandError(
            f"Nobody has an account under {email}. They can sign up first."
        ) from error
