"""Nobody but its teller says what a nameless moment led to or came from, and is told nothing."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from framing.actions import add_cause, begin_draft
from framing.contents import causes_of
from spaces.models import Membership
from spaces.presentation.viewer import Viewer
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


def test_nothing_of_ones_own_is_said_to_have_grown_from_it(space, signed_in):
    hidden = make.story(in_space=space, shared=True)
    make.consent(hidden, "space", attribution="anonymous")
    moment = hidden.steps.get().moment
    asker = member(space)
    tell = reverse("valuecreation:tell_story", args=[space.slug])
    page = signed_in(asker.person).get(tell).text
    assert moment.public_id not in page
    told = {"cycle": "applied", "text": "Tried it.", "occurred_on": dt.date(2025, 4, 2)}
    with pytest.raises(ValidationError, match="only its teller says") as refused:
        actions.tell_story(space, by=asker, moments=[told | {"follows": moment}])
    assert set(refused.value.message_dict) == {"follows"}

    story = reverse("valuecreation:story", args=[space.slug, hidden.public_id])
    page = signed_in(asker.person).get(story).text
    assert "It was taken up" in page
    assert "My own moment grew from it" not in page and "Say what it led to" not in page


def test_it_is_named_as_the_cause_of_no_framing_but_by_its_teller(space):
    teller, asker = member(space), member(space)
    hidden = make.story(in_space=space, teller=teller, shared=True)
    make.consent(hidden, "space", attribution="anonymous")
    moment = hidden.steps.get().moment
    draft = begin_draft(space, by=teller)
    with pytest.raises(ValidationError, match="only its teller says"):
        add_cause(draft, moment, by=asker)
    cause = add_cause(draft, moment, by=teller)
    seen = [len(causes_of(draft, Viewer(space, who.person))) for who in (asker, teller)]
    assert (seen, cause.moment) == ([0, 1], moment)


def test_teller_says_it_themselves(space):
    teller = member(space)
    story = make.story(in_space=space, teller=teller, shared=True, cycles=["applied", "realized"])
    make.consent(story, "space", attribution="anonymous")
    first, second = (step.moment for step in story.steps.all())
    actions.claim_flow(source=first, target=second, by=teller)
    with pytest.raises(ValidationError, match="only its teller says"):
        actions.claim_flow(source=first, target=second, by=member(space))
