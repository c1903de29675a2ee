"""Somebody who asks for everything: every address, day, order, page, filter, season and file.

Two spaces that differ only in what nobody may learn must answer in the same words. `Asker.answers`
holds what one reader was answered, by what was asked; `difference` says where two differ.
"""

import datetime as dt
import re
from collections.abc import Iterator

from django.urls import reverse
from django.utils.http import urlencode

from evaluation import releases
from evaluation.models import Release
from evaluation.presentation.records import ReleaseContents
from evaluation.reports import formats
from tests.test_access import PAGES
from valuecreation.cycles import Audience, Cycle
from valuecreation.presentation.lists import FlowList

MOST_PAGES = 12  # of one list, newer and older
# What differs from one answer to the next whatever it says: tokens of forms, keys to send once.
CHANCE = re.compile(
    r'name="(?:csrfmiddlewaretoken|once|key|draft)" value="[^"]*"|"X-CSRFToken": "[^"]*"'
    r"|(?<![\w-])[\w-]{64}(?![\w-])|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)
FURTHER = re.compile(r'href="[^"?]*(\?[^"]*(?:older|newer|after)=[^"]*)"')
SEASONS = ("2025-H1", "2025-H2")


class Asker:
    """One reader of a space, who writes down every answer."""

    def __init__(self, client, person, space, *, stories, moments, flows, days):
        self.client, self.space = client, space
        self.stories, self.moments, self.flows, self.days = stories, moments, flows, days
        self.answers: dict[str, str] = {}
        client.force_login(person)

    def ask_everything(self) -> dict[str, str]:
        """Every address of the space, with all that can be asked of it."""
        for name, (where, _view) in PAGES.items():
            if "<slug:slug>" in where:
                for given in self.arguments(name, where):
                    address = reverse(name, kwargs=given)
                    for query in self.queries(name):
                        self.ask(address, query)
        return self.answers

    def ask(self, address: str, query: str, left: int = MOST_PAGES) -> None:
        """Ask at an address, and on its further pages."""
        asked = address + query
        if asked in self.answers:
            return
        answer = self.client.get(asked)
        self.answers[asked] = said(answer)
        if answer.status_code != 200 or not left or answer.streaming:
            return
        if "application/json" in answer["Content-Type"]:
            body = answer.json()
            further = [body["next"]] if isinstance(body, dict) and body.get("next") else []
            further = [link.partition("?")[2] for link in further]
            further = [f"?{link}" for link in further]
        elif answer["Content-Type"].startswith("text/html"):
            further = [link.replace("&amp;", "&") for link in FURTHER.findall(answer.text)]
        else:
            further = []
        for link in further:
            self.ask(address, link, left - 1)

    def arguments(self, name: str, where: str) -> Iterator[dict]:
        """What can stand in an address: every story, moment and flow, and the first of the rest."""
        words = re.findall(r"[:<](\w+)>", where)
        rest = {
            "slug": self.space.slug,
            "ref": "I1" if "/indicators/" in where else "P900",
            "pk": 1,
            "moment": self.moments[0],
            "enclosure": "2b4c6d8f3g5h",
            "number": 1,
            "token": "no-such-token",
            "key": "tell",
            "kind": "risk",
            "cycle": "applied",
            "format": "json",
            "rest": "nothing",
        }
        among = self.stories
        if "/moments/<slug:public_id>" in where:
            among = self.moments
        elif "/flows/<slug:public_id>" in where:
            among = self.flows
        several = {"public_id": among, "which": FlowList.values}
        given = [{}]
        for word in words:
            choices = several.get(word, [rest.get(word)])
            given = [one | {word: choice} for one in given for choice in choices]
        return iter(given)

    def queries(self, name: str) -> list[str]:
        """All that can be asked of an address beside its being there."""
        asked: list[dict] = [{}]
        if name == "valuecreation:story_list":
            asked += [{"season": season} for season in SEASONS]
            asked += [{"cycle": cycle} for cycle in (Cycle.POTENTIAL, Cycle.IMMEDIATE)]
            asked += [{"polarity": "negative"}, {"words": "quiet"}, {"teller": "P900"}]
            asked += [{beside: one} for beside in ("older", "newer") for one in self.stories[:2]]
        elif name in ("valuecreation:lanes", "evaluation:matrix"):
            asked += [{"season": season} for season in SEASONS]
        elif name == "valuecreation:flow_list":
            asked += [
                {"after": one} for one in (self.moments[0], self.moments[-1], *self.flows[:4])
            ]
        elif name == "api:readings":
            asked += [{"as_of": day} for day in self.days]
        elif name in ("api:stories", "api:moments", "api:flows"):
            asked += [{"page_size": 3}]
        elif name == "spacefile:export_space":
            kinds = ("yaml", "json")
            asked += [
                {"audience": who, "format": kind} for who in Audience.values for kind in kinds
            ]
        return [f"?{urlencode(one)}" if one else "" for one in asked]


def said(answer) -> str:
    """An answer without what chance put into it."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = content.decode(errors="replace") if answer.status_code != 302 else answer["Location"]
    return f"{answer.status_code} {CHANCE.sub('', text)}"


def releases_of(space, by, days, codes=("json", "csv", "xlsx")) -> dict[str, str]:
    """What every audience is handed: releases whose periods begin and end on every day."""
    found = {}
    starts = [dt.date(2025, 1, 1), *days]
    periods = [(first, space.today) for first in starts] + [(starts[0], last) for last in days]
    for number, (first, last) in enumerate(periods, start=1):
        for audience in Audience.values if number == 1 else [Audience.ORGANISATION]:
            release = Release(
                space=space, number=number, label=f"R-{number}", as_of=space.today,
                period_start=first, period_end=last, audience=audience, purpose="report",
                title="What came of it", frozen_by=by,
            )  # fmt: skip
            text = b"".join(releases.draft(release).written())
            found[f"release for {audience} from {first} to {last}"] = text.decode()
            if number == 1:
                contents = ReleaseContents.from_json(text)
                for code in codes:
                    made = formats.render(contents, code)
                    found[f"release for {audience} as {code}"] = made.hex()
    return found


def difference(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Where two sets of answers differ, and how each begins to."""
    found = [f"asked only once: {asked}" for asked in sorted(one.keys() ^ other.keys())]
    for asked in sorted(one.keys() & other.keys()):
        if one[asked] != other[asked]:
            place = next(
                n for n in range(len(one[asked]) + 1)
                if one[asked][n : n + 1] != other[asked][n : n + 1]
            )  # fmt: skip
            near = slice(max(0, place - 60), place + 60)
            found.append(f"{asked}: {one[asked][near]!r} or {other[asked][near]!r}")
    return found
