"""Every main page of the worked example: axe finds nothing, nothing overflows, no complaint."""

import pytest
from django.core.management import call_command

from evaluation.models import ContributionClaim, Release
from framing.models import FramingEvent
from spaces.models import Person
from valuecreation.models import FollowUp, Moment, Story

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HERE = "/spaces/lower-leg-circle"
PAGES = {
    "Nadia": [
        "/", "/me/", "/me/keys/", "/spaces/", "/spaces/new/", "/spaces/new/?from=pair", "/api/",
        "{here}/", "{here}/edit/", "{here}/close/", "{here}/people/", "{here}/people/me/",
        "{here}/people/P04/", "{here}/people/P03/invite/", "{here}/invitations/", "{here}/links/",
        "{here}/leave/",
        "{here}/framing/", "{here}/framing/1/", "{here}/framing/compare/", "{here}/framing/draft/",
        "{here}/framing/hopes/", "{here}/framing/question/", "/account/email/",
        "/account/password/change/", "/account/2fa/", "/account/sessions/", "/spaces/import/",
    ],
    "Tomasz": [
        "{here}/flows/", "{here}/flows/seasons/", "{here}/flows/closed/", "{here}/flows/open/",
        "{here}/flows/quiet/", "{here}/framing/events/plan/", "{here}/framing/events/{event}/",
        "{here}/framing/events/{event}/edit/", "{here}/moments/{quiet}/ask/",
        "{here}/moments/{quiet}/lay-aside/", "{here}/moments/note/",
    ],
    "Grace": [
        "{here}/stories/", "{here}/stories/tell/", "{here}/stories/{first}/",
        "{here}/stories/{fifth}/",
        "{here}/stories/{first}/and-then/", "{here}/stories/{first}/consent/",
        "{here}/stories/{first}/consent/?as=organisation", "{here}/stories/{first}/shared/",
        "{here}/stories/{first}/erase/", "/me/stories/", "/paper/",
        "{here}/stories/{first}/edit/",
        "{here}/stories/{first}/withdraw/", "{here}/stories/{first}/supports/", "/to-follow-up/",
        "{here}/moments/{quiet}/indicators/",
        "{here}/stories/?cycle=transformative",
    ],
    "Ingrid": [
        "{here}/evaluation/", "{here}/evaluation/indicators/", "{here}/evaluation/indicators/I3/",
        "{here}/evaluation/indicators/derive/", "{here}/evaluation/indicators/I3/observe/",
        "{here}/evaluation/claims/", "{here}/evaluation/claims/{claim}/",
        "{here}/evaluation/releases/", "{here}/evaluation/releases/new/",
        "{here}/evaluation/releases/{release}/",
        "{here}/moments/{quiet}/indicators/",
    ],
    "Denise": [
        "{here}/", "{here}/stories/", "{here}/flows/", "{here}/framing/", "{here}/evaluation/",
        "{here}/evaluation/releases/",
    ],
    None: ["/", "/account/login/", "/account/signup/", "/account/password/reset/"],
}  # fmt: skip


@pytest.fixture
def rows(db):
    call_command("demo_space")
    return {
        "here": HERE,
        "event": FramingEvent.objects.first().pk,
        "first": Story.objects.get(ref="S1").public_id,
        "fifth": Story.objects.get(ref="S5").public_id,
        "quiet": Moment.objects.get(ref="S2.5").public_id,
        "claim": ContributionClaim.objects.first().pk,
        "asked": FollowUp.objects.first().pk,
        "release": Release.objects.first().number,
    }


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible_and_fits(visit, accessible, rows, name):
    person = Person.objects.get(name__startswith=name) if name else None
    page = visit(person, "/healthz")
    wrong = []
    for pattern in PAGES[name]:
        path = pattern.format(**rows)
        answer = page.goto(path)
        if answer.status >= 400:
            wrong.append((path, answer.status))
            continue
        wrong += [(path, *fault) for fault in accessible(page)]
        page.set_viewport_size({"width": 320, "height": 700})
        wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if wide > 0:
            wrong.append((path, f"is {wide} px wider than 320 px"))
        page.set_viewport_size({"width": 1280, "height": 900})
    assert wrong == []
