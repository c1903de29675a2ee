"""Somebody who leads a space and opens its pages."""

import gc
from collections.abc import Callable
from multiprocessing.connection import Connection

from django.core.management import call_command
from django.db import connection
from django.test import Client

from benchmarks.app import Attribution, Person, Space, Story, address_of
from benchmarks.filling import LARGE
from benchmarks.measuring import Cost, cost_of


class WrongAnswerError(Exception):
    """A page that did not answer as it should, so that its figure would mean nothing."""


def answered(response, address: str, *codes: int):
    if response.status_code not in codes:
        raise WrongAnswerError(f"{address} answered {response.status_code}")
    return response


class Visit:
    """Somebody, signed in, and the pages they open."""

    def __init__(self, slug: str, email: str = ""):
        self.space = Space.objects.get(slug=slug)
        self.person = Person.objects.get(email=email or f"{slug}-0@example.org")
        self.client = Client()
        self.client.force_login(self.person)
        self.story_ref = self.story_of_another()

    def story_of_another(self) -> str:
        """A story in the middle, of somebody else who is not named, that was taken up."""
        readable = Story.objects.for_reader(self.space, self.person)
        nameless = readable.exclude(consent__attribution=Attribution.NAMED)
        theirs = nameless.exclude(teller__person=self.person)
        taken_up = theirs.filter(steps__moment__uptakes__isnull=False).order_by("pk").distinct()
        refs = list(taken_up.values_list("ref", flat=True))
        return refs[len(refs) // 2] if refs else ""

    def open(self, page: str) -> Callable:
        """A function that opens a page and sees that it was answered."""
        address = address_of(page, self.space, self.story_ref)
        return lambda: answered(self.client.get(address), address, 200)

    def cost(self, page: str) -> Callable[[], Cost]:
        """A function that measures opening a page once."""
        ask = self.open(page)
        return lambda: cost_of(ask)


def first_visit() -> Visit:
    """Whoever leads the measured space, at a site that is ready."""
    call_command("collectstatic", verbosity=0, interactive=False)
    visit = Visit(LARGE)
    gc.freeze()
    return visit


def serve(pipe: Connection) -> None:
    """Open the pages named over the pipe, one at a time, and say what each cost, until the end."""
    visit, asks = first_visit(), {}
    while page := pipe.recv():
        if page not in asks:
            asks[page] = visit.cost(page)
        pipe.send(asks[page]())
    connection.close()
