"""Holds that pages are made from presented values: a template is handed no row of people's words.

A row stands only in its writer's own form. Forms are left out: they show the fields they name.
"""

import dataclasses
from types import SimpleNamespace

from django.core.paginator import Page
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField
from django.test.signals import template_rendered
from django.urls import reverse

from evaluation import models as evaluation
from framing import models as framing
from spaces import models as spaces
from spaces.models import Person
from spaces.presentation.viewer import Viewer
from tests.test_access import HOLDERS, PAGES, arguments
from valuecreation import models as valuecreation
from valuecreation.forms.stories import AboutStoryForm

HOLDING_WORDS = (
    spaces.Membership, spaces.JoinRequest, spaces.ParticipationPeriod,
    valuecreation.Moment, valuecreation.Story, valuecreation.StoryVersion, valuecreation.StoryStep,
    valuecreation.Flow, valuecreation.Uptake, valuecreation.FollowUp, valuecreation.Consent,
    valuecreation.Statement, valuecreation.Lead, valuecreation.Vignette,
    framing.FramingVersion, framing.Uncertainty, framing.Aspiration, framing.SponsorAspiration,
    framing.Assumption, framing.AssumptionCheck, framing.Risk, framing.SignToWatch,
    framing.BoardNote, framing.FramingEvent, framing.FramingStep, framing.Reframing,
    framing.MomentAspiration,
    evaluation.Indicator, evaluation.Observation, evaluation.ContributionClaim,
    evaluation.MomentIndicator, evaluation.Release, evaluation.Report, evaluation.SecondReading,
    Viewer,
)  # fmt: skip
OWN_FORMS = {  # what somebody else saved meanwhile, beside the words of whoever is writing
    ("valuecreation/edit_moment.html", "theirs"),
    ("valuecreation/edit_story.html", "theirs"),
}
PLAIN = (str, bytes, int, float, bool, type(None), type)
FORMS = (BaseForm, BaseFormSet, BoundField)


def rows_in(value, seen: dict):
    """Every row of people's words in a value of a context, however deep, that is not seen yet."""
    if isinstance(value, (*PLAIN, *FORMS)) or id(value) in seen:
        return
    seen[id(value)] = value  # kept, so that its number is given to nothing else meanwhile
    if isinstance(value, HOLDING_WORDS):
        yield type(value).__name__
    elif isinstance(value, QuerySet) and value.model in HOLDING_WORDS:
        yield value.model.__name__
    elif not isinstance(value, Model):
        for part in parts_of(value):
            yield from rows_in(part, seen)


def parts_of(value):
    """What a value holds that a template could reach."""
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, Page):
        return list(value.object_list)
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    if dataclasses.is_dataclass(value):
        fields = [getattr(value, field.name) for field in dataclasses.fields(value)]
        return [*fields, *getattr(value, "__dict__", {}).values()]
    return []


def handed_rows(client):
    """(template, name in its context, kind of row) of everything that one role's pages show."""
    found, seen = set(), {}

    def look(template, context, **_signal):
        for values in context.dicts:
            for key, value in values.items():
                found.update((template.name or "", key, kind) for kind in rows_in(value, seen))

    template_rendered.connect(look)
    try:
        for name, (where, _view) in PAGES.items():
            seen.clear()
            with transaction.atomic():
                client.get(reverse(name, kwargs=arguments(name, where)))
                transaction.set_rollback(True)
    finally:
        template_rendered.disconnect(look)
    return found


def test_row_is_found_however_deep_it_stands_and_not_in_a_form(circle):
    row, form = valuecreation.Story.objects.first(), AboutStoryForm()
    deep = {"told": [SimpleNamespace(), (Holder(row), form)], "rows": framing.Risk.objects.all()}
    assert sorted(rows_in(deep, {})) == ["Risk", "Story"]
    form.instance = row
    assert list(rows_in({"form": form}, {})) == []


@dataclasses.dataclass(frozen=True)
class Holder:
    """Something that holds a row."""

    story: valuecreation.Story


def test_no_template_is_handed_a_row_of_peoples_words(client, circle):
    client.raise_request_exception = False
    wrong = set()
    for begins in HOLDERS.values():
        client.force_login(Person.objects.get(name__startswith=begins))
        wrong |= handed_rows(client)
    assert sorted(row for row in wrong if row[:2] not in OWN_FORMS) == []
