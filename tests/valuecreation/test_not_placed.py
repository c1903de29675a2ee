"""A kind and an outcome may be open until a story is shared; what is not placed still counts."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from evaluation.matrix import ValueMatrix
from spaces.models import Membership
from spaces.permissions import Role
from tests import make
from valuecreation import actions
from valuecreation.models import Moment
from valuecreation.summaries import tallies
from valuecreation.summaries.totals import read

pytestmark = pytest.mark.django_db


def told(space, teller, **moment):
    story = make.story(in_space=space, teller=teller, cycles=["applied"])
    Moment.objects.filter(steps__story=story).update(**moment)
    return story


@pytest.fixture
def teller(space):
    return Membership.objects.get(space=space, person=make.member(space))


def test_words_alone_are_kept_and_neither_kind_nor_outcome_is_chosen(space, teller, signed_in):
    client = signed_in(teller.person)
    address = reverse("valuecreation:tell_story", args=[space.slug])
    assert " checked" not in client.get(address).text.split("How did it turn out?")[1][:900]
    client.post(address, {"text": "Something happened.", "status": "actual", "precision": "day"})
    moment = Moment.objects.get()
    assert (moment.cycle, moment.polarity) == ("none", "open")


@pytest.mark.parametrize(("cycle", "polarity"), [("none", "positive"), ("applied", "open")])
def test_both_are_asked_before_others_read_it(space, teller, cycle, polarity):
    story = told(space, teller, cycle=cycle, polarity=polarity)
    with pytest.raises(ValidationError, match="Say both, then share it"):
        actions.give_consent(story, by=teller, audience=["space"])
    actions.give_consent(story, by=teller, audience=[])


@pytest.mark.parametrize("cycle", ["not_sure", "does_not_fit"])
def test_not_sure_and_none_of_these_are_answers_and_stored_apart(space, teller, cycle):
    story = told(space, teller, cycle=cycle)
    actions.give_consent(story, by=teller, audience=["space"])
    assert Moment.objects.get().cycle == cycle


def test_moment_that_is_not_placed_counts_in_totals_and_in_no_cycle(space, teller, signed_in):
    make.story(in_space=space, shared=True, cycles=["applied"])
    story = told(space, teller, cycle="not_sure", polarity="negative")
    actions.give_consent(story, by=teller, audience=["space"])
    tallies.recount(space)
    total = read(space, "space", space.today)
    assert (total.actual, total.not_placed(), sum(total.by_cycle.values())) == (2, 1, 1)
    matrix = ValueMatrix.build(space, audience="space")
    assert matrix.not_placed.happened == 1
    client = signed_in(teller.person)
    page = client.get(reverse("evaluation:matrix", args=[space.slug])).text
    assert "Not placed" in page
    answer = client.get(reverse("api:readings", args=[space.slug])).json()
    assert answer["counts"]["by_cycle"]["none"]["actual"]["total"] == 1
    assert answer["counts"]["by_cycle"]["none"]["actual"]["negative"] == 1


def test_flow_of_a_moment_that_is_not_placed_is_in_no_cell_and_its_number_is_said(
    space, teller, signed_in
):
    one = told(space, teller, cycle="does_not_fit")
    two = make.story(in_space=space, shared=True, cycles=["realized"])
    make.flow(one.steps.get().moment, two.steps.get().moment)
    actions.give_consent(one, by=teller, audience=["space"])
    tallies.recount(space)
    total = read(space, "space", space.today)
    assert (sum(map(sum, total.matrix)), total.flows_beside_matrix) == (0, 1)
    page = signed_in(teller.person).get(reverse("valuecreation:flows", args=[space.slug])).text
    assert "1 flow more touches a moment that is not placed" in page


def test_shared_story_is_not_opened_by_a_correction(space, teller):
    story = make.story(in_space=space, teller=teller, shared=True, cycles=["applied"])
    moment = story.steps.get().moment
    words = {"cycle": "none", "polarity": "positive", "text": "Anew.", "status": "actual"}
    words |= {"occurred_on": moment.occurred_on, "precision": "day", "location": "in_practice"}
    with pytest.raises(ValidationError, match="Say both, then share it"):
        actions.change_moment(moment, by=teller, seen=moment.revision, fields=words)


@pytest.mark.parametrize("name", ["story", "story_list", "flows", "tell_story"])
def test_pages_show_it_without_a_fault(space, teller, signed_in, name):
    story = told(space, teller, cycle="not_sure")
    actions.give_consent(story, by=teller, audience=["space"])
    args = [space.slug, *([story.public_id] if name == "story" else [])]
    for person in (teller.person, make.member(space, Role.EVALUATOR)):
        answer = signed_in(person).get(reverse(f"valuecreation:{name}", args=args))
        assert answer.status_code == 200
    supports = reverse("evaluation:story_supports", args=[space.slug, story.public_id])
    assert signed_in(teller.person).get(supports).status_code == 200


def test_page_after_keeping_asks_for_both_and_the_tap_is_refused_in_words(space, teller, signed_in):
    story = told(space, teller, cycle="none", polarity="open")
    client = signed_in(teller.person)
    here = reverse("valuecreation:kept", args=[space.slug, story.public_id])
    page = client.get(here).text
    assert "What kind of thing was it?" in page
    moment = story.steps.get().moment
    assert reverse("valuecreation:edit_moment", args=[space.slug, moment.public_id]) in page
    share = reverse("valuecreation:share", args=[space.slug, story.public_id])
    consent = reverse("valuecreation:consent", args=[space.slug, story.public_id])
    assert share not in page, "no button that would be refused"
    assert "Share it this way" not in client.get(consent).text
    assert "Say both, then share it" in client.post(share, {"attribution": "named"}).text
    Moment.objects.update(cycle="not_sure", polarity="nil")
    page = client.get(here).text
    assert "What kind of thing was it?" not in page
    assert share in page
    assert "Share it this way" in client.get(consent).text
    assert client.post(share, {"attribution": "named"}).status_code == 302
