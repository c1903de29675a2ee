"""What pages offer, open space or closed: no link and no button that leads to a refusal."""

from collections import Counter, deque
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.urls import resolve, reverse

from spaces import actions
from spaces.models import Person
from tests.test_access import HOLDERS, SLUG

HERE = f"/spaces/{SLUG}/"
EACH = 2  # addresses of one view that are tried: rows differ in what is offered beside them


class Offers(HTMLParser):
    """The addresses of a page's links, parts and forms."""

    def __init__(self, page: str):
        super().__init__()
        self.links, self.forms = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.links += [given[name] for name in ("href", "hx-get") if given.get(name)]
        if tag == "form" and given.get("method", "").lower() == "post":
            self.forms.append(given.get("action", ""))


def refusals(client):
    """What is offered on the pages of the space and refused, with the page that offers it."""
    client.raise_request_exception = False
    waiting, seen, tried = deque([("get", HERE, "")]), {HERE}, Counter()
    while waiting:
        method, address, page = waiting.popleft()
        view = (method, resolve(urlsplit(address).path).view_name)
        tried[view] += 1
        if tried[view] > EACH:
            continue
        with transaction.atomic():
            answer = getattr(client, method)(address)
            transaction.set_rollback(True)
        # An empty form may name nothing that is there; that is no refusal.
        if answer.status_code >= 400 and (method, answer.status_code) != ("post", 404):
            yield method, address, page, answer.status_code
        if method == "get" and "text/html" in answer.headers.get("Content-Type", ""):
            offers = Offers(answer.text)
            for way, where in [("get", offers.links), ("post", offers.forms)]:
                for found in (urljoin(address, one).partition("#")[0] for one in where):
                    if found.startswith(HERE) and (way, found) not in seen:
                        seen.add((way, found))
                        waiting.append((way, found, address))


@pytest.mark.parametrize("state", ["active", "paused", "closed"])
@pytest.mark.parametrize("role", list(HOLDERS))
def test_nothing_is_offered_that_is_refused(client, circle, role, state):
    convener = Person.objects.get(name__startswith="Nadia")
    if state == "closed":
        actions.close_space(circle, by=convener, reflection="We got further than we hoped.")
    elif state == "paused":
        actions.pause_space(circle, by=convener)
    client.force_login(Person.objects.get(name__startswith=HOLDERS[role]))
    assert list(refusals(client)) == []
    page = client.get(reverse("space_overview", args=[SLUG])).text
    told = "We got further than we hoped." in page
    assert told == (state == "closed" and role != "sponsor")
