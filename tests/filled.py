"""The forms of a page filled in by a program: with words, days and the first choice of each."""

import itertools
from html.parser import HTMLParser
from urllib.parse import urljoin

_numbers = itertools.count(1)
TYPED = {"text": "A grid", "search": "A grid", "number": "3", "url": "https://example.org/"}
ELSEWHERE = ("/account/", "/static/", "/demo/")
DAYS = {"date": "2025-05-01", "time": "10:00", "datetime-local": "2027-05-01T10:00"}


class FilledForms(HTMLParser):
    """Every posting form of a page: where to, and with which fields."""

    def __init__(self, page: str):
        super().__init__()
        self.forms: list[dict] = []
        self.links: list[str] = []
        self.inside = self.choosing = self.writing = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        self.links += [given[name] for name in ("href", "hx-get") if given.get(name)]
        if tag == "form":
            self.inside = None
            if given.get("method", "").lower() == "post":
                self.inside = {"action": given.get("action", ""), "fields": {}}
                self.forms.append(self.inside)
        elif self.inside is not None and given.get("name") and "disabled" not in given:
            self.fill(tag, given, self.inside["fields"])
        if tag == "option" and self.choosing and given.get("value"):
            fields = self.inside["fields"]
            if "selected" in given or not fields.get(self.choosing):
                fields[self.choosing] = given["value"]

    def fill(self, tag, given, fields):
        name, kind, value = given["name"], given.get("type", "text"), given.get("value", "")
        if tag == "select":
            self.choosing = name
            fields.setdefault(name, "")
        elif tag == "textarea":
            self.writing = name
            fields[name] = ""
        elif tag == "button" or kind in ("submit", "image"):
            fields.setdefault(name, value)
        elif kind in ("radio", "checkbox"):
            if "checked" in given or (kind == "radio" and value and not fields.get(name)):
                fields[name] = value or "on"
        elif kind == "hidden":
            fields[name] = value
        elif kind == "email":
            fields[name] = value or f"somebody{next(_numbers)}@example.org"
        elif kind != "file":
            fields[name] = value or TYPED.get(kind) or DAYS.get(kind, "")

    def handle_data(self, data):
        if self.writing and self.inside is not None:
            self.inside["fields"][self.writing] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = None
        elif tag == "select":
            self.choosing = None
        elif tag == "textarea" and self.writing:
            fields = self.inside["fields"] if self.inside else {}
            if not fields.get(self.writing, "").strip():
                fields[self.writing] = "We drew it by hand."
            self.writing = None


def filled_forms(page: str, address: str):
    """The posting forms of one page, each with a full address and its fields."""
    for form in FilledForms(page).forms:
        target = urljoin(address, form["action"]).partition("#")[0]
        if not target.startswith(ELSEWHERE):
            yield target, form["fields"]


def links(page: str, address: str) -> set[str]:
    """Where the links and the parts of a page lead within the site."""
    found = {urljoin(address, way).partition("#")[0] for way in FilledForms(page).links}
    return {way for way in found if way.startswith("/") and not way.startswith(ELSEWHERE)}
