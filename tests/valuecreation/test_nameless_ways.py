"""Nobody but its teller says what a nameless moment led to or came from, and is told nothing."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from spaces.models import Membership
from tests import make
from valuecreation import actions
from valuecreation.models import Flow, Moment

pytestmark = pytest.mark.django_db


def member(space):
    return Membership.objects.get(space=space, person=make.member(space))


def test_refused_way_tells_nothing_of_the_day(space, signed_in):
    teller, asker = member(space), member(space)
    hidden = make.story(in_space=space, teller=teller, shared=True)
    make.consent(hidden, "space", attribution="anonymous")
    Moment.objects.filter(steps__story=hidden).update(occurred_on=dt.date(2025, 5, 8))
    known = make.story(in_space=space, shared=True).steps.get().moment
    Moment.objects.filter(pk=known.pk).update(occurred_on=dt.date(2024, 1, 1))
    moment = hidden.steps.get().moment
    address = reverse("valuecreation:claim_flow", args=[space.slug, known.public_id])
    sent = {"direction": "from", "other": moment.public_id, "kind": "forward"}
    page = signed_in(asker.person).post(address, sent).text
    assert "8 May" not in page
    assert "only its teller says" in page
    assert not Flow.objects.exists()


def test_teller_says_it_themselves(space):
    teller = member(space)
    story = make.story(in_space=space, teller=teller, shared=True, cycles=["applied", "realized"])
    make.consent(story, "space", attribution="anonymous")
    first, second = (step.moment for step in story.steps.all())
    actions.claim_flow(source=first, target=second, by=teller)
    with pytest.raises(ValidationError, match="only its teller says"):
        actions.claim_flow(source=first, target=second, by=member(space))
